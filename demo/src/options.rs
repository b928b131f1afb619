//! The options of the command line.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use crate::database::Database;

/// The options of a demo. [`Debug`](fmt::Debug) shows no secret, and no address or path that may hold one.
#[derive(Clone)]
pub struct Options {
    /// The application's port on this machine; 0 selects a free port.
    pub port: u16,
    /// The mock server's port; 0 selects a free port.
    pub mock_server_port: u16,
    /// Whether callbacks arrive by form (`response_mode=form_post`).
    pub form_post: bool,
    /// The database of connections; by default a file that ends with the demo.
    pub database: Option<Database>,
    /// The file of the keys that encrypt cookies and connections.
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
            database: None,
            key: None,
            public_origin: None,
            mock_server: None,
            token_lifetime: Duration::from_secs(3600),
            sandbox: None,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            port,
            mock_server_port,
            form_post,
            database,
            key,
            public_origin,
            mock_server,
            token_lifetime,
            sandbox,
        } = self;
        let hidden = |is_set: bool| is_set.then_some(format_args!("[redacted]"));
        f.debug_struct("Options")
            .field("port", port)
            .field("mock_server_port", mock_server_port)
            .field("form_post", form_post)
            .field("database", database)
            .field("key", &hidden(key.is_some()))
            .field("public_origin", &public_origin.as_deref().map(without_user))
            .field("mock_server", &mock_server.as_deref().map(without_user))
            .field("token_lifetime", token_lifetime)
            .field("client_id", &sandbox.as_ref().map(|sandbox| &sandbox.0))
            .field("client_secret", &hidden(sandbox.is_some()))
            .finish()
    }
}

/// Returns an origin, unless it has a user name and password.
fn without_user(origin: &str) -> &str {
    if origin.contains('@') { "[redacted]" } else { origin }
}

