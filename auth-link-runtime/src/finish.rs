//! The check of a callback against its pending authorization.

use std::fmt;

use crate::authorization_code::AuthorizationCode;
use crate::callback::Callback;
use crate::callback_error::CallbackError;
use crate::pending::PendingAuthorization;

impl PendingAuthorization {
    /// Checks the callback and returns its authorization code.
    ///
    /// The state is compared first, in constant time. If it matches, the rest is checked in this order:
    ///
    /// 1. `iss`, if present, must name the auth server (RFC 9207 §2.4).
    /// 2. An `error` is returned, even if there is a code too.
    /// 3. Parameters of other flows are refused.
    /// 4. The code must be present.
    ///
    /// # Errors
    ///
    /// Returns the [`CallbackError`]. If the state does not match, the error also contains this pending authorization: another
    /// party's request must not end it.
    pub fn finish(self, callback: Callback<'_>) -> Result<AuthorizationCode, CallbackRejection> {
        if !callback.has_state(&*self.state) {
            return Err(CallbackRejection { error: CallbackError::StateMismatch, pending: Some(self) });
        }
        let issuer = || self.link.issuer().unwrap_or_else(|| self.link.auth_server());
        match callback.into_code(issuer) {
            Ok(code) => Ok(AuthorizationCode::new(code, self)),
            Err(error) => Err(CallbackRejection { error, pending: None }),
        }
    }
}

/// The error of a callback that contains no authorization code for this pending authorization.
#[derive(Debug)]
#[non_exhaustive]
pub struct CallbackRejection {
    /// The error.
    pub error: CallbackError,
    /// The pending authorization, if the state did not match. Store it again: its own callback may still arrive.
    pub pending: Option<PendingAuthorization>,
}

impl fmt::Display for CallbackRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for CallbackRejection {}

impl From<CallbackRejection> for CallbackError {
    fn from(rejection: CallbackRejection) -> Self {
        rejection.error
    }
}
