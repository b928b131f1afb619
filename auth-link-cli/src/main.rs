//! `auth-link`: checks, explains, converts and builds TrueLayer auth links on the command line, by the rules of auth-link.
#![forbid(unsafe_code)]

mod args;
mod atomic_write;
mod call_reader;
mod catalogue;
mod check;
mod convert;
mod explain;
mod fetch;
mod find;
mod lint;
mod macro_call;
mod manual;
mod new;
mod output;
mod placeholder;
mod prompt;
mod providers;
mod qr;
mod redact;
mod render;
mod sources;
mod table;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Cli, Color, Command};
use crate::output::{Outcome, fail, note, say};
use crate::redact::Redacted;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(answer) => {
            // What was written may be a link, and clap repeats it.
            let shown = |text: String, word: String| text.replace(&word, Redacted::new(&word).link());
            let words = std::env::args_os().skip(1).filter_map(|word| word.into_string().ok());
            let text = words.fold(answer.render().ansi().to_string(), shown);
            if answer.use_stderr() {
                note(text.trim_end());
            } else {
                say(text.trim_end());
            }
            return u8::try_from(answer.exit_code()).unwrap_or(2).into();
        }
    };
    match cli.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::AlwaysAnsi.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    let outcome = match &cli.command {
        Command::Check(args) => check::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Convert(args) => convert::run(args),
        Command::New(args) => new::run(args),
        Command::Providers(args) => providers::run(args),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man { command } => manual::page(command.as_deref()),
    };
    let outcome = outcome.unwrap_or_else(|failure| {
        fail(&failure);
        Outcome::Failed
    });
    (outcome as u8).into()
}
