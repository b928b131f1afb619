//! Begins an authorization.

use auth_link::{AuthorizationRequest, PendingAuthorization};

use crate::link::CONNECT;

pub fn begin() -> (String, PendingAuthorization) {
    let AuthorizationRequest { url, pending, .. } = CONNECT.begin().expect("randomness");
    (url, pending)
}
