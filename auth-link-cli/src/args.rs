//! The command line: its commands, their options, and what `--help` says of them.

use auth_link_rules::{LintLevel, Rule};
use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

const EXAMPLES: &str = "\
Examples:
  auth-link check src templates docs                a folder's links, in any language
  auth-link check 'https://auth.truelayer.com/?…'   one link
  auth-link explain 'https://auth.truelayer.com/?…' what it asks for
  auth-link new                                     builds one at a prompt

Exit status: 0 all is well, 1 faults were found, 2 the command could not do all of its work.
What is printed holds no state, code, challenge, secret or address of a link: each reads `***`.";

/// Checks, explains, converts and builds TrueLayer auth links
///
/// An auth link is where an application sends a user's browser to connect bank accounts through TrueLayer. The rules are those
/// of the macro `auth_link!` of the crate auth-link.
#[derive(Debug, Parser)]
#[command(name = "auth-link", version, after_help = EXAMPLES, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Whether to print in colours
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN", display_order = 100, hide_possible_values = true, help = "Colours: auto (on a terminal), always, never")]
    pub(crate) color: Color,
}

/// When to print in colours.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal.
    Auto,
    /// Wherever it goes.
    Always,
    /// Nowhere.
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(Check),
    Explain(Explain),
    Convert(Convert),
    New(Box<New>),
    Providers(Providers),
    /// Prints the script that completes commands in a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Prints a page of the manual
    Man {
        /// The command that it is about; left out, all of `auth-link`
        command: Option<String>,
    },
}

const CHECK: &str = "\
In files, an auth link is an address at auth.truelayer.com or auth.truelayer-sandbox.com with
parameters of a link. A value that a template fills in (`{{id}}`, `${ID}`, `<%= id %>`, `%s`,
`<id>`) or that the program adds (`\"…&client_id=\" + id`) is not judged.

In a CI of any language:
  auth-link check src templates --format github";

/// Finds the faults of auth links
///
/// Each fault is drawn under the link, with what to write instead. Below a folder all text files are searched but those that
/// are hidden or that git ignores, and the folders `target`, `node_modules` and `__pycache__`.
#[derive(Args, Debug)]
#[command(after_help = CHECK)]
pub(crate) struct Check {
    /// Links, files, folders, or `-` for the standard input
    #[arg(required = true, value_name = "LINK|FILE|FOLDER|-")]
    pub(crate) inputs: Vec<String>,
    /// How to print: `text`, `github` (annotations of a workflow), `json`
    #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true)]
    pub(crate) format: Format,
    /// Prints JSON: short for `--format json`
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,
    /// Ends with status 1 for warnings, too
    #[arg(long)]
    pub(crate) deny_warnings: bool,
    #[command(flatten)]
    pub(crate) options: LintArgs,
}

const EXPLAIN: &str = "\
Put the link in quotes: a shell ends a word at `&`.";

/// Says what an auth link asks for, in words
///
/// Which data, of which providers, what the user sees and skips, and what is left at its default. The faults of the link
/// follow.
#[derive(Args, Debug)]
#[command(after_help = EXPLAIN)]
pub(crate) struct Explain {
    /// The link, or `-` for the standard input
    #[arg(value_name = "LINK|-")]
    pub(crate) link: String,
    /// Prints JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) options: LintArgs,
}

const CONVERT: &str = "\
Examples:
  auth-link convert 'https://auth.truelayer.com/?…'   the macro call of a link
  auth-link convert src/bank.rs                       the links of a file's calls

A state, a challenge and a user's address are not taken over: each sign-in has its own.";

/// Writes the `auth_link!` call of a link, or the link of a call
#[derive(Args, Debug)]
#[command(after_help = CONVERT)]
pub(crate) struct Convert {
    /// A link, an `auth_link!(…)` call, a file with either, or `-` for the standard input
    #[arg(value_name = "LINK|CALL|FILE|-")]
    pub(crate) input: String,
    /// Prints JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) options: LintArgs,
}

const NEW: &str = "\
Examples:
  auth-link new                                     asks for each field
  auth-link new --client-id sandbox-acme-7d2f1a --scope accounts,balance
  auth-link new --client-id acme-7d2f1a --scope info --country FR --providers fr-stet-all --qr

The link is one to try: it has no state and no code challenge. An application makes a fresh one for
each sign-in, from the macro call that is printed beside it. What is one user's, such as an address,
is added there too.";

