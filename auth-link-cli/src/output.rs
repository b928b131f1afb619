//! What is printed: all of it passes through here, and so without secrets.

use std::io::{self, ErrorKind, IsTerminal, Write};

use crate::redact::redact;
use crate::render::Position;

/// Why the command could not do its work.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    fault: String,
    help: String,
}

impl Failure {
    /// A fault and what to do about it.
    pub(crate) fn new(fault: impl Into<String>, help: impl Into<String>) -> Self {
        Self { fault: fault.into(), help: help.into() }
    }

    /// The same, with its place.
    pub(crate) fn at(mut self, Position { name, line, column }: &Position) -> Self {
        self.fault = format!("{name}:{line}:{column}: {}", self.fault);
        self
    }
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// All is well.
    Success,
    /// Faults were found.
    Findings,
    /// The command could not do all of its work.
    Failed,
}

/// Prints a result.
pub(crate) fn say(text: &str) {
    write(&mut anstream::stdout().lock(), text);
}

/// Prints what is about the work, not its result.
pub(crate) fn note(text: &str) {
    write(&mut anstream::stderr().lock(), text);
}

/// Prints why something could not be done.
pub(crate) fn fail(failure: &Failure) {
    let error = clap::builder::Styles::styled().get_error().to_owned();
    let Failure { fault, help } = failure;
    note(&format!("{error}error:{error:#} {}", plain(fault)));
    if !help.is_empty() {
        note(&format!("help: {}", plain(help)));
    }
}

/// Shows how far the work is, in place of what was shown before; nothing, if nobody watches.
pub(crate) fn progress(text: &str) {
    let mut to = io::stderr();
    if to.is_terminal() {
        let text: String = redact(text).chars().take(78).collect();
        let _ = write!(to, "\r\x1b[2K{text}").and_then(|()| to.flush());
    }
}

/// A text from elsewhere, such as a file's name, without what would move the cursor.
pub(crate) fn plain(text: &str) -> String {
    let is_unseen = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    text.chars().map(|c| if is_unseen(c) { c.escape_default().to_string() } else { c.to_string() }).collect()
}

fn write(to: &mut impl Write, text: &str) {
    let written = writeln!(to, "{}", redact(text)).and_then(|()| to.flush());
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {
            // Whoever reads has read enough, such as `head`.
            std::process::exit(Outcome::Failed as i32);
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: cannot write: {error}");
            std::process::exit(Outcome::Failed as i32);
        }
        Ok(()) => {}
    }
}
