//! The error of a response, and how to recover from it.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use crate::server_error::{Escaped, ServerError};

/// The error of a response: its kind, its status, and the id that TrueLayer's support needs.
///
/// Its texts show no token, no secret of the request, and no personal data of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiError {
    /// The kind of the error.
    pub kind: ApiErrorKind,
    pub(super) status: StatusCode,
    pub(super) correlation_id: Option<String>,
    pub(super) retry_after: Option<Duration>,
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
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the id by which TrueLayer's support finds the request, if the response has one.
    #[must_use]
    pub fn correlation_id(&self) -> Option<&str> {
        self.correlation_id.as_deref()
    }

    /// Returns the duration to wait before another request, if the response gives it in seconds (RFC 9110 §10.2.3).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// Returns the error that the server reports, if it reports one.
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
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.recovery() == Recovery::RetryLater
    }

    /// Returns how to recover from the error.
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

/// How to recover from an [`ApiError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Recovery {
    /// Refresh the tokens ([`Client::refresh`](super::Client::refresh)) and send the request again: the access token is no
    /// longer valid.
    Refresh,
    /// Reauthorize the user, or extend the connection
    /// ([`Client::extend_connection`](super::Client::extend_connection)): the consent has ended, or the bank requires the
    /// user's presence.
    Reauthorize,
    /// Wait and send the request again: a server is overloaded or fails, or the bank limits the number of requests.
    RetryLater,
    /// Report the failure: the request is invalid, or its resource does not exist.
    Fail,
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
