//! The link of `auth-link connect`, from the command line, its flags or a prompt, checked against the rules.

use std::io::{self, IsTerminal};

use auth_link_rules::{Diagnostic, Param, Suggestion, Syntax};
use auth_link_runtime::{AuthLink, LinkError};

use crate::args::Connect;
use crate::draw_flags::draw_all;
use crate::fields::Fields;
use crate::link_match::LinkMatch;
use crate::lint::lint;
use crate::lint_options::LintOptions;
use crate::output::{Failure, note};
use crate::position::Position;
use crate::prompt::prompt;
use crate::redirect_address::EXAMPLE;
use crate::render::{draw, more};
use crate::sources::read_stdin;

/// Returns the link, or `None` after drawing its errors.
///
/// # Errors
///
/// Returns an error if:
///
/// - a required flag is missing and there is no terminal, or the user cancels the prompt;
/// - the link is too long, or the catalogue or the standard input cannot be read;
/// - `--auth-server` is invalid.
pub(crate) fn checked_link(args: &Connect) -> Result<Option<AuthLink>, Failure> {
    let options = LintOptions::new(&args.lint)?;
    let text = match &args.link {
        Some(link) => check_text(link, &options)?,
        None => check_fields(args, &options)?,
    };
    let Some(text) = text else { return Ok(None) };
    let link = AuthLink::parse(&text).map_err(|error| failure("the link is invalid", &error))?;
    match &args.auth_server {
        None => Ok(Some(link)),
        Some(origin) => link.with_auth_server(origin).map(Some).map_err(|error| origin_failure(&error)),
    }
}

/// Checks a link; returns `None` after drawing its errors.
fn check_text(link: &str, options: &LintOptions) -> Result<Option<String>, Failure> {
    let (name, text) = if link == "-" { read_stdin()? } else { ("<link>", link.to_owned()) };
    let (link, position) = (text.trim(), Position::start(name));
    let found = LinkMatch::whole(link, text.len() - text.trim_start().len());
    let result = lint(&text, &found, options).map_err(|failure| failure.at(&position))?;
    for report in &result.reports {
        note(&(draw(report, &result.shown, &position) + "\n"));
    }
    if !result.reports.is_empty() {
        note(&more());
    }
    let is_valid = result.reports.iter().all(|report| report.is_warning);
    Ok(is_valid.then(|| link.to_owned()))
}

/// Checks the fields of flags or of a prompt; returns `None` after drawing their errors.
fn check_fields(args: &Connect, options: &LintOptions) -> Result<Option<String>, Failure> {
    let fields = args.fields.clone().or(Param::RedirectUri, EXAMPLE);
    let can_prompt = io::stdin().is_terminal() && io::stderr().is_terminal();
    let fields = match fields.missing_flag() {
        None => Fields::from_args(&fields),
        Some(_) if can_prompt && !args.json => prompt(&fields)?,
        Some(flag) => {
            let help = "write `auth-link connect LINK`, write `auth-link connect --client-id ID --scope accounts,balance`, or run `auth-link connect` in a terminal";
            return Err(Failure::new(format!("missing `--{flag}`, and no terminal for a prompt"), help));
        }
    };
    match fields.draft(options).check() {
        Ok(checked) => {
            draw_all("connect", &fields, &checked.warnings);
            Ok(Some(checked.text))
        }
        Err(diagnostics) => {
            draw_all("connect", &fields, &diagnostics);
            Ok(None)
        }
    }
}

/// Returns the failure of `--auth-server`, with the flag to write instead.
fn origin_failure(error: &LinkError) -> Failure {
    let message = error.diagnostics().first().map_or("", Diagnostic::message);
    let suggestions = error.diagnostics().iter().flat_map(Diagnostic::suggestions);
    let mut help = suggestions.filter_map(|suggestion| match suggestion {
        Suggestion::Replace(origin) | Suggestion::Set(_, origin) => Some(format!("write `--auth-server {origin}`")),
        _ => None,
    });
    let help =
        help.next().unwrap_or_else(|| "write an origin, such as `--auth-server http://localhost:4000`".to_owned());
    Failure::new(format!("`--auth-server` is invalid: {message}"), help)
}

/// Returns the failure of a value, from its first diagnostic.
fn failure(what: &str, error: &LinkError) -> Failure {
    let Some(diagnostic) = error.diagnostics().first() else { return Failure::new(what, "") };
    Failure::new(format!("{what}: {}", diagnostic.message()), diagnostic.help(Syntax::Flag).join("; "))
}
