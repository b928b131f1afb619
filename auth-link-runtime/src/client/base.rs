//! The client itself: its credentials, and the servers that its requests go to.

use std::fmt;
use std::str::FromStr;

use auth_link_rules::{API, Param, TRACKING, TRUELAYER, check_origin, check_values};
use http::Uri;

use super::credential::ClientSecret;
use super::request_error::RequestError;
use crate::link::{AuthLink, LinkError};

/// A client of TrueLayer's with its secret: what a server asks TrueLayer without the user's browser.
///
/// Its methods make requests and send nothing ([`Call`]). Where they go is settled here, never by what a callback or a stored
/// sign-in says. Keep one for as long as the application runs.
///
/// ```
/// # use auth_link_runtime as auth_link;
/// use auth_link::client::{Client, ClientSecret, Environment, RefreshToken};
///
/// # fn renew() -> Result<(), Box<dyn std::error::Error>> {
/// let secret = ClientSecret::new(std::env::var("TRUELAYER_CLIENT_SECRET")?)?;
/// let client = Client::new(Environment::Live, "acme-7d2f1a", secret)?;
/// let call = client.refresh(&RefreshToken::new("what the last answer brought")?);
/// assert_eq!(call.request.uri(), "https://auth.truelayer.com/connect/token");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use]
pub struct Client {
    pub(super) id: String,
    /// The scopes of its link, if it has one.
    #[cfg(feature = "data")]
    scope: Option<String>,
    pub(super) secret: ClientSecret,
    /// The origin that its links lead to.
    auth_server: String,
    pub(super) servers: Servers,
}

/// The origins that requests go to.
#[derive(Clone)]
pub(super) struct Servers {
    pub(super) auth: String,
    pub(super) api: String,
    pub(super) tracking: String,
}

impl Servers {
    /// Those that belong to an auth server: TrueLayer's own, or the stand-in that is all of them.
    fn of(auth_server: &str) -> Self {
        let own = |origins: [&str; 2]| {
            let index = TRUELAYER.iter().position(|origin| *origin == auth_server);
            index.map_or(auth_server, |index| origins[index]).to_owned()
        };
        Self { auth: auth_server.to_owned(), api: own(API), tracking: own(TRACKING) }
    }
}

/// Which of TrueLayer's two environments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Environment {
    /// Real banks.
    Live,
    /// Mock Bank, with client ids that begin with `sandbox-`.
    Sandbox,
}

impl Environment {
    const fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Sandbox => "sandbox",
        }
    }
}

impl FromStr for Environment {
    type Err = LinkError;

    /// Reads `live` or `sandbox`.
    ///
    /// # Errors
    ///
    /// Another text.
    fn from_str(text: &str) -> Result<Self, LinkError> {
        check_values(&[(Param::Environment, text)]).map_err(LinkError::new)?;
        Ok(if text == Self::Live.name() { Self::Live } else { Self::Sandbox })
    }
}

impl AuthLink {
    /// The client of this link, which exchanges its codes.
    pub fn client(&self, secret: ClientSecret) -> Client {
        let client = Client::at(self.text.auth_server(), &self.text.value(Param::ClientId), secret);
        #[cfg(feature = "data")]
        let client = Client { scope: self.text.get(Param::Scope).map(std::borrow::Cow::into_owned), ..client };
        client
    }
}

impl Client {
    /// A client without a link: for renewals in the background.
    ///
    /// # Errors
    ///
    /// What cannot be a client id, and a client id of the sandbox in the live environment.
    pub fn new(environment: Environment, client_id: &str, secret: ClientSecret) -> Result<Self, LinkError> {
        let values = [(Param::Environment, environment.name()), (Param::ClientId, client_id)];
        check_values(&values).map_err(LinkError::new)?;
        let auth_server = TRUELAYER[usize::from(environment == Environment::Sandbox)];
        Ok(Self::at(auth_server, client_id, secret))
    }

    fn at(auth_server: &str, client_id: &str, secret: ClientSecret) -> Self {
        Self {
            id: client_id.to_owned(),
            #[cfg(feature = "data")]
            scope: None,
            secret,
            auth_server: auth_server.to_owned(),
            servers: Servers::of(auth_server),
        }
    }

    /// The same client, whose requests all go to a stand-in: for tests, where the application reaches it under another name than
    /// the browser does ([`AuthLink::with_auth_server`]), as in `docker compose`. A server that names itself in its callbacks (`iss`) may do so by
    /// the second name: tell the link with [`AuthLink::with_issuer`].
    ///
    /// # Errors
    ///
    /// As [`AuthLink::with_auth_server`].
    pub fn with_server_origin(&self, origin: &str) -> Result<Self, LinkError> {
        let origin = check_origin(origin).map_err(LinkError::new)?;
        Ok(Self { servers: Servers { auth: origin.clone(), api: origin.clone(), tracking: origin }, ..self.clone() })
    }

    /// The client id.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.id
    }

    #[cfg(feature = "data")]
    pub(crate) fn scope(&self) -> Option<&str> {
        self.scope.as_deref()
    }

    #[cfg(feature = "data")]
    pub(crate) fn api(&self) -> &str {
        &self.servers.api
    }

    /// Whether what began at `auth_server` for `client_id` is this client's.
    pub(super) fn owns(&self, client_id: &str, auth_server: &str) -> Result<(), RequestError> {
        if client_id != self.id {
            Err(RequestError::ClientMismatch)
        } else if auth_server != self.auth_server {
            Err(RequestError::ServerMismatch)
        } else {
            Ok(())
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("client_id", &self.id)
            .field("auth_server", &self.auth_server)
            .finish_non_exhaustive()
    }
}

/// The address of `path` at an origin that holds the rules.
pub(crate) fn uri(origin: &str, path: &str) -> Uri {
    // Such an origin reads as a URI; what did not would go nowhere.
    [origin, path].concat().parse().unwrap_or_default()
}
