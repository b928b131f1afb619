//! The client: its credentials, and the servers of its requests.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use auth_link_rules::{API, Param, TRACKING, TRUELAYER, check_origin, check_values};
use http::Uri;

use super::credential::ClientSecret;
use super::request_error::RequestError;
use crate::link::{AuthLink, LinkError};

/// A client (RFC 6749 §2) with its secret: builds the requests of a server to TrueLayer.
///
/// Its methods return a [`Call`](super::Call) and send nothing. The client alone decides on the server of each request; a
/// callback or a stored authorization has no influence. Keep one client for as long as the application runs.
///
/// ```
/// # use auth_link_runtime as auth_link;
/// use auth_link::client::{Client, ClientSecret, Environment, RefreshToken};
///
/// # fn refresh() -> Result<(), Box<dyn std::error::Error>> {
/// let secret = ClientSecret::new(std::env::var("TRUELAYER_CLIENT_SECRET")?)?;
/// let client = Client::new(Environment::Live, "acme-7d2f1a", secret)?;
/// let call = client.refresh(&RefreshToken::new("the stored refresh token")?);
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
    /// The origin of the auth server in its links.
    auth_server: Cow<'static, str>,
    pub(super) servers: Servers,
}

/// The origins of the servers.
#[derive(Clone)]
pub(super) struct Servers {
    pub(super) auth: Cow<'static, str>,
    pub(super) api: Cow<'static, str>,
    pub(super) tracking: Cow<'static, str>,
}

impl Servers {
    /// Returns the servers of TrueLayer's environment with this auth server. A mock server is all of them.
    fn for_auth_server(auth_server: &str) -> Self {
        let index = TRUELAYER.iter().position(|origin| *origin == auth_server);
        let origin = |origins: [&'static str; 2]| match index {
            Some(index) => Cow::Borrowed(origins[index]),
            None => Cow::Owned(auth_server.to_owned()),
        };
        Self { auth: origin(TRUELAYER), api: origin(API), tracking: origin(TRACKING) }
    }
}

/// An environment of TrueLayer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Environment {
    /// The live environment, with real banks.
    Live,
    /// The sandbox, with TrueLayer's Mock Bank and client ids that begin with `sandbox-`.
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

    /// Parses `live` or `sandbox`.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is neither.
    fn from_str(text: &str) -> Result<Self, LinkError> {
        check_values(&[(Param::Environment, text)]).map_err(LinkError::new)?;
        Ok(if text == Self::Live.name() { Self::Live } else { Self::Sandbox })
    }
}

impl AuthLink {
    /// Returns the client of this link, which exchanges its codes.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::AuthLink;
    /// use auth_link::client::{Client, ClientSecret};
    ///
    /// fn client(link: &AuthLink) -> Result<Client, Box<dyn std::error::Error>> {
    ///     Ok(link.client(ClientSecret::new(std::env::var("TRUELAYER_CLIENT_SECRET")?)?))
    /// }
    /// ```
    pub fn client(&self, secret: ClientSecret) -> Client {
        let client = Client::for_auth_server(self.text.auth_server(), &self.text.value(Param::ClientId), secret);
        #[cfg(feature = "data")]
        let client = Client { scope: self.text.get(Param::Scope).map(Cow::into_owned), ..client };
        client
    }
}

impl Client {
    /// Creates a client without a link, such as for a background job that refreshes tokens.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::Error;
    /// use auth_link::client::{Client, ClientSecret, Environment};
    ///
    /// let client = Client::new(Environment::Sandbox, "sandbox-acme-7d2f1a", ClientSecret::new("s3cret")?)?;
    /// assert!(Client::new(Environment::Live, "sandbox-acme-7d2f1a", ClientSecret::new("s3cret")?).is_err());
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - `client_id` cannot be a client id;
    /// - `client_id` is one of the sandbox and the environment is live.
    pub fn new(environment: Environment, client_id: &str, secret: ClientSecret) -> Result<Self, LinkError> {
        let values = [(Param::Environment, environment.name()), (Param::ClientId, client_id)];
        check_values(&values).map_err(LinkError::new)?;
        let auth_server = TRUELAYER[usize::from(environment == Environment::Sandbox)];
        Ok(Self::for_auth_server(auth_server, client_id, secret))
    }

    fn for_auth_server(auth_server: &str, client_id: &str, secret: ClientSecret) -> Self {
        let servers = Servers::for_auth_server(auth_server);
        Self {
            id: client_id.to_owned(),
            #[cfg(feature = "data")]
            scope: None,
            secret,
            auth_server: servers.auth.clone(),
            servers,
        }
    }

    /// Returns the client with another origin for all its requests, for a mock server in tests.
    ///
    /// In `docker compose`, the application may reach the mock server under another name than the browser does
    /// ([`AuthLink::with_auth_server`]). If the mock server puts the second name into the `iss` of its callbacks, set it with
    /// [`AuthLink::with_issuer`].
    ///
    /// The requests contain the client's secret. So http beyond this machine is for a client id of the sandbox alone, and for a
    /// private address or a name that is reserved for private networks, such as `mock.internal`.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{Client, ClientSecret, Environment};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let client = Client::new(Environment::Sandbox, "sandbox-acme-7d2f1a", ClientSecret::new("s3cret")?)?;
    /// assert!(client.with_server_origin("http://mock.internal:8080").is_ok());
    /// assert!(client.with_server_origin("http://mock.example.com").is_err());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the text is not an origin (scheme, host and port), or its host is a link-local address;
    /// - the scheme is `http`, and the host is neither this machine nor in a private network;
    /// - the scheme is `http`, the host is not this machine, and the client id is not one of the sandbox.
    pub fn with_server_origin(&self, origin: &str) -> Result<Self, LinkError> {
        check_values(&[(Param::AuthServer, origin), (Param::ClientId, &self.id)]).map_err(LinkError::new)?;
        let origin = Cow::<str>::from(check_origin(origin).map_err(LinkError::new)?);
        Ok(Self { servers: Servers { auth: origin.clone(), api: origin.clone(), tracking: origin }, ..self.clone() })
    }

    /// Returns the client id.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{Client, ClientSecret, Environment};
    ///
    /// let client = Client::new(Environment::Live, "acme-7d2f1a", ClientSecret::new("s3cret")?)?;
    /// assert_eq!(client.client_id(), "acme-7d2f1a");
    /// # Ok::<(), auth_link::Error>(())
    /// ```
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

    /// Checks that an authorization with this client id, at this auth server, belongs to this client.
    pub(super) fn check_owner(&self, client_id: &str, auth_server: &str) -> Result<(), RequestError> {
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

/// Returns the URI of a path at a valid origin.
pub(crate) fn uri(origin: &str, path: &str) -> Uri {
    // A valid origin always parses; the default has no host, so it could be sent nowhere.
    [origin, path].concat().parse().unwrap_or_default()
}
