//! The settings of a mock server before it starts.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use crate::mock::MockTrueLayer;
use crate::router::router;
use crate::scenario::Scenario;
use crate::server::{self, Server};
use crate::settings::{ResponseMode, Settings};
use crate::state::MockServer;

impl MockTrueLayer {
    /// Returns the settings of a mock server, which starts with [`start`](Builder::start) or
    /// [`start_blocking`](Builder::start_blocking).
    pub fn builder() -> Builder {
        Builder { settings: Settings::default(), port: 0 }
    }
}

/// The settings of a [`MockTrueLayer`].
#[derive(Clone)]
#[must_use]
pub struct Builder {
    settings: Settings,
    port: u16,
}

impl Builder {
    /// Sets the client id and the client secret. Do not use a secret of TrueLayer's: a test's own is enough.
    pub fn client(mut self, id: impl Into<String>, secret: impl Into<String>) -> Self {
        (self.settings.client_id, self.settings.client_secret) = (id.into(), secret.into());
        self
    }

    /// Registers a redirect URI. Links must have exactly one of the registered ones. Without one, it is
    /// `http://localhost:3000/callback`.
    pub fn redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.settings.redirect_uris.push(uri.into());
        self
    }

    /// Sets the name of the application on the dialog's pages.
    pub fn application(mut self, name: impl Into<String>) -> Self {
        self.settings.application = name.into();
        self
    }

    /// Sets the lifetime of access tokens. The default is an hour, as TrueLayer's.
    pub fn token_lifetime(mut self, lifetime: Duration) -> Self {
        self.settings.token_lifetime = lifetime;
        self
    }

    /// Sets the lifetime of a consent. The default is 90 days, as TrueLayer's.
    pub fn consent_lifetime(mut self, lifetime: Duration) -> Self {
        self.settings.consent_lifetime = lifetime;
        self
    }

    /// Sets the time after an authorization in which more than 90 days of transactions, direct debits and standing orders
    /// are readable. The default is five minutes, as TrueLayer's.
    pub fn history_window(mut self, window: Duration) -> Self {
        self.settings.history_window = window;
        self
    }

    /// Delays each response.
    pub fn latency(mut self, latency: Duration) -> Self {
        self.settings.latency = latency;
        self
    }

    /// Limits the calls of the Data API that a connection may make in a minute; further ones are refused with 429
    /// `provider_too_many_requests`. There is no limit by default.
    pub fn rate_limit(mut self, calls: u32) -> Self {
        self.settings.rate_limit = Some(calls);
        self
    }

    /// Limits the calls of an endpoint that a connection may make in a day without `X-PSU-IP`; further ones are refused with
    /// 429 `provider_request_limit_exceeded`. Banks allow four. There is no limit by default.
    pub fn unattended_limit(mut self, calls: u32) -> Self {
        self.settings.unattended_limit = Some(calls);
        self
    }

    /// Sets how callbacks arrive, whatever the link's `response_mode` is. By default the link decides.
    pub fn response_mode(mut self, mode: ResponseMode) -> Self {
        self.settings.response_mode = Some(mode);
        self
    }

    /// Sets whether the callback of a user who cancels in the dialog has the state. The default is true.
    pub fn cancel_with_state(mut self, with_state: bool) -> Self {
        self.settings.cancels_with_state = with_state;
        self
    }

    /// Sets the banks, users and failures.
    pub fn scenario(mut self, scenario: Scenario) -> Self {
        self.settings.scenario = scenario;
        self
    }

    /// Sets the port. The default, 0, selects a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Starts the mock server in its own thread.
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the port is in use;
    /// - a redirect URI is not one: it has no scheme, or a fragment, white space or a control character;
    /// - the client id or the client secret is empty.
    #[expect(clippy::unused_async, reason = "binding a port of this machine does not wait; a later release may")]
    pub async fn start(self) -> Result<MockTrueLayer, StartError> {
        self.start_blocking()
    }

    /// Starts the mock server in its own thread, for callers without an async runtime.
    ///
    /// # Errors
    ///
    /// Returns an error as [`start`](Self::start).
    pub fn start_blocking(self) -> Result<MockTrueLayer, StartError> {
        let Self { mut settings, port } = self;
        if settings.redirect_uris.is_empty() {
            settings.redirect_uris.push("http://localhost:3000/callback".to_owned());
        }
        for uri in &settings.redirect_uris {
            let is_plain = !uri.contains(|c: char| c.is_whitespace() || c.is_control() || c == '#');
            if !is_plain || uri.find(':').is_none_or(|at| at == 0) {
                return Err(StartError::RedirectUri(uri.clone()));
            }
        }
        if settings.client_id.is_empty() || settings.client_secret.is_empty() {
            return Err(StartError::EmptyClient);
        }
        let (listener, address) = server::bind(port).map_err(|error| StartError::Port(port, error))?;
        let mock_server = Arc::new(MockServer::new(settings, format!("http://{address}")));
        let server = Server::start(listener, router(Arc::clone(&mock_server))).map_err(StartError::Io)?;
        Ok(MockTrueLayer { mock_server, _server: server })
    }
}

impl fmt::Debug for Builder {
    /// Shows no secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("client_id", &self.settings.client_id).finish_non_exhaustive()
    }
}

/// The reason why a mock server cannot start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The port is in use.
    Port(u16, io::Error),
    /// A redirect URI is not one.
    RedirectUri(String),
    /// The client id or the client secret is empty.
    EmptyClient,
    /// The thread or its runtime cannot be created.
    Io(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Port(port, error) => {
                write!(f, "port {port} cannot be used: {error}\nhelp: select another, or 0 for a free one")
            }
            Self::RedirectUri(uri) => {
                let uri = uri.escape_debug();
                write!(
                    f,
                    "invalid redirect URI `{uri}`\nhelp: write an absolute one, such as `http://localhost:3000/callback`"
                )
            }
            Self::EmptyClient => f.write_str("empty client id or client secret"),
            Self::Io(error) => write!(f, "the server's thread cannot start: {error}"),
        }
    }
}

impl std::error::Error for StartError {}
