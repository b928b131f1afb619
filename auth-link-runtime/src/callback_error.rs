//! The errors of a callback without an authorization code.

use std::fmt;

use crate::server_error::ServerError;

/// The error of a callback that contains no authorization code.
///
/// Its text shows no value of the callback, except the server's error after the state matched, and that escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallbackError {
    /// The user or the bank denied access. This is an expected outcome.
    AccessDenied(Box<ServerError>),
    /// The server reports another error. The set of codes is open.
    Server(Box<ServerError>),
    /// An `error` without a state. Anyone can send it, so it ends no pending authorization.
    ///
    /// TrueLayer's cancellation page can be configured to send `error=access_denied` without a state.
    ErrorWithoutState {
        /// Whether the error is `access_denied`.
        access_denied: bool,
    },
    /// The state is missing or empty.
    MissingState,
    /// The state belongs to another authorization.
    StateMismatch,
    /// A parameter is duplicate.
    DuplicateParameter {
        /// The name of the parameter.
        parameter: &'static str,
    },
    /// A parameter is not percent-encoded UTF-8, or contains a NUL. A code also must be printable ASCII (RFC 6749 appendix
    /// A.11).
    MalformedParameter {
        /// The name of the parameter.
        parameter: &'static str,
    },
    /// A parameter belongs to a flow other than the authorization code flow.
    UnexpectedParameter {
        /// The name of the parameter.
        parameter: &'static str,
    },
    /// Both the query and the form contain parameters of a callback.
    QueryAndForm,
    /// The code is missing or empty, and there is no error.
    MissingCode,
    /// The `iss` names another auth server (RFC 9207 §2.4).
    IssuerMismatch,
    /// The text is a whole URL, but the function parses the query alone: use
    /// [`Callback::from_url`](crate::Callback::from_url).
    UnexpectedUrl,
    /// The text is a query, but the function parses a whole URL: use
    /// [`Callback::from_query`](crate::Callback::from_query).
    UnexpectedQuery,
    /// The callback is longer than 64 KiB.
    TooLong,
    /// The authorization began too long ago ([`PendingAuthorization::with_max_age`](crate::PendingAuthorization::with_max_age)).
    Expired,
    /// The callback has no `iss`, which [`PendingAuthorization::require_iss`](crate::PendingAuthorization::require_iss) requires.
    MissingIssuer,
    /// The code arrived in a query, but the link requests a form (`response_mode = form_post`).
    UnexpectedResponseMode,
    /// The request is a `HEAD` request or has another method than `GET` and `POST`. It ends no pending authorization.
    UnexpectedMethod,
    /// The browser sent the request before the user opened the page. It ends no pending authorization: the browser sends it again.
    Prefetch,
    /// The body of a `POST` request is not a form (`application/x-www-form-urlencoded`).
    UnexpectedContentType,
}

impl CallbackError {
    /// Returns whether the user or the bank denied access, with or without a state. This is an expected outcome.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::CallbackError;
    ///
    /// fn title(error: &CallbackError) -> &'static str {
    ///     if error.is_cancelled() { "You cancelled. Connect another bank?" } else { "Your bank could not be connected." }
    /// }
    /// # assert!(title(&CallbackError::ErrorWithoutState { access_denied: true }).starts_with("You"));
    /// ```
    #[must_use]
    pub const fn is_cancelled(&self) -> bool {
        matches!(self, Self::AccessDenied(_) | Self::ErrorWithoutState { access_denied: true })
    }
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AccessDenied(server) => write!(f, "access denied: {server}"),
            Self::Server(server) => write!(f, "error from the auth server: {server}"),
            Self::ErrorWithoutState { access_denied: true } => {
                f.write_str("access denied, without `state` in the callback")
            }
            Self::ErrorWithoutState { access_denied: false } => f.write_str("error, without `state` in the callback"),
            Self::MissingState => f.write_str("missing `state` in the callback"),
            Self::StateMismatch => f.write_str("`state` in the callback does not match this authorization"),
            Self::DuplicateParameter { parameter } => write!(f, "duplicate `{parameter}` in the callback"),
            Self::MalformedParameter { parameter } => write!(f, "malformed `{parameter}` in the callback"),
            Self::UnexpectedParameter { parameter } => {
                write!(f, "unexpected `{parameter}` in the callback, which belongs to another flow")
            }
            Self::QueryAndForm => f.write_str("callback parameters in both the query and the form"),
            Self::MissingCode => f.write_str("missing `code` in the callback"),
            Self::IssuerMismatch => {
                f.write_str("`iss` in the callback does not match the auth server of this authorization")
            }
            Self::UnexpectedUrl => {
                f.write_str("expected the query of the callback, found a URL\nhelp: parse it with `Callback::from_url`")
            }
            Self::UnexpectedQuery => f.write_str(
                "expected the URL of the callback, found a query\nhelp: parse it with `Callback::from_query`",
            ),
            Self::TooLong => f.write_str("callback longer than 64 KiB"),
            Self::Expired => f.write_str("the authorization began too long ago: begin again"),
            Self::MissingIssuer => f.write_str("missing `iss` in the callback"),
            Self::UnexpectedResponseMode => f.write_str(
                "unexpected `code` in the query of the callback, expected a form (`response_mode=form_post`)",
            ),
            Self::UnexpectedMethod => f.write_str("unexpected method of the request, expected GET or POST"),
            Self::Prefetch => f.write_str("prefetch: only the user's own request begins or ends an authorization"),
            Self::UnexpectedContentType => f.write_str(
                "unexpected content type of the callback request, expected `application/x-www-form-urlencoded`",
            ),
        }
    }
}

impl std::error::Error for CallbackError {}
