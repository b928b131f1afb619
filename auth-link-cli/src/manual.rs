//! `auth-link completions` and `auth-link man`, generated from the command line.

use std::io;

use clap::{Command, CommandFactory};
use clap_complete::Shell;

use crate::args::Cli;
use crate::output::{Failure, Outcome, print};

/// Prints the script that completes commands in a shell.
///
/// # Errors
///
/// Returns an error if the script is not UTF-8.
pub(crate) fn completions(shell: Shell) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "auth-link", &mut script);
    print_bytes(script)
}

/// Prints a page of the manual: that of one command, or of all of `auth-link`.
///
/// # Errors
///
/// Returns an error if there is no such command.
pub(crate) fn page(name: Option<&str>) -> Result<Outcome, Failure> {
    let mut whole = Cli::command();
    whole.build();
    let command = match name {
        None => whole,
        Some(name) => {
            let has_name = |command: &&Command| command.get_name() == name;
            let command = whole.get_subcommands().find(has_name).cloned();
            let unknown = || Failure::new(format!("unknown command `{name}`"), "`auth-link --help` lists the commands");
            let command = command.ok_or_else(unknown)?;
            command.display_name(format!("auth-link-{name}"))
        }
    };
    let mut page = Vec::new();
    let result: io::Result<()> = clap_mangen::Man::new(command).render(&mut page);
    result.map_err(|error| Failure::new(format!("cannot write the page: {error}"), ""))?;
    print_bytes(page)
}

/// Prints a generated text.
fn print_bytes(text: Vec<u8>) -> Result<Outcome, Failure> {
    let text = String::from_utf8(text).map_err(|_| Failure::new("the generated text is not UTF-8", ""))?;
    print(text.trim_end());
    Ok(Outcome::Success)
}
