//! The command line: its commands, their options and their help texts.

use std::ffi::OsString;
use std::path::PathBuf;

use auth_link_rules::{LintLevel, Rule};
use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::field_args::{self, FieldArgs};
use crate::redirect_address;

const EXAMPLES: &str = "\
Examples:
  auth-link check src templates docs                check the links in folders, in any language
  auth-link check 'https://auth.truelayer.com/?…'   check one link
  auth-link check --fix src                         correct the certain mistakes in a folder
  auth-link explain 'https://auth.truelayer.com/?…' describe what a link requests
  auth-link new                                     build a link at a prompt
  auth-link connect 'https://auth.truelayer.com/?…' connect a bank, and show its accounts

Exit status: 0 without errors, 1 if a link has errors, 2 if the command could not finish.
The output replaces states, codes, challenges, secrets and mail addresses of links with `***`.";

/// Check, explain, convert and build TrueLayer auth links
///
/// An auth link is the URL that an application sends a user's browser to, to connect bank accounts through TrueLayer. The rules
/// are those of the macro `auth_link!` of the crate auth-link.
#[derive(Debug, Parser)]
#[command(name = "auth-link", version, after_help = EXAMPLES, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When to print in colours
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN", display_order = 100, hide_possible_values = true, help = "Print in colours: auto (on a terminal), always, never")]
    pub(crate) color: Color,
}

/// The value of `--color`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Color {
    /// Colours on a terminal.
    Auto,
    /// Colours in files and pipes, too.
    Always,
    /// No colours.
    Never,
}

/// A command and its options.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(Check),
    Explain(Explain),
    Convert(Convert),
    New(Box<New>),
    Connect(Box<Connect>),
    Providers(Providers),
    /// Print the completion script of a shell
    Completions {
        /// Shell to complete commands in
        shell: clap_complete::Shell,
    },
    /// Print a page of the manual
    Man {
        /// Command to describe; without it, all of `auth-link`
        command: Option<String>,
    },
}

const CHECK: &str = "\
In files, an auth link is a URL of auth.truelayer.com or auth.truelayer-sandbox.com with parameters
of a link. Values that a template fills in (`{{id}}`, `${ID}`, `<%= id %>`, `%s`, `<id>`) or that
the program appends (`\"…&client_id=\" + id`) are not checked.

`--fix` changes whole files, and never a placeholder. The mistakes that are left are reported.

In a workflow:
  auth-link check src templates --format github";

/// Check files for invalid auth links
///
/// Each error is drawn under the link, with a correction. In a folder, all text files are searched, except hidden files, files
/// that git ignores, and the folders `target`, `node_modules` and `__pycache__`.
#[derive(Args, Debug)]
#[command(after_help = CHECK)]
pub(crate) struct Check {
    /// Links, files or folders to check, or `-` for the standard input
    #[arg(required = true, value_name = "LINK|FILE|FOLDER|-")]
    pub(crate) inputs: Vec<OsString>,
    /// Output format: `text`, `github` (workflow annotations), `json`
    #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true)]
    pub(crate) format: Format,
    /// Print JSON; short for `--format json`
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,
    /// Correct the mistakes that have one certain correction, in the files; a fixed link or standard input is printed
    #[arg(long)]
    pub(crate) fix: bool,
    /// Exit with status 1 for warnings, too
    #[arg(long)]
    pub(crate) deny_warnings: bool,
    #[command(flatten)]
    pub(crate) lint: LintArgs,
}

const EXPLAIN: &str = "\
Put the link in quotes: a shell ends a word at `&`.";

/// Describe in words what an auth link requests
///
/// The description covers the requested data, the providers, the user's steps and the defaults. The errors of the link follow.
#[derive(Args, Debug)]
#[command(after_help = EXPLAIN)]
pub(crate) struct Explain {
    /// Link to explain, or `-` for the standard input
    #[arg(value_name = "LINK|-")]
    pub(crate) link: String,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) lint: LintArgs,
}

const CONVERT: &str = "\
Examples:
  auth-link convert 'https://auth.truelayer.com/?…'   print the macro call of a link
  auth-link convert src/bank.rs                       print the links of a file's calls

States, challenges and users' mail addresses are left out: each authorization has its own.";

/// Convert a link to an `auth_link!` call, or a call to a link
#[derive(Args, Debug)]
#[command(after_help = CONVERT)]
pub(crate) struct Convert {
    /// Link, `auth_link!(…)` call or file with either, or `-` for the standard input
    #[arg(value_name = "LINK|CALL|FILE|-")]
    pub(crate) input: OsString,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) lint: LintArgs,
}

const NEW: &str = "\
Examples:
  auth-link new                                     prompt for each field
  auth-link new --client-id sandbox-acme-7d2f1a --scope accounts,balance
  auth-link new --client-id acme-7d2f1a --scope info --country FR --providers fr-stet-all --qr

A client id that begins with `sandbox-` implies `--sandbox`, and the sandbox offers only Mock Bank.

The link is for trying out: it has no state and no code challenge. An application creates a new link
for each authorization from the macro call that is printed below the link. It also adds values of a
single user, such as a mail address.";

