//! Both servers, from the options to their ports.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use auth_link::client::ClientSecret;
use auth_link::{AuthLink, LinkError, auth_link};
use axum::Router;
use axum_extra::extract::cookie::Key;
use tokio::net::TcpListener;

use crate::app::{self, App, Store};
use crate::mock_server::{self, CLIENT_ID, CLIENT_SECRET, Registration};
use crate::options::Options;
use crate::url::origin;

/// The demo, at its ports.
#[must_use]
pub struct Demo {
    /// Where browsers find the application.
    pub origin: String,
    /// Where they find the stand-in for TrueLayer, if it is part of this.
    pub mock_server: Option<String>,
    /// Where the application listens.
    pub address: SocketAddr,
    servers: Vec<(TcpListener, Router)>,
}

/// Takes the ports and checks everything. Browsers are served once it [runs](Demo::run).
///
/// # Errors
///
/// A port that is taken, a value that cannot be part of a link, a key that cannot be read.
pub async fn start(options: Options) -> Result<Demo, StartError> {
    let mut servers = Vec::new();
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
        let listener = listen(options.stand_in_port).await?;
        mock_server = Some(format!("http://{}", listener.local_addr().map_err(StartError::Io)?));
        let registration = Registration {
            client_id: client_id.clone(),
            client_secret: secret.clone(),
            redirect_uri: redirect_uri.clone(),
            token_life: options.token_life,
        };
        servers.push((listener, mock_server::router(registration)));
    }
    let auth_server = options.mock_server.as_deref().or(mock_server.as_deref());
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
    servers.push((listener, app::router(app)));
    Ok(Demo { origin: own_origin, mock_server, address, servers })
}

/// The link. What only this run knows is in braces; the rest was checked when this was compiled.
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
    /// Serves until the process ends.
    pub async fn run(self) {
        let mut running = Vec::new();
        for (listener, router) in self.servers {
            running.push(tokio::spawn(async move { axum::serve(listener, router).await }));
        }
        for server in running {
            // It has no end but that of the process.
            let _ = server.await;
        }
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

/// Why the demo does not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// Another program has the port.
    Port(u16, io::Error),
    /// The client id or an origin cannot be part of a link.
    Link(LinkError),
    /// The client's secret cannot be one.
    Secret(String),
    /// The key has fewer than 64 bytes.
    ShortKey,
    /// TrueLayer's sandbox speaks TLS, and this was built without.
    NoTls,
    /// What follows `--redis` is no address of a Redis.
    Redis(redis::RedisError),
    /// The key's file cannot be read.
    Io(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Port(port, error) => {
                write!(f, "port {port} cannot be used: {error}\nhelp: choose others with `--port` and `--stand-in-port`")
            }
            Self::Link(error) => error.fmt(f),
            Self::Secret(error) => f.write_str(error),
            Self::ShortKey => f.write_str("the key has fewer than 64 bytes\nhelp: `head -c 64 /dev/urandom > FILE`"),
            Self::NoTls => f.write_str(
                "TrueLayer's sandbox speaks TLS, and this was built without\nhelp: `cargo run -p auth-link-demo --features sandbox`",
            ),
            Self::Redis(error) => write!(f, "unusable address of a Redis: {error}"),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for StartError {}
