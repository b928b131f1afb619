//! An instance of the application: a process that asks for access tokens.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

/// A process. It is killed when this is dropped.
pub struct Instance {
    child: Child,
    output: BufReader<ChildStdout>,
}

impl Instance {
    /// Starts `program`, which opens the database and then asks for the token of `user` in that many tasks.
    #[must_use]
    pub fn start(program: &str, database: &str, origin: &str, limit: Duration, tasks: usize, pause: &str) -> Self {
        let mut child = Command::new(program)
            .args([database, origin, &limit.as_secs().to_string(), &tasks.to_string(), pause])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the instance starts");
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        Self { child, output }
    }

    /// Returns the next line of the output; an empty one at its end.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("text");
        line.trim_end().to_owned()
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