/// Build a link to try out, at a prompt or from flags
///
/// The output is the link, the `auth_link!` call that builds it and, on a terminal, a QR code for a phone. Without
/// `--client-id` and `--scope`, a prompt explains each field.
#[derive(Args, Debug)]
#[command(after_help = NEW)]
pub(crate) struct New {
    #[command(flatten)]
    pub(crate) fields: FieldArgs,
    /// Draw the QR code in files and pipes, too
    #[arg(long, conflicts_with = "json")]
    pub(crate) qr: bool,
    /// Print JSON, without a prompt
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) lint: LintArgs,
}

const CONNECT: &str = "\
Examples:
  auth-link connect 'https://auth.truelayer-sandbox.com/?…'
  auth-link connect --client-id sandbox-acme-7d2f1a --scope info,accounts,balance
  auth-link connect --client-id sandbox-acme-7d2f1a --scope info --auth-server http://localhost:4000

The redirect URI must lead to this machine, as `http://localhost:3000/callback` does, and be
registered in TrueLayer's Console. The command listens there while the user gives consent.

Environment:
  TRUELAYER_CLIENT_SECRET  the client's secret; without it, no code is exchanged

The secret, the code and the tokens are never printed. Unless a browser opens it, the link is
printed whole, with its state: it works once. A callback that belongs to another authorization is
refused, and the wait goes on.

Exit status: 0 if the callback was valid and all data was read, 1 if the link has errors or the
consent was cancelled, 2 if the command could not finish (busy port, no callback in time, error of
TrueLayer), 130 after Ctrl-C.";

/// Connect a bank through a link, and show its accounts and balances
///
/// The link comes from the command line, from flags as those of `auth-link new`, or from a prompt.
#[derive(Args, Debug)]
#[command(after_help = CONNECT, mut_arg("redirect-uri", |arg| arg.default_value(redirect_address::EXAMPLE)))]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct Connect {
    /// Link to connect through, or `-` for the standard input
    #[arg(value_name = "LINK|-", conflicts_with_all = field_args::ids())]
    pub(crate) link: Option<String>,
    #[command(flatten)]
    pub(crate) fields: FieldArgs,
    /// Print the link instead of opening a browser
    #[arg(long)]
    pub(crate) no_browser: bool,
    /// Draw the QR code of a printed link in files and pipes, too
    #[arg(long)]
    pub(crate) qr: bool,
    /// Time limit for the callback
    #[arg(long, value_name = "SECONDS", default_value_t = 600, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) timeout: u64,
    /// Send the user and all requests to another origin, such as that of a mock server
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) auth_server: Option<String>,
    /// Write the tokens to a new file that only you can read, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) save: Option<PathBuf>,
    /// Replace the file of `--save`
    #[arg(long, requires = "save")]
    pub(crate) force: bool,
    /// Print JSON, without a prompt
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) lint: LintArgs,
}

const PROVIDERS: &str = "\
Examples:
  auth-link providers --country uk --scope cards    list UK providers with credit cards
  auth-link providers -o providers.json             write or update a copy of the list

`auth_link!(catalogue = \"providers.json\", …)` checks a link against the copy at compile time, and
`auth-link check --catalogue providers.json` checks files. An unchanged copy is not written again.
After an error the old copy is unchanged.";

/// List TrueLayer's providers, or write a copy of the list to check links against
///
/// The list is fetched from `auth.truelayer.com/api/providers`, which needs no account.
#[derive(Args, Debug)]
#[command(after_help = PROVIDERS)]
pub(crate) struct Providers {
    /// List only the providers of a country, such as `uk` or `fr`
    #[arg(long)]
    pub(crate) country: Option<String>,
    /// List only the providers that offer a scope; can be repeated
    #[arg(long)]
    pub(crate) scope: Vec<String>,
    /// Write the whole list to a file, and print the changes
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Read the list from a file, or `-` for the standard input, instead of fetching it
    #[arg(long, value_name = "FILE|-", conflicts_with_all = ["url", "sandbox", "client_id"])]
    pub(crate) from: Option<PathBuf>,
    /// Fetch the list of the sandbox
    #[arg(long)]
    pub(crate) sandbox: bool,
    /// Fetch the list from another URL, such as that of a mock server
    #[arg(long, conflicts_with = "sandbox")]
    pub(crate) url: Option<String>,
    /// Fetch the providers of one client
    #[arg(long, value_name = "ID")]
    pub(crate) client_id: Option<String>,
    /// Time limit for the response
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub(crate) timeout: u64,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// The options of every check.
#[derive(Args, Debug)]
pub(crate) struct LintArgs {
    /// Allow what a rule reports; each error and warning shows the name of its rule
    #[arg(long, value_name = "RULE", value_parser = allowable(), hide_possible_values = true)]
    pub(crate) allow: Vec<String>,
    /// Check links against a copy of TrueLayer's list of providers; `auth-link providers -o FILE` writes one
    #[arg(long, value_name = "FILE")]
    pub(crate) catalogue: Option<PathBuf>,
}

/// Returns the names of the rules that can be allowed.
fn allowable() -> PossibleValuesParser {
    Rule::all().filter(|rule| rule.level != LintLevel::Forbid).map(|rule| rule.name).collect::<Vec<_>>().into()
}

/// The value of `--format`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Format {
    /// Drawings, for people.
    Text,
    /// Annotations of a GitHub workflow.
    Github,
    /// JSON, for programs.
    Json,
}
