//! A child process that does not outlive the test.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdout, Command, Stdio};

/// A process and all that it started. They end when this is dropped, and after five minutes in any case.
pub(crate) struct Process {
    child: Child,
    output: BufReader<ChildStdout>,
}

impl Process {
    pub(crate) fn start(program: &str, arguments: &[&str]) -> Self {
        let mut child = Command::new("timeout")
            // Should the test's process die, it does not stay.
            .args(["--signal=KILL", "300", program])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            // One line for each refusal, of which the tests make many.
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("timeout runs");
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        Self { child, output }
    }

    /// The next line of its output that holds `text`.
    pub(crate) fn line_with(&mut self, text: &str) -> String {
        loop {
            let mut line = String::new();
            assert_ne!(self.output.read_line(&mut line).expect("text"), 0, "it ended before it said `{text}`");
            if line.contains(text) {
                return line.trim_end().to_owned();
            }
        }
    }

    /// The memory that the process behind `timeout` takes, in KiB.
    pub(crate) fn memory(&self) -> u64 {
        let children = format!("/proc/{0}/task/{0}/children", self.child.id());
        let children = std::fs::read_to_string(children).expect("a list");
        let status = std::fs::read_to_string(format!("/proc/{}/status", children.trim())).expect("a status");
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("its memory");
        line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // All of the group: killed alone, `timeout` would leave its child behind.
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.child.wait();
    }
}
