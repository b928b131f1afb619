//! The output of every command: all of it passes through here, so that no secret is printed.

use std::io::{self, ErrorKind, IsTerminal, Write};

use crate::position::Position;
use crate::redact::redact;

/// The reason why the command could not do its work.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    message: String,
    help: String,
}

impl Failure {
    /// Builds a failure from its message and its help, which may be empty.
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }

    /// Returns the failure with a position in front of its message.
    pub(crate) fn at(mut self, Position { name, line, column }: &Position) -> Self {
        self.message = format!("{name}:{line}:{column}: {}", self.message);
        self
    }
}

/// The result of a command, in the order of the exit statuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// No link is invalid.
    Success,
    /// A link is invalid.
    Findings,
    /// The command could not do all of its work.
    Failed,
}

/// Prints a result to the standard output.
pub(crate) fn print(text: &str) {
    write(&mut anstream::stdout().lock(), text);
}

/// Prints a text to the standard output, without a line break at its end.
///
/// # Errors
///
/// Returns an error if the text contains a secret: without it the text would be another one.
pub(crate) fn print_exactly(text: &str) -> Result<(), Failure> {
    if redact(text) != text {
        let message = "the fixed text contains a secret or a mail address, which is not printed";
        return Err(Failure::new(message, "fix a file: `auth-link check --fix FILE`"));
    }
    write_text(&mut anstream::stdout().lock(), text);
    Ok(())
}

/// Prints a remark to the standard error.
pub(crate) fn note(text: &str) {
    write(&mut anstream::stderr().lock(), text);
}

/// Prints a failure to the standard error.
pub(crate) fn print_failure(failure: &Failure) {
    let error = clap::builder::Styles::styled().get_error().to_owned();
    let Failure { message, help } = failure;
    note(&format!("{error}error:{error:#} {}", escape_invisible(message)));
    if !help.is_empty() {
        note(&format!("help: {}", escape_invisible(help)));
    }
}

/// Shows the progress of the work in place of the progress shown before; does nothing without a terminal.
pub(crate) fn show_progress(text: &str) {
    let mut to = io::stderr();
    if to.is_terminal() {
        let text: String = redact(text).chars().take(78).collect();
        let _ = write!(to, "\r\x1b[2K{text}").and_then(|()| to.flush());
    }
}

/// Escapes the characters of a text from outside, such as a file's name, that a reader cannot see or that move the cursor.
pub(crate) fn escape_invisible(text: &str) -> String {
    let is_invisible = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    text.chars().map(|c| if is_invisible(c) { c.escape_default().to_string() } else { c.to_string() }).collect()
}

fn write(to: &mut impl Write, text: &str) {
    write_text(to, &(redact(text) + "\n"));
}

fn write_text(to: &mut impl Write, text: &str) {
    let result = to.write_all(text.as_bytes()).and_then(|()| to.flush());
    match result {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {
            // The reader needs no more, as `head` does.
            std::process::exit(Outcome::Failed as i32);
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: cannot write: {error}");
            std::process::exit(Outcome::Failed as i32);
        }
        Ok(()) => {}
    }
}
