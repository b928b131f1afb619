//! Starting both servers.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use auth_link::client::ClientSecret;
use auth_link::{AuthLink, LinkError, auth_link};
use auth_link_mock::{CLIENT_ID, CLIENT_SECRET, MockTrueLayer};
use axum::Router;
use axum_extra::extract::cookie::Key;
use tokio::net::TcpListener;

use crate::app::{self, App, Store};
use crate::options::Options;
use crate::url::origin;

/// A demo that listens at its ports.
#[must_use]
pub struct Demo {
    /// The application's origin for browsers.
    pub origin: String,
    /// The mock server's origin, if this demo runs one.
    pub mock_server: Option<String>,
    /// The address at which the application listens.
    pub address: SocketAddr,
    listener: TcpListener,
    router: Router,
    /// Keeps the mock server running.
    running_mock: Option<MockTrueLayer>,
}

/// Checks the options and binds the ports. The demo serves requests once it [runs](Demo::run).
///
/// # Errors
///
/// Returns an error if:
///
/// - a port is in use;
/// - the client id, the client secret or an origin is invalid;
/// - the key file cannot be read or is too short;
/// - the address of Redis is invalid;
/// - TrueLayer's sandbox is selected, and the demo was built without the feature `sandbox`.
pub async fn start(options: Options) -> Result<Demo, StartError> {
    let listener = listen(options.port).await?;
    let address = listener.local_addr().map_err(StartError::Io)?;
    let own_origin = options.public_origin.as_deref().map(|text| origin(text).to_owned());
    let own_origin = own_origin.unwrap_or_else(|| format!("http://localhost:{}", address.port()));
    let redirect_uri = format!("{own_origin}/callback");

    let is_sandbox = options.sandbox.is_some();
    if is_sandbox && !cfg!(feature = "sandbox") {
        return Err(StartError::NoTls);
    }
    let (client_id, secret) = options.sandbox.unwrap_or_else(|| (CLIENT_ID.to_owned(), CLIENT_SECRET.to_owned()));
    let mut mock_server = None;
    if !is_sandbox && options.mock_server.is_none() {
        let builder = MockTrueLayer::builder()
            .application("auth-link demo")
            .client(&client_id, &secret)
            .redirect_uri(&redirect_uri)
            .token_lifetime(options.token_lifetime)
            .port(options.mock_server_port);
        mock_server = Some(builder.start().await.map_err(|error| match error {
            auth_link_mock::StartError::Port(port, error) => StartError::Port(port, error),
            error => StartError::MockServer(error),
        })?);
    }
    let auth_server = options.mock_server.as_deref().or(mock_server.as_ref().map(MockTrueLayer::origin));
    let link = link(&client_id, &redirect_uri, auth_server, options.form_post).map_err(StartError::Link)?;

    let key = match &options.key {
        Some(file) => {
            Key::try_from(&*std::fs::read(file).map_err(StartError::Io)?).map_err(|_| StartError::ShortKey)?
        }
        None => Key::generate(),
    };
    let store = Store::new(options.redis.as_deref(), &key).map_err(StartError::Redis)?;
    let secret = ClientSecret::new(secret).map_err(|error| StartError::Secret(error.to_string()))?;
    let app = App::new(link, secret, own_origin.clone(), options.form_post, key, store);
    let origin_of_mock = mock_server.as_ref().map(|mock| mock.origin().to_owned());
    let router = app::router(app);
    Ok(Demo { origin: own_origin, mock_server: origin_of_mock, address, listener, router, running_mock: mock_server })
}

/// Returns the auth link. Values in braces are known only at run time; the rest was checked at compile time.
fn link(
    client_id: &str,
    redirect_uri: &str,
    auth_server: Option<&str>,
    form_post: bool,
) -> Result<AuthLink, LinkError> {
    if form_post {
        auth_link!(
            client_id = { client_id },
            redirect_uri = { redirect_uri },
            scope = [info, accounts, balance, transactions, offline_access],
            providers = [uk_cs_mock],
            response_mode = form_post,
            environment = sandbox,
            auth_server = { auth_server },
        )
    } else {
        auth_link!(
            client_id = { client_id },
            redirect_uri = { redirect_uri },
            scope = [info, accounts, balance, transactions, offline_access],
            providers = [uk_cs_mock],
            environment = sandbox,
            auth_server = { auth_server },
        )
    }
}

async fn listen(port: u16) -> Result<TcpListener, StartError> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| StartError::Port(port, error))
}

impl Demo {
    /// Serves requests until the process ends.
    pub async fn run(self) {
        // The server ends only with the process.
        let _ = axum::serve(self.listener, self.router).await;
        drop(self.running_mock);
    }
}

impl fmt::Debug for Demo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Demo")
            .field("origin", &self.origin)
            .field("mock_server", &self.mock_server)
            .finish_non_exhaustive()
    }
}

/// The reason why a demo cannot start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The port is in use.
    Port(u16, io::Error),
    /// The client id or an origin is invalid.
    Link(LinkError),
    /// The client secret is invalid.
    Secret(String),
    /// The key has fewer than 64 bytes.
    ShortKey,
    /// TrueLayer's sandbox needs TLS, and the demo was built without it.
    NoTls,
    /// The address of Redis is invalid.
    Redis(redis::RedisError),
    /// The mock server cannot start.
    MockServer(auth_link_mock::StartError),
    /// The key file cannot be read.
    Io(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Port(port, error) => {
                write!(f, "port {port} cannot be used: {error}\nhelp: select another with `--port` or `--mock-server-port`")
            }
            Self::Link(error) => error.fmt(f),
            Self::Secret(error) => f.write_str(error),
            Self::ShortKey => f.write_str("the key has fewer than 64 bytes\nhelp: create one with `head -c 64 /dev/urandom > FILE`"),
            Self::NoTls => f.write_str(
                "TrueLayer's sandbox needs TLS, and the demo was built without it\nhelp: run `cargo run -p auth-link-demo --features sandbox`",
            ),
            Self::Redis(error) => write!(f, "invalid address of Redis: {error}"),
            Self::MockServer(error) => error.fmt(f),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for StartError {}
