//! The error of a request that cannot be built.

use std::fmt;

use crate::begin_error::BeginError;
use crate::link::LinkError;

/// The error of a request that cannot be built. Nothing was sent.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum RequestError {
    /// The link or the code belongs to another client id.
    ClientMismatch,
    /// The link or the code belongs to another auth server.
    ///
    /// It may belong to the other environment or to a mock server, or the stored authorization was tampered with.
    ServerMismatch,
    /// The authorization began with the application's own code challenge, and its verifier was not added
    /// ([`AuthorizationCode::add_verifier`](crate::AuthorizationCode::add_verifier)).
    MissingVerifier,
    /// The link has no `provider_id`, which a request without TrueLayer's dialog needs.
    MissingProvider,
    /// The path with its query is longer than 8,000 bytes, which not every server supports (RFC 9110 §4.1).
    TooLong,
    /// The client's link does not request a scope that the data needs.
    #[cfg(feature = "data")]
    MissingScope {
        /// The missing scope.
        scope: &'static str,
    },
    /// The text cannot be the id of an account or a card.
    #[cfg(feature = "data")]
    InvalidAccountId,
    /// The text cannot be a correlation id.
    #[cfg(feature = "data")]
    InvalidCorrelationId,
    /// A value is invalid by the rules of a link.
    InvalidValue(LinkError),
    /// The authorization could not begin.
    Begin(BeginError),
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ClientMismatch => "the authorization belongs to another client id",
            Self::ServerMismatch => "the authorization belongs to another auth server",
            Self::MissingVerifier => {
                "missing code verifier\nhelp: add the verifier of the code challenge with `add_verifier`"
            }
            Self::MissingProvider => {
                "missing `provider_id`\nhelp: write it into the link, or add it with `with_provider_id`"
            }
            Self::TooLong => "request path longer than 8,000 bytes",
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
