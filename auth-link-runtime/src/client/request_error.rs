//! Why a request cannot be made.

use std::fmt;

use crate::authorization_request::BeginError;
use crate::link::LinkError;

/// Why a request cannot be made: nothing was sent.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum RequestError {
    /// It is of another client id than the client's.
    ClientMismatch,
    /// It began at another auth server than the client's: at the other environment, at a stand-in, or it was altered.
    ServerMismatch,
    /// The sign-in began with the application's own code challenge, and its verifier has not been added
    /// ([`AuthorizationCode::add_verifier`](crate::AuthorizationCode::add_verifier)).
    MissingVerifier,
    /// The link has no `provider_id`, and there is no dialog to choose one in.
    MissingProvider,
    /// Its values make an address that is longer than 8,000 bytes, which not every server reads (RFC 9110 §4.1).
    TooLong,
    /// The client's link does not ask for a scope that the request needs.
    #[cfg(feature = "data")]
    MissingScope {
        /// The scope.
        scope: &'static str,
    },
    /// A text that cannot be the id of an account.
    #[cfg(feature = "data")]
    InvalidAccountId,
    /// A text that cannot be a correlation id.
    #[cfg(feature = "data")]
    InvalidCorrelationId,
    /// A value does not hold the rules of a link.
    InvalidValue(LinkError),
    /// The sign-in could not begin.
    Begin(BeginError),
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ClientMismatch => "the sign-in is of another client id than this client's",
            Self::ServerMismatch => "the sign-in is at another auth server than this client's",
            Self::MissingVerifier => {
                "missing code verifier\nhelp: `add_verifier` what belongs to the code challenge of this sign-in"
            }
            Self::MissingProvider => {
                "missing `provider_id`\nhelp: write it into the link, or add it with `with_provider_id`"
            }
            Self::TooLong => "the address would be longer than 8,000 bytes",
            #[cfg(feature = "data")]
            Self::MissingScope { scope } => {
                return write!(f, "missing scope `{scope}`\nhelp: add `{scope}` to the `scope` of the link");
            }
            #[cfg(feature = "data")]
            Self::InvalidAccountId => "expected the `account_id` of an account or a card",
            #[cfg(feature = "data")]
            Self::InvalidCorrelationId => "expected a correlation id of printable ASCII",
            Self::InvalidValue(error) => return error.fmt(f),
            Self::Begin(error) => return error.fmt(f),
        })
    }
}

impl std::error::Error for RequestError {}

impl From<LinkError> for RequestError {
    fn from(error: LinkError) -> Self {
        Self::InvalidValue(error)
    }
}

impl From<BeginError> for RequestError {
    fn from(error: BeginError) -> Self {
        Self::Begin(error)
    }
}
