//! The error of a callback whose pending authorization is in a cookie.

use std::fmt;

use crate::error::Error;

/// The error of a callback that contains no authorization code for a pending authorization of this browser.
#[derive(Debug)]
#[non_exhaustive]
pub struct CookieRejection {
    /// The error.
    pub error: Error,
    /// The text of each `Set-Cookie` header for the response. A callback that ended its authorization removes its cookie.
    pub set_cookies: Vec<String>,
}

impl fmt::Display for CookieRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for CookieRejection {}

impl From<CookieRejection> for Error {
    fn from(rejection: CookieRejection) -> Self {
        rejection.error
    }
}
