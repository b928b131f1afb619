//! A child process that ends with the test.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdout, Command, Stdio};

/// A process and its children. They end when this is dropped, and after 15 minutes at the latest.
pub(crate) struct Process {
    child: Child,
    output: BufReader<ChildStdout>,
}

impl Process {
    /// Starts a program.
    pub(crate) fn start(program: &str, arguments: &[&str]) -> Self {
        let mut child = Command::new("timeout")
            // `timeout` ends the program if the test's process dies.
            .args(["--signal=KILL", "900", program])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            // The demo logs each refused request, and the tests make many.
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("timeout runs");
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        Self { child, output }
    }

    /// Waits for the next line of the output that contains `text`, and returns it.
    pub(crate) fn line_with(&mut self, text: &str) -> String {
        loop {
            let mut line = String::new();
            assert_ne!(self.output.read_line(&mut line).expect("text"), 0, "the output ended without `{text}`");
            if line.contains(text) {
                return line.trim_end().to_owned();
            }
        }
    }

    /// Returns the memory of the program, in KiB. It is the child of `timeout`.
    pub(crate) fn memory(&self) -> u64 {
        let children = format!("/proc/{0}/task/{0}/children", self.child.id());
        let children = std::fs::read_to_string(children).expect("a list");
        let status = std::fs::read_to_string(format!("/proc/{}/status", children.trim())).expect("a status");
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("the memory");
        line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The whole process group: otherwise the child of `timeout` would go on running.
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.child.wait();
    }
}
