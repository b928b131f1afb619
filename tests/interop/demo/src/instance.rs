//! The demo as a child process.

use std::net::SocketAddr;

use crate::folder::Folder;
use crate::process::Process;

/// A running demo.
pub struct Instance {
    process: Process,
    /// The application's origin for browsers.
    pub origin: String,
    /// The address at which the application listens.
    pub address: SocketAddr,
    /// The mock server's origin, if this demo runs one.
    pub mock_server: Option<String>,
    /// Holds the default database: a demo that is killed does not delete it.
    _folder: Folder,
}

impl Instance {
    /// Starts a demo at free ports, and waits until it listens.
    #[must_use]
    pub fn start(options: &[&str]) -> Self {
        let program =
            std::env::var("AUTH_LINK_DEMO").expect("AUTH_LINK_DEMO is the demo's binary: run `tests/interop/run`");
        let folder = Folder::new();
        let database = format!("sqlite:{}", folder.path().join("demo.db").display());
        let defaults = ["--port", "0", "--mock-server-port", "0", "--database", &database];
        // Of two values of an option, the last counts.
        let mut process = Process::start(&program, &[&defaults, options].concat());
        let word = |line: &str, index| line.split([' ', ';']).nth(index).expect("a word").to_owned();
        let first = process.line_with("Open http");
        let (origin, address) =
            (word(&first, 1), word(&first, 7).trim_end_matches([')', '.']).parse().expect("an address"));
        let has_mock_server = !options.contains(&"--mock-server");
        let mock_server = has_mock_server.then(|| word(&process.line_with("mock server listens at"), 5));
        Self { process, origin, address, mock_server, _folder: folder }
    }

    /// Returns the memory of the process, in KiB.
    #[must_use]
    pub fn memory(&self) -> u64 {
        self.process.memory()
    }
}
