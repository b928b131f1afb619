//! One error for a whole application.

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use crate::begin_error::BeginError;
use crate::callback_error::CallbackError;
use crate::client::{
    ApiError, CredentialError, ExchangeError, ParseConsentIdError, Recovery, RequestError, TransportError,
    TransportErrorKind,
};
#[cfg(feature = "cookies")]
use crate::cookies::CookieError;
use crate::finish::CallbackRejection;
use crate::link::LinkError;
use crate::pending::ParsePendingError;
use crate::pending_key::ParsePendingKeyError;
use crate::pkce::{ChallengeMismatch, ParseCodeChallengeError, ParseCodeVerifierError};

/// Any error of this crate and of its integrations, for the handlers of an application.
///
/// Each error of the crate converts into it with `?`. Its text shows no secret.
///
/// ```
/// # use auth_link_runtime as auth_link;
/// use auth_link::client::{Call, Client, Tokens};
/// use auth_link::{Callback, Error, PendingAuthorization};
///
/// fn exchange(client: &Client, pending: PendingAuthorization, query: &str) -> Result<Call<Tokens>, Error> {
///     let code = pending.finish(Callback::from_query(query)?)?;
///     Ok(client.exchange(code)?)
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A value of a link is invalid.
    Link(LinkError),
    /// An authorization could not begin.
    Begin(BeginError),
    /// A stored pending authorization cannot be used. The user has to begin again.
    Pending(ParsePendingError),
    /// A callback contains no authorization code.
    Callback(CallbackError),
    /// A pending authorization in a cookie or a store cannot be used. The user has to begin again.
    #[cfg(feature = "cookies")]
    Cookie(CookieError),
    /// A request could not be built.
    Request(RequestError),
    /// A response is an error.
    Api(ApiError),
    /// There is no complete response to a request, which may have reached the server.
    Transport(TransportError),
    /// A store of tokens or of pending authorizations fails, such as for an altered row.
    Store(BoxError),
    /// A store cannot be reached, or is busy. The same operation may succeed later.
    StoreUnavailable(BoxError),
    /// The response of an earlier refresh was lost, and the server now refuses the refresh token. The user has to reauthorize.
    ///
    /// A refresh that is refused although none was lost is an [`Api`](Self::Api) error.
    RefreshLost(ApiError),
    /// There is no connection: the user has to connect a bank.
    NotConnected,
    /// A text that the application parses is invalid: a credential, a key, a challenge, a verifier or a consent id.
    Value(BoxError),
}

/// The error of another crate.
type BoxError = Box<dyn std::error::Error + Send + Sync>;

