//! The command line.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// How the demo is to run.
#[derive(Clone, Debug)]
pub struct Options {
    /// The application's port on this machine; 0 takes a free one.
    pub port: u16,
    /// The stand-in's.
    pub stand_in_port: u16,
    /// Whether the callback comes by form (`response_mode=form_post`).
    pub form_post: bool,
    /// The Redis that instances share.
    pub redis: Option<String>,
    /// The file with the cookies' key.
    pub key: Option<PathBuf>,
    /// Where browsers find the application, if not at its port on `localhost`.
    pub public_origin: Option<String>,
    /// The origin of a stand-in that runs already.
    pub mock_server: Option<String>,
    /// For how long the stand-in's access tokens last.
    pub token_life: Duration,
    /// Client id and secret of TrueLayer's sandbox.
    pub sandbox: Option<(String, String)>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 3000,
            stand_in_port: 3001,
            form_post: false,
            redis: None,
            key: None,
            public_origin: None,
            mock_server: None,
            token_life: Duration::from_secs(3600),
            sandbox: None,
        }
    }
}

/// What the command line can say.
pub const HELP: &str = "\
cargo run -p auth-link-demo -- [OPTIONS]

  --port PORT               the application's port, 3000 if left out; 0 takes a free one
  --stand-in-port PORT      the port of what plays TrueLayer's part, 3001 if left out
  --response-mode form_post the callback comes by form
  --redis URL               keep sign-ins and connections in Redis, for several instances
  --key FILE                64 random bytes or more, the same for all instances: cookies are encrypted with it
  --public-origin ORIGIN    where browsers find the application, http://localhost:PORT if left out
  --stand-in ORIGIN         a stand-in that runs already
  --token-life SECONDS      for how long the stand-in's access tokens last, 3600 if left out

With TRUELAYER_CLIENT_ID and TRUELAYER_CLIENT_SECRET, and built with `--features sandbox`, it signs in at TrueLayer's
sandbox. Its redirect URI, http://localhost:3000/callback, must be registered in TrueLayer's Console.";

impl Options {
    /// Reads the arguments behind the program's name. `None`: help is asked for.
    ///
    /// # Errors
    ///
    /// An unknown argument, or a value that is none.
    pub fn read(mut arguments: impl Iterator<Item = String>) -> Result<Option<Self>, WrongArgument> {
        let mut options = Self::default();
        while let Some(name) = arguments.next() {
            if matches!(name.as_str(), "--help" | "-h") {
                return Ok(None);
            }
            let known = HELP.split_whitespace().any(|word| word == name && name.starts_with("--"));
            if !known {
                return Err(WrongArgument(format!("unknown argument `{name}`")));
            }
            let value = arguments.next().ok_or_else(|| WrongArgument(format!("missing value of `{name}`")))?;
            let wrong = || WrongArgument(format!("`{name}` cannot be `{value}`"));
            match name.as_str() {
                "--port" => options.port = value.parse().map_err(|_| wrong())?,
                "--stand-in-port" => options.stand_in_port = value.parse().map_err(|_| wrong())?,
                "--response-mode" if value == "form_post" => options.form_post = true,
                "--redis" => options.redis = Some(value),
                "--key" => options.key = Some(value.into()),
                "--public-origin" => options.public_origin = Some(value),
                "--stand-in" => options.mock_server = Some(value),
                "--token-life" => options.token_life = Duration::from_secs(value.parse().map_err(|_| wrong())?),
                _ => return Err(wrong()),
            }
        }
        Ok(Some(options))
    }
}

/// An argument that means nothing here.
#[derive(Debug)]
pub struct WrongArgument(String);

impl fmt::Display for WrongArgument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WrongArgument {}
