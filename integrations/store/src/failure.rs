//! The failure of a refresh, which several tasks receive.

use auth_link::Error;
use auth_link::client::{ApiError, TransportError};

/// The failure of a refresh that was sent.
#[derive(Clone)]
pub(crate) enum Failure {
    Api(ApiError),
    RefreshLost(ApiError),
    Transport(TransportError),
}

impl Failure {
    /// Returns the failure of a request; `None` for another error.
    pub(crate) fn of(error: &Error) -> Option<Self> {
        match error {
            Error::Api(error) => Some(Self::Api(error.clone())),
            Error::RefreshLost(error) => Some(Self::RefreshLost(error.clone())),
            Error::Transport(error) => Some(Self::Transport(error.clone())),
            _ => None,
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Api(error) => Self::Api(error),
            Failure::RefreshLost(error) => Self::RefreshLost(error),
            Failure::Transport(error) => Self::Transport(error),
        }
    }
}
