//! The way there.

use auth_link::{Pending, SignIn};

pub fn begin() -> (String, Pending) {
    let SignIn { url, pending, .. } = crate::CONNECT.begin().expect("randomness");
    (url, pending)
}