/// Builds a link to try, at a prompt or from flags
///
/// Prints the link, the `auth_link!` call that makes it, and on a terminal a QR code to try it on a phone. Without
/// `--client-id` and `--scope` it asks, field by field, with what each means.
#[derive(Args, Debug)]
#[command(after_help = NEW)]
#[allow(clippy::struct_excessive_bools)] // each is a flag of its own
pub(crate) struct New {
    /// The application's client id, as TrueLayer's Console shows it
    #[arg(long, value_name = "ID")]
    pub(crate) client_id: Option<String>,
    /// Where the browser comes back to: an address that is registered in Console
    #[arg(long, value_name = "URI", default_value = crate::new::CONSOLE_PAGE)]
    pub(crate) redirect_uri: String,
    /// What to ask for: `info`, `accounts`, `balance`, `transactions`, `cards`, `direct_debits`, `standing_orders`, `offline_access`
    #[arg(long, value_name = "SCOPE,…")]
    pub(crate) scope: Vec<String>,
    /// Leads to the sandbox, which offers Mock Bank; a client id that begins with `sandbox-` says so too
    #[arg(long)]
    pub(crate) sandbox: bool,
    /// The country, already chosen, such as `GB`
    #[arg(long, value_name = "CODE")]
    pub(crate) country: Option<String>,
    /// What the user may choose from: groups such as `uk-ob-all`, and ids such as `uk-ob-monzo`
    #[arg(long, value_name = "ID,…")]
    pub(crate) providers: Vec<String>,
    /// The provider, already chosen, such as `ob-monzo`
    #[arg(long, value_name = "ID")]
    pub(crate) provider_id: Option<String>,
    /// Providers to hide
    #[arg(long, value_name = "ID,…")]
    pub(crate) disable_providers: Vec<String>,
    /// The dialog's language: `en`, `es`, `it`, `fr`, `de`, `pl`, `pt`, `sv`, `nl`
    #[arg(long, value_name = "CODE")]
    pub(crate) language: Option<String>,
    /// Brings the code in a form, not in a query
    #[arg(long)]
    pub(crate) form_post: bool,
    /// Draws the QR code into a file or a pipe, too
    #[arg(long, conflicts_with = "json")]
    pub(crate) qr: bool,
    /// Prints JSON; never asks
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) options: LintArgs,
}

const PROVIDERS: &str = "\
Examples:
  auth-link providers --country uk --scope cards    UK providers with credit cards
  auth-link providers -o providers.json             writes or refreshes the copy

A link is held to the copy by `auth_link!(catalogue = \"providers.json\", …)` when compiling, and by
`auth-link check --catalogue providers.json`. The copy is written whole or not at all, and only if
it changed.";

/// Lists TrueLayer's providers, and writes the copy that links are held to
///
/// Fetches `auth.truelayer.com/api/providers`, which needs no account.
#[derive(Args, Debug)]
#[command(after_help = PROVIDERS)]
pub(crate) struct Providers {
    /// Lists those of one country only, such as `uk` or `fr`
    #[arg(long)]
    pub(crate) country: Option<String>,
    /// Lists those only that offer a scope; may be repeated
    #[arg(long)]
    pub(crate) scope: Vec<String>,
    /// Writes the whole list to a file, and says what changed since it was last written
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<String>,
    /// Reads an answer from a file, or `-` for the standard input, in place of fetching one
    #[arg(long, value_name = "FILE|-", conflicts_with_all = ["url", "sandbox", "client_id"])]
    pub(crate) from: Option<String>,
    /// Asks the sandbox
    #[arg(long)]
    pub(crate) sandbox: bool,
    /// Asks a stand-in, by the whole address of its list
    #[arg(long, conflicts_with = "sandbox")]
    pub(crate) url: Option<String>,
    /// Asks for the providers of one client
    #[arg(long, value_name = "ID")]
    pub(crate) client_id: Option<String>,
    /// How long the answer may take
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub(crate) timeout: u64,
    /// Prints JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// What a link is held to beside the rules.
#[derive(Args, Debug)]
pub(crate) struct LintArgs {
    /// Turns a rule off whose fault is meant; the fault names it
    #[arg(long, value_name = "RULE", value_parser = allowable(), hide_possible_values = true)]
    pub(crate) allow: Vec<String>,
    /// Holds links to a copy of TrueLayer's list of providers, as `auth-link providers -o FILE` writes it
    #[arg(long, value_name = "FILE")]
    pub(crate) catalogue: Option<String>,
}

fn allowable() -> PossibleValuesParser {
    Rule::all().filter(|rule| rule.level == LintLevel::Deny).map(|rule| rule.name).collect::<Vec<_>>().into()
}

/// How faults are printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Format {
    /// Drawn, for people.
    Text,
    /// Annotations of a GitHub workflow.
    Github,
    /// For machines.
    Json,
}
