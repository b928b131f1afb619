//! The command `auth-link`: checks, explains, converts and builds TrueLayer auth links with the rules of auth-link.
#![forbid(unsafe_code)]

mod accounts;
mod api_failure;
mod args;
mod atomic_write;
mod browser;
mod call_reader;
mod call_scanner;
mod callback_page;
mod callback_wait;
mod catalogue;
mod check;
mod checked_link;
mod connect;
mod convert;
mod draw_flags;
mod escapes;
mod explain;
mod fetch;
mod field_args;
mod fields;
mod find;
mod fix;
mod http_client;
mod http_request;
mod interrupt;
mod link_match;
mod link_reader;
mod link_to_call;
mod lint;
mod lint_options;
mod literal;
mod loopback_server;
mod macro_call;
mod manual;
mod new;
mod output;
mod placeholder;
mod position;
mod prompt;
mod providers;
mod qr;
mod redact;
mod redirect_address;
mod render;
mod replace_file;
mod report;
mod results;
mod scan;
mod setting;
mod source_edit;
mod sources;
mod suggestions;
mod table;
mod text;
mod token_file;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Cli, Color, Command};
use crate::output::{Outcome, note, print, print_failure};
use crate::redact::Redacted;
use crate::text::escape;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // clap repeats the arguments, which may be links and contain control characters.
            let arguments = std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned());
            let values = arguments.flat_map(|argument| {
                let value = argument.split_once('=').map(|(_, value)| value.to_owned());
                [Some(argument), value].into_iter().flatten().filter(|text| !text.is_empty())
            });
            let redact = |text: String, value: String| {
                let shown = escape(Redacted::new(&value).link());
                if shown == value { text } else { text.replace(&value, &shown) }
            };
            let text = values.fold(error.render().ansi().to_string(), redact);
            if error.use_stderr() {
                note(text.trim_end());
            } else {
                print(text.trim_end());
            }
            return u8::try_from(error.exit_code()).unwrap_or(2).into();
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
        Command::Connect(args) => connect::run(args),
        Command::Providers(args) => providers::run(args),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man { command } => manual::page(command.as_deref()),
    };
    let outcome = outcome.unwrap_or_else(|failure| {
        print_failure(&failure);
        Outcome::Failed
    });
    (outcome as u8).into()
}
