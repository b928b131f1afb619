//! The OAuth server of `tests/interop/oauth-server` as a child process. Each test starts its own.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::http::agent;

/// A running server. It exits when this is dropped, and also when the test's process dies and closes its standard input.
pub struct AuthServer {
    origin: String,
    process: Child,
}

impl AuthServer {
    /// Starts a server, and waits until it listens.
    #[must_use]
    pub fn start() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("oauth-server");
        let mut process = Command::new("node")
            .arg(folder.join("server.mjs"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node runs");
        let mut origin = String::new();
        BufReader::new(process.stdout.as_mut().expect("a pipe")).read_line(&mut origin).expect("a line of text");
        let server = Self { origin: origin.trim_end().to_owned(), process };
        assert!(server.origin.starts_with("http://127.0.0.1:"), "the server did not start: {:?}", server.origin);
        server
    }

    /// Returns the server's origin, which is also its issuer.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Returns the refusals since the last call, as `class: cause`. The client receives less detail.
    #[must_use]
    pub fn refusals(&self) -> Vec<String> {
        let refusals = self.take("refusals");
        refusals.into_iter().map(|refusal| refusal.as_str().expect("text").to_owned()).collect()
    }

    /// Returns the parameters of the authorization requests since the last call, as the server decoded them.
    #[must_use]
    pub fn requests(&self) -> Vec<Value> {
        self.take("requests")
    }

    /// Empties and returns a list of the server.
    fn take(&self, list: &str) -> Vec<Value> {
        let response = agent().get(format!("{}/__{list}", self.origin)).call().expect("a response");
        serde_json::from_reader(response.into_body().into_reader()).expect("a list in JSON")
    }
}

impl Drop for AuthServer {
    fn drop(&mut self) {
        // The process may have exited already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
