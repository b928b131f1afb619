//! A running mock server.

use std::fmt;

use crate::authorization::{Decision, Refusal};
use crate::endpoint::Endpoint;
use crate::failure::Failure;
use crate::journal::Requests;
use crate::profile::{Profile, User, password_of, sign_in};
use crate::server::Server;
use crate::state::Shared;
use crate::url::{form, origin, parse_form, with_query};

/// A running mock server for TrueLayer. It stops when it is dropped: its connections close, and its port is free.
///
/// Several can run in one process. Each has its own free port and its own state.
///
/// ```
/// use auth_link::{Callback, auth_link};
/// use auth_link_mock::{Endpoint, MockTrueLayer, User};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mock = MockTrueLayer::builder().redirect_uri("http://localhost:3000/callback").start_blocking()?;
/// let link = auth_link!(
///     client_id = { mock.client_id() },
///     redirect_uri = "http://localhost:3000/callback",
///     scope = [accounts, balance],
///     providers = [uk_cs_mock],
///     environment = sandbox,
///     auth_server = { mock.origin() },
/// )?;
/// let request = link.begin()?;
/// let callback = mock.authorize(&request.url, User::John)?;
/// let code = request.pending.finish(Callback::from_query(callback.query())?)?;
/// # drop(code);
/// mock.requests().assert_count(Endpoint::Token, 0);
/// # Ok(())
/// # }
/// ```
#[must_use = "the server stops when it is dropped"]
pub struct MockTrueLayer {
    pub(crate) mock_server: Shared,
    pub(crate) _server: Server,
}

impl MockTrueLayer {
    /// Returns the origin for the link's `auth_server`, such as `http://127.0.0.1:40123`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.mock_server.origin
    }

    /// Returns the client id.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.mock_server.settings.client_id
    }

    /// Returns the client secret, which only this server accepts.
    #[must_use]
    pub fn client_secret(&self) -> &str {
        &self.mock_server.settings.client_secret
    }

    /// Follows a link as a user's browser does, and returns the request that the browser brings to the application.
    ///
    /// The link is used then, as in a browser. It is no request of the client: [`requests`](Self::requests) does not list it.
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the link is for another server;
    /// - the server shows its error page, since a parameter is missing, duplicate or invalid;
    /// - the link was used before;
    /// - the scenario has no user with the name.
    pub fn authorize(&self, url: &str, user: User) -> Result<CallbackRequest, AuthorizeError> {
        let found = origin(url);
        let port = self.origin().rsplit(':').next().unwrap_or_default();
        if found != self.origin() && found != format!("http://localhost:{port}") {
            return Err(AuthorizeError::OtherServer { expected: self.origin().to_owned(), found: found.to_owned() });
        }
        let query = url.split('#').next().and_then(|url| url.split_once('?')).map_or("", |(_, query)| query);
        let link = self.mock_server.open(&parse_form(query)).map_err(|refusal| match refusal {
            Refusal::Invalid(message) => AuthorizeError::InvalidLink(message),
            Refusal::Used => AuthorizeError::UsedLink,
        })?;
        let bank = link.banks.first().cloned();
        let bank = bank.ok_or_else(|| AuthorizeError::InvalidLink("The link covers no bank.".to_owned()))?;
        let decision = match user {
            User::Cancels => Decision::Cancel { with_state: true },
            User::CancelsWithoutState => Decision::Cancel { with_state: false },
            User::Fails(code) => Decision::Fail(code),
            user => Decision::Allow(bank, self.profile(user)?),
        };
        let response = self.mock_server.decide(link, decision).ok_or(AuthorizeError::UsedLink)?;
        Ok(if response.form_post {
            CallbackRequest { url: response.redirect_uri, form: Some(form(&response.fields)) }
        } else {
            CallbackRequest { url: with_query(&response.redirect_uri, &response.fields), form: None }
        })
    }

    fn profile(&self, user: User) -> Result<Profile, AuthorizeError> {
        let scenario = &self.mock_server.settings.scenario;
        let mut granted = None;
        let (name, password) = match user {
            User::Numbered(number) => (format!("john{number}"), "doe"),
            User::Iban => ("john".to_owned(), "iban"),
            User::Eternal => ("john".to_owned(), "eternal"),
            User::Error(code) => (format!("error.{code}"), "error"),
            User::Named(name) => {
                let password = password_of(scenario, &name).unwrap_or("doe");
                (name, password)
            }
            User::Grants(scopes) => {
                granted = Some(scopes);
                ("john".to_owned(), "doe")
            }
            _ => ("john".to_owned(), "doe"),
        };
        let profile = sign_in(scenario, &name, password).ok_or(AuthorizeError::UnknownUser(name))?;
        Ok(Profile { granted: granted.or(profile.granted), ..profile })
    }

    /// Makes the next request of an endpoint fail, after those that are to fail already.
    ///
    /// At most 1,000 failures of an endpoint wait; further ones are ignored.
    pub fn fail_next(&self, endpoint: Endpoint, failure: Failure) {
        self.mock_server.fail_next(endpoint, failure);
    }

    /// Ends the validity of all access tokens. Refresh tokens stay valid.
    pub fn expire_tokens(&self) {
        self.mock_server.expire_tokens();
    }

    /// Ends all consents, as a user does at the bank: data is refused with 403 `access_denied`, and a refresh with
    /// `invalid_grant`.
    pub fn revoke_consent(&self) {
        self.mock_server.revoke_consent();
    }

    /// Ends the five minutes after each authorization: a longer history is refused with 403 `sca_exceeded` then.
    pub fn end_history_window(&self) {
        self.mock_server.end_history_window();
    }

    /// Returns the requests that the server received, the oldest first. It keeps the newest 16 MiB.
    #[must_use]
    pub fn requests(&self) -> Requests {
        self.mock_server.state().journal.all()
    }

    /// Forgets the requests that the server received.
    pub fn clear_requests(&self) {
        self.mock_server.state().journal.clear();
    }
}

