//! The end of an authorization: the callback is checked.

use std::fmt;

use crate::authorization_code::AuthorizationCode;
use crate::callback::{Callback, CallbackError};
use crate::pending::PendingAuthorization;

impl PendingAuthorization {
    /// Takes the callback that the browser came back with, and gives the authorization code in it.
    ///
    /// The state is compared first, in constant time. What else the callback says is believed only if it matches, in this order:
    /// an `iss` must name the auth server; an `error` is the verdict even beside a code; what belongs to another flow is
    /// refused; the code must be there.
    ///
    /// # Errors
    ///
    /// What the callback says or lacks ([`CallbackError`]). If its state is that of another sign-in the error hands this one
    /// back: a stranger's request must not end it.
    pub fn finish(self, callback: Callback<'_>) -> Result<AuthorizationCode, CallbackRejection> {
        if !callback.state_is(&*self.state) {
            return Err(CallbackRejection { error: CallbackError::StateMismatch, pending: Some(self) });
        }
        let issuer = || self.link.issuer().unwrap_or_else(|| self.link.auth_server());
        match callback.into_code(issuer) {
            Ok(code) => Ok(AuthorizationCode::new(code, self)),
            Err(error) => Err(CallbackRejection { error, pending: None }),
        }
    }
}

/// Why a callback brought no authorization code.
#[derive(Debug)]
#[non_exhaustive]
pub struct CallbackRejection {
    /// The verdict.
    pub error: CallbackError,
    /// The sign-in, which goes on: the callback was not its own. Keep it where it was.
    pub pending: Option<PendingAuthorization>,
}

impl fmt::Display for CallbackRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for CallbackRejection {}

impl From<CallbackRejection> for CallbackError {
    fn from(refused: CallbackRejection) -> Self {
        refused.error
    }
}