impl Error {
    /// Returns whether the user or the bank denied access. This is an expected outcome: offer to begin again.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::Error;
    ///
    /// fn title(error: &Error) -> &'static str {
    ///     if error.is_cancelled() { "You cancelled" } else { "Your bank could not be connected" }
    /// }
    /// # assert_eq!(title(&Error::NotConnected), "Your bank could not be connected");
    /// ```
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Callback(error) if error.is_cancelled())
    }

    /// Returns how to recover from the error.
    ///
    /// `Reauthorize` also stands for an authorization that ended without a code: the user has to begin again.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::Error;
    /// use auth_link::client::Recovery;
    ///
    /// fn text(error: &Error) -> &'static str {
    ///     match error.recovery() {
    ///         Recovery::Reauthorize => "Connect your bank again.",
    ///         Recovery::RetryLater => "Try again later.",
    ///         Recovery::NarrowRequest => "Your bank shows older transactions only right after you connect it.",
    ///         Recovery::Unsupported => "Your bank does not offer this.",
    ///         _ => "An error occurred, and was reported.",
    ///     }
    /// }
    /// # assert_eq!(text(&Error::NotConnected), "Connect your bank again.");
    /// ```
    #[must_use]
    pub fn recovery(&self) -> Recovery {
        match self {
            Self::Api(error) => error.recovery(),
            Self::Callback(_) | Self::Pending(_) | Self::RefreshLost(_) | Self::NotConnected => Recovery::Reauthorize,
            #[cfg(feature = "cookies")]
            Self::Cookie(error) if is_of_application(*error) => Recovery::Fail,
            #[cfg(feature = "cookies")]
            Self::Cookie(_) => Recovery::Reauthorize,
            Self::Transport(error)
                if matches!(error.kind(), TransportErrorKind::Setup | TransportErrorKind::MissingTls) =>
            {
                Recovery::Fail
            }
            Self::Begin(_) | Self::Transport(_) | Self::StoreUnavailable(_) => Recovery::RetryLater,
            Self::Link(_) | Self::Request(_) | Self::Value(_) | Self::Store(_) => Recovery::Fail,
        }
    }

    /// Returns the duration to wait before another request, if the response gives it.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::Error;
    ///
    /// /// Returns the value of the header `Retry-After` for the application's own response.
    /// fn retry_after(error: &Error) -> Option<String> {
    ///     Some(error.retry_after()?.as_secs().to_string())
    /// }
    /// ```
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Api(error) => error.retry_after(),
            _ => None,
        }
    }

    /// Returns the status of a response to the browser.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::Error;
    /// use auth_link::http::Response;
    ///
    /// fn respond(error: &Error) -> Response<String> {
    ///     let mut response = Response::new("Your bank could not be reached.".to_owned());
    ///     *response.status_mut() = error.status();
    ///     response
    /// }
    /// # assert_eq!(respond(&Error::NotConnected).status(), 400);
    /// ```
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Callback(error) => error.status(),
            Self::Pending(_) | Self::NotConnected => StatusCode::BAD_REQUEST,
            #[cfg(feature = "cookies")]
            Self::Cookie(error) if is_of_application(*error) => StatusCode::INTERNAL_SERVER_ERROR,
            #[cfg(feature = "cookies")]
            Self::Cookie(_) => StatusCode::BAD_REQUEST,
            Self::Api(error) if error.recovery() == Recovery::RetryLater => StatusCode::SERVICE_UNAVAILABLE,
            Self::Api(_) | Self::RefreshLost(_) => StatusCode::BAD_GATEWAY,
            Self::Begin(_) | Self::Transport(_) | Self::StoreUnavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Link(_) | Self::Request(_) | Self::Value(_) | Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// Returns whether the application caused the error, so that another attempt has the same one.
#[cfg(feature = "cookies")]
fn is_of_application(error: CookieError) -> bool {
    matches!(error, CookieError::InvalidData | CookieError::TooLong)
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Link(error) => error.fmt(f),
            Self::Begin(error) => error.fmt(f),
            Self::Pending(error) => error.fmt(f),
            Self::Callback(error) => error.fmt(f),
            #[cfg(feature = "cookies")]
            Self::Cookie(error) => error.fmt(f),
            Self::Request(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Store(error) | Self::StoreUnavailable(error) => write!(f, "the store failed: {error}"),
            Self::RefreshLost(error) => {
                write!(f, "the response of an earlier refresh was lost, and its refresh token is refused: {error}")
            }
            Self::NotConnected => f.write_str("no connection: connect a bank first"),
            Self::Value(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Store(error) | Self::StoreUnavailable(error) => error.source(),
            _ => None,
        }
    }
}

#[cfg(feature = "cookies")]
impl From<CookieError> for Error {
    fn from(error: CookieError) -> Self {
        Self::Cookie(error)
    }
}

/// Implements `From` for errors that have a variant, and for those of texts.
macro_rules! from_errors {
    ($($error:ident => $variant:ident($convert:expr),)*) => {$(
        impl From<$error> for Error {
            fn from(error: $error) -> Self {
                Self::$variant($convert(error))
            }
        }
    )*};
}

from_errors! {
    LinkError => Link(std::convert::identity),
    BeginError => Begin(std::convert::identity),
    ParsePendingError => Pending(std::convert::identity),
    CallbackError => Callback(std::convert::identity),
    CallbackRejection => Callback(|rejection: CallbackRejection| rejection.error),
    RequestError => Request(std::convert::identity),
    ExchangeError => Request(RequestError::from),
    ApiError => Api(std::convert::identity),
    TransportError => Transport(std::convert::identity),
    CredentialError => Value(Box::new),
    ParsePendingKeyError => Value(Box::new),
    ParseCodeChallengeError => Value(Box::new),
    ParseCodeVerifierError => Value(Box::new),
    ChallengeMismatch => Value(Box::new),
    ParseConsentIdError => Value(Box::new),
}