impl fmt::Debug for MockTrueLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockTrueLayer").field("origin", &self.origin()).finish_non_exhaustive()
    }
}

/// The request that a browser brings to the application after an authorization. [`Debug`](fmt::Debug) shows no code.
#[derive(Clone, PartialEq, Eq)]
pub struct CallbackRequest {
    url: String,
    form: Option<String>,
}

impl CallbackRequest {
    /// Returns the URL: the redirect URI, with the response in its query unless it is in the form.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the body of the form that the browser posts, with `response_mode=form_post`.
    #[must_use]
    pub fn form(&self) -> Option<&str> {
        self.form.as_deref()
    }

    /// Returns the query of the URL, which is empty without one.
    #[must_use]
    pub fn query(&self) -> &str {
        self.url.split_once('?').map_or("", |(_, query)| query)
    }
}

impl fmt::Debug for CallbackRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = self.url.split('?').next().unwrap_or_default();
        f.debug_struct("CallbackRequest").field("url", &url).field("is_form", &self.form.is_some()).finish()
    }
}

/// The reason why a user cannot follow a link.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthorizeError {
    /// The link is for another server.
    OtherServer {
        /// The origin of this server.
        expected: String,
        /// The origin of the link.
        found: String,
    },
    /// The server shows an error page with this text.
    InvalidLink(String),
    /// The link was used before.
    UsedLink,
    /// No user has the name.
    UnknownUser(String),
}

impl fmt::Display for AuthorizeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherServer { expected, found } => {
                let found = found.escape_debug();
                write!(f, "the link is for `{found}`\nhelp: set the link's server: `auth_server = \"{expected}\"`")
            }
            Self::InvalidLink(message) => write!(f, "the link does not work: {message}"),
            Self::UsedLink => {
                f.write_str("the link was used before\nhelp: begin another authorization: each link works once")
            }
            Self::UnknownUser(name) => {
                let name = name.escape_debug();
                write!(
                    f,
                    "no user has the name `{name}`\nhelp: add the user to the scenario: `BankUser::new(\"{name}\", …)`"
                )
            }
        }
    }
}

impl std::error::Error for AuthorizeError {}