/// The help text of the command line.
pub const HELP: &str = "\
cargo run -p auth-link-demo -- [OPTIONS]

  --port PORT               listen at this port, 0 for a free one [default: 3000]
  --mock-server-port PORT   run the mock server at this port, 0 for a free one [default: 3001]
  --response-mode form_post receive callbacks by form
  --database sqlite:PATH    keep connections in this file [default: a temporary file, deleted at the end]
  --database postgres://…   keep connections in PostgreSQL, which several instances can share
  --key FILE                encrypt cookies and connections with this file of 64 to 4096 random bytes, the same for all
                            instances [default: a new key, with which earlier connections cannot be read]
  --public-origin ORIGIN    expect browsers at this origin [default: http://localhost:PORT]
  --mock-server ORIGIN      use a mock server that is already running
  --token-lifetime SECONDS  let the mock server's access tokens expire after this time [default: 3600]

Set TRUELAYER_CLIENT_ID and TRUELAYER_CLIENT_SECRET, and build with `--features sandbox`, to use TrueLayer's sandbox.
Its redirect URI, http://localhost:3000/callback, must be registered in TrueLayer's Console.";

/// The arguments that take a value.
const NAMES: [&str; 8] = [
    "--port",
    "--mock-server-port",
    "--response-mode",
    "--database",
    "--key",
    "--public-origin",
    "--mock-server",
    "--token-lifetime",
];

/// The longest lifetime of the mock server's access tokens, in seconds. A longer one can overflow the clock.
const MAX_TOKEN_LIFETIME: u64 = 365 * 24 * 60 * 60;

impl Options {
    /// Parses the arguments after the program's name. Returns `None` if they ask for help.
    ///
    /// # Errors
    ///
    /// Returns an error if an argument is unknown, or if its value is missing or invalid. It shows no value of an
    /// argument that may hold a secret.
    pub fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Option<Self>, InvalidArgument> {
        let mut options = Self::default();
        while let Some(name) = arguments.next() {
            if matches!(name.as_str(), "--help" | "-h") {
                return Ok(None);
            }
            if !NAMES.contains(&name.as_str()) {
                return Err(InvalidArgument::unknown(&name));
            }
            let value = arguments.next().ok_or_else(|| InvalidArgument(format!("missing value of `{name}`")))?;
            let invalid = |expected: &str| {
                InvalidArgument(format!("invalid value `{}` of `{name}`: expected {expected}", value.escape_debug()))
            };
            let port = || value.parse().map_err(|_| invalid("a port from 0 to 65535"));
            match name.as_str() {
                "--port" => options.port = port()?,
                "--mock-server-port" => options.mock_server_port = port()?,
                "--response-mode" if value == "form_post" => options.form_post = true,
                // The value can contain a password, so the error does not show it.
                "--database" => {
                    let database = Database::parse(&value).ok_or_else(|| {
                        InvalidArgument(
                            "invalid value of `--database`: expected `sqlite:PATH` or `postgres://USER@HOST/NAME`"
                                .to_owned(),
                        )
                    })?;
                    options.database = Some(database);
                }
                "--key" => options.key = Some(value.into()),
                "--public-origin" => options.public_origin = Some(value),
                "--mock-server" => options.mock_server = Some(value),
                "--token-lifetime" => {
                    let seconds = value.parse().ok().filter(|seconds| *seconds <= MAX_TOKEN_LIFETIME);
                    let seconds = seconds.ok_or_else(|| invalid("seconds, at most 31536000 (a year)"))?;
                    options.token_lifetime = Duration::from_secs(seconds);
                }
                _ => return Err(invalid("`form_post`")),
            }
        }
        Ok(Some(options))
    }
}

/// An argument that is unknown, or whose value is missing or invalid.
#[derive(Debug)]
pub struct InvalidArgument(String);

impl InvalidArgument {
    /// Returns the error for an unknown argument. Text that is no argument's name may be a secret, and is not shown.
    fn unknown(argument: &str) -> Self {
        match argument.split_once('=') {
            Some((name, _)) if NAMES.contains(&name) => {
                Self(format!("unexpected `=` after `{name}`\nhelp: write `{name} VALUE`"))
            }
            _ if argument.starts_with('-') && !argument.contains(['=', ':', '@']) => {
                Self(format!("unknown argument `{}`", argument.escape_debug()))
            }
            _ => Self("unexpected text, expected an argument such as `--port PORT`".to_owned()),
        }
    }

    /// Returns the error for an argument that is no text.
    #[must_use]
    pub fn not_utf8() -> Self {
        Self("an argument is not valid UTF-8".to_owned())
    }
}

impl fmt::Display for InvalidArgument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidArgument {}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Option<Options>, InvalidArgument> {
        Options::parse(arguments.iter().map(|argument| (*argument).to_owned()))
    }

    #[test]
    fn the_debug_form_of_options_shows_no_secret() {
        let arguments = ["--database", "postgres://user:hush@db.example:5432/app", "--key", "/etc/hush-2.key"];
        let origins = ["--public-origin", "https://me:hush-3@app.example", "--mock-server", "http://127.0.0.1:3001"];
        let mut options = parse(&[arguments, origins].concat()).expect("valid arguments").expect("options");
        options.sandbox = Some(("sandbox-app-1a2b3c".to_owned(), "hush-4".to_owned()));
        for text in [format!("{options:?}"), format!("{options:#?}")] {
            assert!(!text.contains("hush"), "{text}");
            for shown in ["3000", "http://127.0.0.1:3001", "sandbox-app-1a2b3c", "[redacted]", "3600s"] {
                assert!(text.contains(shown), "{shown} in {text}");
            }
        }
    }

    #[test]
    fn an_invalid_argument_is_named_with_the_expected_value_and_without_secrets() {
        for (arguments, message) in [
            (&["--prot", "1"][..], "unknown argument `--prot`"),
            (&["--database"], "missing value of `--database`"),
            (&["--database=postgres://:hush@h"], "unexpected `=` after `--database`\nhelp: write `--database VALUE`"),
            (
                &["--database", "redis://:hush@h"],
                "invalid value of `--database`: expected `sqlite:PATH` or `postgres://USER@HOST/NAME`",
            ),
            (&["postgres://:hush@h"], "unexpected text, expected an argument such as `--port PORT`"),
            (&["--databases=postgres://:hush@h"], "unexpected text, expected an argument such as `--port PORT`"),
            (&["--port", "65536"], "invalid value `65536` of `--port`: expected a port from 0 to 65535"),
            (&["--port", "\n1"], "invalid value `\\n1` of `--port`: expected a port from 0 to 65535"),
            (&["--response-mode", "query"], "invalid value `query` of `--response-mode`: expected `form_post`"),
            (
                &["--token-lifetime", "18446744073709551615"],
                "invalid value `18446744073709551615` of `--token-lifetime`: expected seconds, at most 31536000 (a year)",
            ),
        ] {
            assert_eq!(parse(arguments).expect_err("an error").to_string(), message);
        }
    }

    #[test]
    fn each_argument_of_the_help_text_can_be_parsed() {
        let in_help: Vec<_> = HELP.lines().filter_map(|line| line.trim().split(' ').next()).collect();
        for name in NAMES {
            assert!(in_help.contains(&name), "{name}");
            let value = match name {
                "--response-mode" => "form_post",
                "--database" => "sqlite:demo.db",
                _ => "1",
            };
            assert!(parse(&[name, value]).is_ok_and(|options| options.is_some()), "{name}");
        }
        // `--database` has two lines.
        assert_eq!(in_help.iter().filter(|word| word.starts_with("--")).count(), NAMES.len() + 1);
        assert!(parse(&["--help"]).is_ok_and(|options| options.is_none()));
    }
}
