//! Completions for shells and the manual's pages, made of the commands themselves.

use std::io;

use clap::{Command, CommandFactory};
use clap_complete::Shell;

use crate::args::Cli;
use crate::output::{Failure, Outcome, say};

/// Prints the script that completes commands in a shell.
///
/// # Errors
///
/// It is no text.
pub(crate) fn completions(shell: Shell) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "auth-link", &mut script);
    print(script)
}

/// Prints a page of the manual: of the whole, or of one command.
///
/// # Errors
///
/// There is no such command.
pub(crate) fn page(of: Option<&str>) -> Result<Outcome, Failure> {
    let mut whole = Cli::command();
    whole.build();
    let command = match of {
        None => whole,
        Some(name) => {
            let named = |command: &&Command| command.get_name() == name;
            let found = whole.get_subcommands().find(named).cloned();
            let found =
                found.ok_or_else(|| Failure::new(format!("no command `{name}`"), "`auth-link --help` lists them"))?;
            found.display_name(format!("auth-link-{name}"))
        }
    };
    let mut page = Vec::new();
    let written: io::Result<()> = clap_mangen::Man::new(command).render(&mut page);
    written.map_err(|error| Failure::new(format!("cannot write the page: {error}"), ""))?;
    print(page)
}

fn print(text: Vec<u8>) -> Result<Outcome, Failure> {
    let text = String::from_utf8(text).map_err(|_| Failure::new("cannot write what is no text", ""))?;
    say(text.trim_end());
    Ok(Outcome::Success)
}
