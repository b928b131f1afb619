//! Why an answer of TrueLayer's brought nothing.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use crate::server_error::{Escaped, ServerError};

/// Why an answer brought nothing: what it is, the status that it came with, and the id by which TrueLayer's support finds it.
///
/// Its texts show no token, and of what the request held neither a secret nor what it says of the user.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiError {
    /// What went wrong.
    pub kind: ApiErrorKind,
    pub(super) status: StatusCode,
    pub(super) correlation_id: Option<String>,
    pub(super) retry_after: Option<Duration>,
}

/// What went wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ApiErrorKind {
    /// The server reports an error (RFC 6749 §5.2, RFC 9457). The set of codes is open; `invalid_grant` means that the user has to
    /// sign in anew.
    Server(Box<ServerError>),
    /// The answer leads elsewhere. What the request held must not go there.
    Redirect,
    /// The answer is longer than [`ResponseParser::limit`](super::ResponseParser::limit).
    TooLong,
    /// The answer is not what TrueLayer answers: `missing …`, `expected … for …, found …`, and the title of a page that came in its
    /// place.
    Unexpected(String),
}

impl ApiError {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The id under which TrueLayer's support finds the request, where the answer has one.
    #[must_use]
    pub fn correlation_id(&self) -> Option<&str> {
        self.correlation_id.as_deref()
    }

    /// How long the server asks to wait, where it says so in seconds (RFC 9110 §10.2.3).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// What the server reports, if it reports an error.
    #[must_use]
    pub fn server(&self) -> Option<&ServerError> {
        match &self.kind {
            ApiErrorKind::Server(server) => Some(server),
            _ => None,
        }
    }

    /// Whether the same request may succeed later: the server is overloaded or broken, or asks to wait.
    ///
    /// An authorization code is for one use: if its exchange may have arrived, a second one is refused and the user has to sign in
    /// anew.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.recovery() == Recovery::RetryLater
    }

    /// What to do about it.
    #[must_use]
    pub fn recovery(&self) -> Recovery {
        let code = self.server().map_or("", ServerError::error);
        match (code, self.status.as_u16()) {
            ("temporarily_unavailable" | "server_error" | "internal_server_error", _)
            | (_, 408 | 425 | 429 | 500 | 502 | 503 | 504) => Recovery::RetryLater,
            ("invalid_grant" | "access_denied" | "sca_exceeded", _) => Recovery::Reauthorize,
            ("invalid_token", _) | ("unauthorized" | "", 401) => Recovery::Refresh,
            _ => Recovery::Fail,
        }
    }
}

/// What to do about an error of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Recovery {
    /// Renew access ([`Client::refresh`](super::Client::refresh)), and ask again: the access token is no longer valid.
    Refresh,
    /// Let the user sign in anew, or extend the connection ([`Client::extend_connection`](super::Client::extend_connection)): the consent has ended, or the
    /// bank wants the user to be there.
    Reauthorize,
    /// Ask again later: a server is overloaded or broken, or the bank has been requested too often.
    RetryLater,
    /// The same request will not succeed: it is wrong, or asks for what there is not.
    Fail,
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ApiErrorKind::Server(server) => write!(f, "error from TrueLayer: {server}")?,
            ApiErrorKind::Redirect => f.write_str("unexpected redirect: the request is for no other address")?,
            ApiErrorKind::TooLong => f.write_str("answer longer than its limit")?,
            ApiErrorKind::Unexpected(what) => write!(f, "unexpected answer: {what}")?,
        }
        write!(f, " (status {}", self.status.as_u16())?;
        if let Some(id) = &self.correlation_id {
            write!(f, ", correlation id {}", Escaped(id))?;
        }
        f.write_str(")")
    }
}

impl std::error::Error for ApiError {}
