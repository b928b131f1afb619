//! The error of a response, and how to recover from it.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::request_traits::RequestTraits;
use super::www_authenticate::ChallengeError;
use crate::server_error::{Escaped, ServerError};

/// The error of a response: its kind, its status, and the id that TrueLayer's support needs.
///
/// Its texts show no token, no secret of the request, and no personal data of the request. If the request contains personal
/// data, such as the id of an account, the error has the server's code without its description.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiError {
    /// The kind of the error.
    pub kind: ApiErrorKind,
    pub(super) status: StatusCode,
    pub(super) correlation_id: Option<String>,
    pub(super) retry_after: Option<Duration>,
    /// The error in the header `WWW-Authenticate`.
    pub(super) challenge: Option<ChallengeError>,
    /// The properties of the request.
    pub(super) request: RequestTraits,
}

/// The kind of an [`ApiError`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ApiErrorKind {
    /// The server reports an error (RFC 6749 §5.2, RFC 9457).
    ///
    /// The set of codes is open. `invalid_grant` means that the user has to reauthorize.
    Server(Box<ServerError>),
    /// The response is a redirect. Do not follow it: the request contains secrets for TrueLayer alone.
    Redirect,
    /// The response body is longer than [`ResponseParser::max_body_len`](super::ResponseParser::max_body_len).
    TooLong,
    /// The response is not one of TrueLayer's: `missing …`, or `expected … for …, found …`.
    ///
    /// If the response is an HTML page, the text includes its title.
    Unexpected(String),
}

impl ApiError {
    /// Returns the status of the response.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::ApiError;
    ///
    /// fn log(error: &ApiError) {
    ///     eprintln!("status {}, correlation id {}", error.status(), error.correlation_id().unwrap_or("none"));
    /// }
    /// ```
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the id by which TrueLayer's support finds the request, if the response has one.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::ApiError;
    ///
    /// /// Returns a text for TrueLayer's support.
    /// fn support_text(error: &ApiError) -> String {
    ///     format!("{error}; correlation id: {}", error.correlation_id().unwrap_or("none"))
    /// }
    /// ```
    #[must_use]
    pub fn correlation_id(&self) -> Option<&str> {
        self.correlation_id.as_deref()
    }

    /// Returns the duration to wait before another request, if the response gives it (RFC 9110 §10.2.3).
    ///
    /// It counts from the response. A date in the response is compared with the date of the response itself, or else with the
    /// clock of this machine.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use std::time::Duration;
    ///
    /// use auth_link::client::ApiError;
    ///
    /// /// Returns the wait before another attempt of a background job.
    /// fn wait(error: &ApiError) -> Option<Duration> {
    ///     error.is_retryable().then(|| error.retry_after().unwrap_or(Duration::from_secs(3600)))
    /// }
    /// ```
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// Returns the error that the server reports, if it reports one.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::ApiError;
    ///
    /// fn is_invalid_grant(error: &ApiError) -> bool {
    ///     error.server().is_some_and(|server| server.error() == "invalid_grant")
    /// }
    /// ```
    #[must_use]
    pub fn server(&self) -> Option<&ServerError> {
        match &self.kind {
            ApiErrorKind::Server(server) => Some(server),
            _ => None,
        }
    }

