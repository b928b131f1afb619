//! The error of a call.

use std::fmt;

use auth_link::client::{ApiError, RequestError};

/// The error of a call.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request cannot be built. Nothing was sent.
    Request(RequestError),
    /// The response is an error.
    Api(ApiError),
    /// There is no complete response. The text shows no URL and no secret.
    ///
    /// The inner error is a [`TransportError`](crate::TransportError).
    Transport(Box<dyn std::error::Error + Send + Sync>),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<RequestError> for Error {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}
