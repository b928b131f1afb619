//! Starting both servers.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use auth_link::client::ClientSecret;
use auth_link::{AuthLink, LinkError, auth_link};
use auth_link_mock::{CLIENT_ID, CLIENT_SECRET, MockTrueLayer};
use auth_link_store::StoreError;
use axum::Router;
use tokio::net::TcpListener;

use crate::app::{self, App, Bank};
use crate::database::{Database, DatabaseStore};
use crate::keys::{DemoKeys, KeyError};
use crate::options::Options;
use crate::temporary_folder::TemporaryFolder;
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
    bank: Bank,
    /// The folder of the default database.
    folder: Option<TemporaryFolder>,
}

/// Checks the options and binds the ports. The demo serves requests once it [runs](Demo::run).
///
/// # Errors
///
/// Returns an error if:
///
/// - a port is in use;
/// - the client id, the client secret or an origin is invalid;
/// - the key file cannot be read, or is too short, too long or not random;
/// - the database cannot be opened, or cannot be reached for ten seconds;
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

    let keys = options.key.as_deref().map_or_else(DemoKeys::generate, DemoKeys::from_file);
    let keys = keys.map_err(StartError::from_key)?;
    let secret = ClientSecret::new(secret).map_err(|error| StartError::Secret(error.to_string()))?;
    let mut folder = None;
    let database = if let Some(database) = options.database {
        database
    } else {
        let folder = folder.insert(TemporaryFolder::create().map_err(StartError::Io)?);
        Database::Sqlite(folder.path().join("demo.db"))
    };
    let store = DatabaseStore::open(&database).await.map_err(StartError::Database)?;
    let app = App::new(link, secret, own_origin.clone(), keys, store);
    Ok(Demo {
        origin: own_origin,
        mock_server: mock_server.as_ref().map(|mock| mock.origin().to_owned()),
        address,
        listener,
        bank: app.bank.clone(),
        router: app::router(app),
        running_mock: mock_server,
        folder,
    })
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
    /// Serves requests until the process receives an interrupt (Ctrl-C). Then the default database is deleted.
    pub async fn run(self) {
        tokio::select! {
            // The server and the deletion of expired connections do not end.
            _ = axum::serve(self.listener, self.router).into_future() => {}
            () = app::delete_expired(self.bank) => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        drop((self.running_mock, self.folder));
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
    /// The key file cannot be read.
    KeyFile(io::Error),
    /// The key file has fewer than 64 bytes, more than 4,096, or the same byte throughout. The text says which.
    InvalidKey(String),
    /// TrueLayer's sandbox needs TLS, and the demo was built without it.
    NoTls,
    /// The database cannot be opened or reached.
    Database(StoreError),
    /// The mock server cannot start.
    MockServer(auth_link_mock::StartError),
    /// The operating system refuses the folder of the default database, the address of the application or random bytes.
    Io(io::Error),
}

impl StartError {
    fn from_key(error: KeyError) -> Self {
        match error {
            KeyError::File(error) => Self::KeyFile(error),
            KeyError::Length(len) if len > DemoKeys::MAX_LEN => {
                Self::InvalidKey("the key file of `--key` has more than 4096 bytes".to_owned())
            }
            KeyError::Length(len) => {
                Self::InvalidKey(format!("the key file of `--key` has {len} bytes, expected at least 64"))
            }
            KeyError::Random => Self::Io(io::Error::other("the operating system has no random bytes")),
            KeyError::NotRandom => Self::InvalidKey("all bytes in the key file of `--key` are the same".to_owned()),
        }
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Port(port, error) => {
                write!(f, "port {port} cannot be used: {error}\nhelp: select another with `--port` or `--mock-server-port`")
            }
            Self::Link(error) => error.fmt(f),
            Self::Secret(error) => f.write_str(error),
            Self::KeyFile(error) => write!(f, "the key file of `--key` cannot be read: {error}"),
            Self::InvalidKey(text) => {
                write!(f, "{text}\nhelp: create a key file with `head -c 64 /dev/urandom > FILE`")
            }
            Self::NoTls => f.write_str(
                "TrueLayer's sandbox needs TLS, and the demo was built without it\nhelp: run `cargo run -p auth-link-demo --features sandbox`",
            ),
            Self::Database(StoreError::Unavailable(error)) => write!(
                f,
                "the database of `--database` cannot be reached: {error}\n\
                 help: check that it runs, and the host, the port and the name in `postgres://USER@HOST:PORT/NAME`"
            ),
            Self::Database(error) => write!(
                f,
                "the database of `--database` cannot be used: {error}\n\
                 help: write `sqlite:PATH` with an existing folder, or `postgres://USER@HOST:PORT/NAME`"
            ),
            Self::MockServer(error) => error.fmt(f),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for StartError {}
