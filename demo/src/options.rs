//! The options of the command line.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// The options of a demo.
#[derive(Clone, Debug)]
pub struct Options {
    /// The application's port on this machine; 0 selects a free port.
    pub port: u16,
    /// The mock server's port; 0 selects a free port.
    pub mock_server_port: u16,
    /// Whether callbacks arrive by form (`response_mode=form_post`).
    pub form_post: bool,
    /// The address of a Redis that several instances share.
    pub redis: Option<String>,
    /// The file that holds the key of the cookies.
    pub key: Option<PathBuf>,
    /// The application's origin for browsers, if it is not its port on `localhost`.
    pub public_origin: Option<String>,
    /// The origin of a mock server that is already running.
    pub mock_server: Option<String>,
    /// The lifetime of the mock server's access tokens.
    pub token_lifetime: Duration,
    /// The client id and secret for TrueLayer's sandbox.
    pub sandbox: Option<(String, String)>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 3000,
            mock_server_port: 3001,
            form_post: false,
            redis: None,
            key: None,
            public_origin: None,
            mock_server: None,
            token_lifetime: Duration::from_secs(3600),
            sandbox: None,
        }
    }
}

/// The help text of the command line.
pub const HELP: &str = "\
cargo run -p auth-link-demo -- [OPTIONS]

  --port PORT               listen at this port, 0 for a free one [default: 3000]
  --mock-server-port PORT   run the mock server at this port, 0 for a free one [default: 3001]
  --response-mode form_post receive callbacks by form
  --redis URL               keep pending authorizations and connections in Redis, for several instances
  --key FILE                encrypt cookies with this file of at least 64 random bytes, the same for all instances
  --public-origin ORIGIN    expect browsers at this origin [default: http://localhost:PORT]
  --mock-server ORIGIN      use a mock server that is already running
  --token-lifetime SECONDS  let the mock server's access tokens expire after this time [default: 3600]

Set TRUELAYER_CLIENT_ID and TRUELAYER_CLIENT_SECRET, and build with `--features sandbox`, to use TrueLayer's sandbox.
Its redirect URI, http://localhost:3000/callback, must be registered in TrueLayer's Console.";

impl Options {
    /// Parses the arguments after the program's name. Returns `None` if they ask for help.
    ///
    /// # Errors
    ///
    /// Returns an error if an argument is unknown, or if its value is missing or invalid.
    pub fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Option<Self>, InvalidArgument> {
        let mut options = Self::default();
        while let Some(name) = arguments.next() {
            if matches!(name.as_str(), "--help" | "-h") {
                return Ok(None);
            }
            let known = HELP.split_whitespace().any(|word| word == name && name.starts_with("--"));
            if !known {
                return Err(InvalidArgument(format!("unknown argument `{name}`")));
            }
            let value = arguments.next().ok_or_else(|| InvalidArgument(format!("missing value of `{name}`")))?;
            let invalid = || InvalidArgument(format!("invalid value `{value}` of `{name}`"));
            match name.as_str() {
                "--port" => options.port = value.parse().map_err(|_| invalid())?,
                "--mock-server-port" => options.mock_server_port = value.parse().map_err(|_| invalid())?,
                "--response-mode" if value == "form_post" => options.form_post = true,
                "--redis" => options.redis = Some(value),
                "--key" => options.key = Some(value.into()),
                "--public-origin" => options.public_origin = Some(value),
                "--mock-server" => options.mock_server = Some(value),
                "--token-lifetime" => {
                    options.token_lifetime = Duration::from_secs(value.parse().map_err(|_| invalid())?);
                }
                _ => return Err(invalid()),
            }
        }
        Ok(Some(options))
    }
}

/// An argument that is unknown, or whose value is missing or invalid.
#[derive(Debug)]
pub struct InvalidArgument(String);

impl fmt::Display for InvalidArgument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidArgument {}
