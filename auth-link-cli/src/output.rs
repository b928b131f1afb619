//! The output of every command: all of it passes through here, so that no secret is printed.

use std::io::{self, ErrorKind, IsTerminal, Write};

use serde_json::Value;

use crate::position::Position;
use crate::redact::redact;
use crate::text::{escape, escape_json, escape_output};

/// The reason why the command could not do its work.
#[derive(Clone, Debug, PartialEq)]
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
    /// A link is invalid, or the user cancelled the consent.
    Findings,
    /// The command could not do all of its work.
    Failed,
    /// The user pressed Ctrl-C: the status that a shell reports for the signal.
    Interrupted = 130,
}

/// Prints a result to the standard output.
pub(crate) fn print(text: &str) {
    write(&mut anstream::stdout().lock(), &safe(text));
}

/// Prints a result as JSON to the standard output.
pub(crate) fn print_json(value: &Value) {
    write(&mut anstream::stdout().lock(), &json_text(value));
}

/// Returns a result as JSON, without secrets and characters that change how a terminal shows it.
pub(crate) fn json_text(value: &Value) -> String {
    escape_json(&format!("{:#}", redact_json(value)))
}

/// Hides the secrets of each text in a value. In the text of the whole value, a secret could seem to end behind its quotation marks.
fn redact_json(value: &Value) -> Value {
    match value {
        Value::String(text) => redact(text).into(),
        Value::Array(items) => items.iter().map(redact_json).collect(),
        Value::Object(members) => members.iter().map(|(name, value)| (redact(name), redact_json(value))).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

/// Prints a command of a GitHub workflow to the standard output. Its parts are escaped.
pub(crate) fn print_command(command: &str) {
    write(&mut anstream::stdout().lock(), &escape_output(&redact(command)));
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
    write(&mut anstream::stderr().lock(), &safe(text));
}

/// Prints the URL of one authorization to the standard error, with its state and its code challenge.
///
/// It is the one output that is not redacted, because a browser needs all of it. It is no key to any data: the state protects the
/// user against callbacks of others, and only this process has the code verifier that a code needs.
pub(crate) fn print_authorization_url(url: &str) {
    write(&mut anstream::stderr().lock(), &escape_output(url));
}

/// Prints a failure to the standard error.
pub(crate) fn print_failure(failure: &Failure) {
    let error = clap::builder::Styles::styled().get_error().to_owned();
    let Failure { message, help } = failure;
    note(&format!("{error}error:{error:#} {}", escape(message)));
    if !help.is_empty() {
        note(&format!("help: {}", escape(help)));
    }
}

/// Shows the progress of the work in place of the progress shown before; does nothing without a terminal.
pub(crate) fn show_progress(text: &str) {
    let mut to = io::stderr();
    if to.is_terminal() {
        let text: String = escape(&redact(text)).chars().take(78).collect();
        let _ = write!(to, "\r\x1b[2K{text}").and_then(|()| to.flush());
    }
}

/// Returns a text without secrets, control characters and commands of a workflow, which begin a line with `::`.
fn safe(text: &str) -> String {
    let text = escape_output(&redact(text));
    let is_command = |line: &str| line.trim_start().starts_with("::");
    if !text.lines().any(is_command) {
        return text;
    }
    let lines =
        text.split('\n').map(|line| if is_command(line) { line.replacen(':', "\\u{3a}", 1) } else { line.to_owned() });
    lines.collect::<Vec<_>>().join("\n")
}

fn write(to: &mut impl Write, text: &str) {
    write_text(to, &(text.to_owned() + "\n"));
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_with_an_open_quotation_mark_in_front_of_a_secret_stays_json_without_the_secret() {
        for begin in ["", "`", "a '", "\"", "\n\t", "\\"] {
            for quotation in ["", "'", "\""] {
                let text = format!("{begin}https://b.example/?password={quotation}s3cr3t");
                let value = json!({ "links": [text, 1, null, true], "name": "x" });
                let printed = json_text(&value);
                let read: Value = serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{error}: {printed}"));
                assert!(!printed.contains("s3cr3t"), "{printed}");
                assert_eq!(
                    (&read["links"][1], &read["links"][3], &read["name"]),
                    (&json!(1), &json!(true), &json!("x"))
                );
            }
        }
    }

    #[test]
    fn a_printed_line_is_no_command_of_a_workflow() {
        assert_eq!(safe("a::b\n::error::c\n  ::set-output::d\n"), "a::b\n\\u{3a}:error::c\n  \\u{3a}:set-output::d\n");
        assert_eq!(safe("a ##[error]b"), "a #\\u{23}[error]b");
    }
}