    /// Returns whether the same request may succeed after a wait ([`Recovery::RetryLater`]).
    ///
    /// An authorization code can be exchanged once. If the failed exchange reached the server, a second one is refused and the
    /// user has to reauthorize.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::ApiError;
    ///
    /// /// Returns the status of the application's own response.
    /// fn status(error: &ApiError) -> u16 {
    ///     if error.is_retryable() { 503 } else { 502 }
    /// }
    /// ```
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.recovery() == Recovery::RetryLater
    }

    /// Returns how to recover from the error.
    ///
    /// The set of codes is open: a code that this release does not know is handled by its status.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{ApiError, Recovery};
    ///
    /// /// Returns the number of days of transactions to request next, or `None` if another request is no use.
    /// fn days(error: &ApiError, days: u32) -> Option<u32> {
    ///     match error.recovery() {
    ///         // `sca_exceeded`: the bank returns older transactions only within minutes of the authorization.
    ///         Recovery::NarrowRequest if days > 89 => Some(89),
    ///         _ => None,
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn recovery(&self) -> Recovery {
        use Recovery::{Fail, NarrowRequest, Reauthorize, Refresh, RetryLater, Unsupported};
        // A title in place of a code is for people.
        let code = self.server().map(ServerError::error).filter(|code| is_code(code)).unwrap_or_default();
        let has_access_token = self.request.has_access_token;
        let refresh = if has_access_token { Refresh } else { Fail };
        match (code, self.status.as_u16()) {
            ("endpoint_not_supported", _) => Unsupported,
            ("sca_exceeded", _) => NarrowRequest,
            (_, 501) if has_access_token => Unsupported,
            (_, 501 | 505) => Fail,
            ("temporarily_unavailable" | "server_error" | "internal_server_error", _)
            | (_, 408 | 425 | 429 | 500..=599) => RetryLater,
            (_, 401) if has_access_token && self.challenge == Some(ChallengeError::InvalidToken) => Refresh,
            ("invalid_grant", _) => Reauthorize,
            (_, 403) if self.request.is_optional_resource => Unsupported,
            ("access_denied", _) => Reauthorize,
            ("", 401) if self.challenge.is_some() => Fail,
            ("invalid_token", _) | ("unauthorized" | "", 401) => refresh,
            _ => Fail,
        }
    }
}

/// Returns whether the text has the syntax of an error code, which applications compare.
pub(super) fn is_code(text: &str) -> bool {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    is_plain && !text.is_empty() && text.len() < 64
}

/// How to recover from an [`ApiError`].
///
/// ```
/// # use auth_link_runtime as auth_link;
/// use auth_link::Error;
/// use auth_link::client::Recovery;
///
/// fn must_connect_again(error: &Error) -> bool {
///     error.recovery() == Recovery::Reauthorize
/// }
/// # assert!(must_connect_again(&Error::NotConnected));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Recovery {
    /// Refresh the tokens ([`Client::refresh`](super::Client::refresh)) and send the request again: the access token is no
    /// longer valid.
    ///
    /// An error of a request without an access token, such as a refresh itself, is never this one.
    Refresh,
    /// Reauthorize the user, or extend the connection
    /// ([`Client::extend_connection`](super::Client::extend_connection)): the consent has ended.
    Reauthorize,
    /// Wait and send the request again: a server is overloaded or fails, or the bank limits the number of requests.
    RetryLater,
    /// Request less, or send the request while the user is present: the bank's access to this resource, or to transactions
    /// older than 90 days, ended a few minutes after the authorization (`sca_exceeded`).
    ///
    /// The connection still works: request a shorter range of dates, and fetch a long history right after the exchange.
    NarrowRequest,
    /// Do without this resource: the provider or the account does not have it (`endpoint_not_supported`). Other requests of the
    /// connection work.
    ///
    /// A status 403 for direct debits or standing orders is this one too: some banks send it for an account without any.
    Unsupported,
    /// Report the failure: the request or the client's credentials are invalid, or its resource does not exist.
    Fail,
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.correlation_id.as_deref().map(|id| Escaped(id).to_string());
        f.debug_struct("ApiError")
            .field("kind", &self.kind)
            .field("status", &self.status)
            .field("correlation_id", &id)
            .field("retry_after", &self.retry_after)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ApiErrorKind::Server(server) => write!(f, "error from TrueLayer: {server}")?,
            ApiErrorKind::Redirect => f.write_str("unexpected redirect, which must not be followed")?,
            ApiErrorKind::TooLong => f.write_str("response body longer than the limit")?,
            ApiErrorKind::Unexpected(message) => write!(f, "unexpected response: {message}")?,
        }
        write!(f, " (status {}", self.status.as_u16())?;
        if let Some(id) = &self.correlation_id {
            write!(f, ", correlation id {}", Escaped(id))?;
        }
        f.write_str(")")
    }
}

impl std::error::Error for ApiError {}
