//! The check of a callback against its pending authorization.

use std::fmt;
use std::time::SystemTime;

use crate::authorization_code::AuthorizationCode;
use crate::callback::Callback;
use crate::callback_error::CallbackError;
use crate::pending::PendingAuthorization;

impl PendingAuthorization {
    /// Checks the callback and returns its authorization code.
    ///
    /// The state is compared first, in constant time. If it matches, the rest is checked in this order:
    ///
    /// 1. The authorization must not have begun more than ten minutes ago ([`with_max_age`](Self::with_max_age)).
    /// 2. `iss`, if present, must name the auth server (RFC 9207 §2.4). [`require_iss`](Self::require_iss) requires it.
    /// 3. An `error` is returned, even if there is a code too.
    /// 4. If the link requests a form (`response_mode = form_post`), the callback must be one.
    /// 5. Parameters of other flows are refused.
    /// 6. The code must be present.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::{AuthorizationCode, Callback, CallbackRejection, PendingAuthorization};
    ///
    /// fn finish(pending: PendingAuthorization, query: &str) -> Result<AuthorizationCode, CallbackRejection> {
    ///     match Callback::from_query(query) {
    ///         Ok(callback) => pending.finish(callback),
    ///         Err(error) => Err(CallbackRejection::new(error, pending)),
    ///     }
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the [`CallbackError`]. If the state does not match, the error also contains this pending authorization: another
    /// party's request must not end it.
    pub fn finish(self, callback: Callback<'_>) -> Result<AuthorizationCode, CallbackRejection> {
        self.finish_at(callback, SystemTime::now())
    }

    /// Checks the callback as [`finish`](Self::finish) does, with the application's own clock.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use std::time::{Duration, SystemTime};
    ///
    /// use auth_link::{AuthorizationCode, Callback, CallbackRejection, PendingAuthorization};
    ///
    /// /// In a test: the callback arrives too late.
    /// fn finish_late(pending: PendingAuthorization, callback: Callback<'_>) -> Result<AuthorizationCode, CallbackRejection> {
    ///     pending.finish_at(callback, SystemTime::now() + Duration::from_secs(3600))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error in the cases of [`finish`](Self::finish).
    pub fn finish_at(self, callback: Callback<'_>, now: SystemTime) -> Result<AuthorizationCode, CallbackRejection> {
        if !callback.has_state(&*self.state) {
            return Err(CallbackRejection::new(CallbackError::StateMismatch, self));
        }
        match self.check(callback, now) {
            Ok(code) => Ok(AuthorizationCode::new(code, self)),
            Err(error) => Err(CallbackRejection { error, pending: None }),
        }
    }

    /// Checks the whole URL that the browser returned to, which an app or a command-line tool receives.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::{AuthorizationCode, CallbackRejection, PendingAuthorization};
    ///
    /// /// `url` is the URL that the user copied from the browser.
    /// fn finish(pending: PendingAuthorization, url: &str) -> Result<AuthorizationCode, CallbackRejection> {
    ///     pending.finish_url(url)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error in the cases of [`Callback::from_url`] and of [`finish`](Self::finish). Unless the state matched, the
    /// error also contains this pending authorization.
    pub fn finish_url<U: AsRef<[u8]> + ?Sized>(self, url: &U) -> Result<AuthorizationCode, CallbackRejection> {
        match Callback::from_url(url) {
            Ok(callback) => self.finish(callback),
            Err(error) => Err(CallbackRejection::new(error, self)),
        }
    }

    /// Checks a callback whose state matched.
    fn check(&self, callback: Callback<'_>, now: SystemTime) -> Result<crate::callback::Code, CallbackError> {
        if self.age(now) > self.policy.max_age {
            return Err(CallbackError::Expired);
        }
        if self.policy.requires_iss && !callback.has_issuer() {
            return Err(CallbackError::MissingIssuer);
        }
        let is_wrong_mode = self.link.is_form_post() && !callback.is_form() && !callback.has_error();
        let issuer = || self.link.issuer().unwrap_or_else(|| self.link.auth_server());
        callback.into_code(issuer, is_wrong_mode)
    }
}

/// The error of a callback that contains no authorization code for this pending authorization.
#[derive(Debug)]
#[non_exhaustive]
pub struct CallbackRejection {
    /// The error.
    pub error: CallbackError,
    /// The pending authorization, if the state did not match. Store it again: its own callback may still arrive.
    pub pending: Option<Box<PendingAuthorization>>,
}

impl CallbackRejection {
    /// Creates the rejection of a callback that does not end the pending authorization.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::{CallbackError, CallbackRejection, PendingAuthorization};
    ///
    /// fn reject(error: CallbackError, pending: PendingAuthorization) -> CallbackRejection {
    ///     CallbackRejection::new(error, pending)
    /// }
    /// ```
    #[must_use]
    pub fn new(error: CallbackError, pending: PendingAuthorization) -> Self {
        Self { error, pending: Some(Box::new(pending)) }
    }
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
