//! Begins an authorization.

use auth_link::{AuthorizationRequest, PendingAuthorization};

pub fn begin() -> (String, PendingAuthorization) {
    let AuthorizationRequest { url, pending, .. } = crate::CONNECT.begin().expect("randomness");
    (url, pending)
}
