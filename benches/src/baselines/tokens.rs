//! The response of [`crate::client`] with oauth2.

use oauth2::basic::BasicTokenResponse;

use crate::client::{TABLE, body};
use crate::meter::Meter;

/// Measures the other crate.
pub(crate) fn measure_all(meter: &mut impl Meter) {
    meter.measure(TABLE, "a token response, oauth2", body, with_oauth2);
}

#[inline(never)]
fn with_oauth2(body: String) -> (BasicTokenResponse, String) {
    (serde_json::from_str(&body).expect("tokens"), body)
}
