//! The demo as a process.

use std::net::SocketAddr;

use crate::process::Process;

/// A running demo.
pub struct Instance {
    process: Process,
    /// Where browsers find it.
    pub origin: String,
    /// Where it listens.
    pub listens: SocketAddr,
    /// Where they find its stand-in for TrueLayer, if it has one.
    pub mock_server: Option<String>,
}

impl Instance {
    /// Starts one at free ports, and returns when it listens.
    #[must_use]
    pub fn start(options: &[&str]) -> Self {
        let program =
            std::env::var("AUTH_LINK_DEMO").expect("AUTH_LINK_DEMO is the demo's binary: run `tests/interop/run`");
        let mut process = Process::start(&program, &[&["--port", "0", "--stand-in-port", "0"], options].concat());
        let word = |line: &str, index| line.split([' ', ';']).nth(index).expect("a word").to_owned();
        let first = process.line_with("Open http");
        let (origin, listens) =
            (word(&first, 1), word(&first, 7).trim_end_matches([')', '.']).parse().expect("an address"));
        let has_stand_in = !options.contains(&"--stand-in");
        let mock_server = has_stand_in.then(|| word(&process.line_with("played at"), 5));
        Self { process, origin, listens, mock_server }
    }

    /// The memory that it takes, in KiB.
    #[must_use]
    pub fn memory(&self) -> u64 {
        self.process.memory()
    }
}
