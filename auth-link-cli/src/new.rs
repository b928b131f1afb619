//! `auth-link new`: builds a link to try out, from flags or at a prompt.

use std::io::{self, IsTerminal};
use std::ops::Range;

use auth_link_rules::{Diagnostic, Flag, Location, Param, Syntax};
use serde_json::json;

use crate::args::New;
use crate::field_args::{FieldArgs, default};
use crate::fields::{Fields, FlagRanges};
use crate::link_to_call::link_to_call;
use crate::lint_options::LintOptions;
use crate::output::{Failure, Outcome, note, print, print_json};
use crate::position::Position;
use crate::prompt::prompt;
use crate::qr;
use crate::redact::Redacted;
use crate::render::{draw, more};
use crate::report::Report;

const TO_TRY_OUT: &str = "note: this link is for trying out: it has no state and no code challenge, and it works once";

/// Runs the command.
///
/// # Errors
///
/// Returns an error if:
///
/// - a required flag is missing and there is no terminal;
/// - the user cancels the prompt;
/// - the catalogue cannot be read;
/// - no macro call makes the link.
pub(crate) fn run(args: &New) -> Result<Outcome, Failure> {
    let options = LintOptions::new(&args.lint)?;
    let can_prompt = io::stdin().is_terminal() && io::stderr().is_terminal();
    let fields = match missing_flag(&args.fields) {
        None => Fields::from_args(&args.fields),
        Some(_) if can_prompt && !args.json => prompt(&args.fields)?,
        Some(flag) => {
            let help =
                "write `auth-link new --client-id ID --scope accounts,balance`, or run `auth-link new` in a terminal";
            return Err(Failure::new(format!("missing `--{flag}`, and no terminal for a prompt"), help));
        }
    };
    let draft = fields.draft(&options);
    let checked = match draft.check() {
        Ok(checked) => checked,
        Err(diagnostics) => {
            draw_all(&fields, &diagnostics);
            return Ok(Outcome::Findings);
        }
    };
    draw_all(&fields, &checked.warnings);
    let Some((link, call)) = link_to_call(&checked.text, &options)? else { return Ok(Outcome::Findings) };
    if args.json {
        print_json(&json!({ "link": link, "call": call }));
        return Ok(Outcome::Success);
    }
    print(&format!("{link}\n\n{call}"));
    if args.qr || io::stdout().is_terminal() {
        match qr::draw(&link) {
            Some(code) => print(&format!("\n{code}\n")),
            None => note("note: the link is too long for a QR code"),
        }
    }
    note(TO_TRY_OUT);
    Ok(Outcome::Success)
}

/// Returns the first flag that is missing for a link without a prompt.
fn missing_flag(args: &FieldArgs) -> Option<&'static str> {
    Param::ALL.into_iter().find_map(|param| match param.flag() {
        Flag::Flag(flag, _) => {
            let is_set = args.get(param).is_some_and(|value| !value.is_empty()) || default(param).is_some();
            (param.is_required() && !is_set).then_some(flag)
        }
        _ => None,
    })
}

/// Draws diagnostics under the flags that they are about.
fn draw_all(fields: &Fields, diagnostics: &[Diagnostic]) {
    let (text, ranges) = fields.to_flags();
    let values: Vec<_> = ranges.iter().map(|flag| flag.value.clone()).collect();
    let redacted = Redacted::from_call(&text, &[], &values);
    for diagnostic in diagnostics {
        let location = diagnostic.location();
        let range = match (location, location.entry().and_then(|entry| ranges.get(entry))) {
            (Location::Name(_), Some(FlagRanges { flag, .. })) => flag.clone(),
            (Location::Item(_, item), Some(FlagRanges { value, .. })) => item_range(&text, value, item),
            (_, Some(FlagRanges { value, .. })) => value.clone(),
            (_, None) => text.len()..text.len(),
        };
        let report = Report::new(diagnostic, range, &redacted, Syntax::Flag);
        note(&(draw(&report, redacted.link(), &Position::start("<flags>")) + "\n"));
    }
    if !diagnostics.is_empty() {
        note(&more());
    }
}

/// Returns the range of one item in the value of a flag that takes a list.
fn item_range(text: &str, value: &Range<usize>, item: usize) -> Range<usize> {
    let mut start = value.start;
    let mut items = text[value.clone()].split(',').map(|item| {
        let range = start..start + item.len();
        start = range.end + 1;
        range
    });
    items.nth(item).unwrap_or_else(|| value.clone())
}
