//! `auth-link convert`: converts a link to an `auth_link!` call, and a call to a link.

use std::path::Path;

use auth_link_rules::{Diagnostic, Draft, Syntax};
use serde_json::json;

use crate::args::Convert;
use crate::link_match::LinkMatch;
use crate::link_to_call::{USER_EMAIL_LEFT_OUT, check_public, is_personal, link_to_call};
use crate::lint::lint;
use crate::lint_options::LintOptions;
use crate::macro_call;
use crate::output::{Failure, Outcome, note, print, print_failure, print_json};
use crate::position::Position;
use crate::render::{draw, more};
use crate::report::Report;
use crate::sources::{self, Content, read, read_stdin, without_mark};

/// Runs the command.
///
/// # Errors
///
/// Returns an error if:
///
/// - the input or the catalogue cannot be read;
/// - no macro call makes the link;
/// - the result contains a secret.
pub(crate) fn run(args: &Convert) -> Result<Outcome, Failure> {
    let options = LintOptions::new(&args.lint)?;
    let path = Path::new(&args.input);
    let (name, text) = if args.input == "-" {
        let (name, text) = read_stdin()?;
        (name.to_owned(), text)
    } else if path.is_file() {
        let name = sources::name(path);
        match read(path)? {
            Content::Text(text, _) => (name, text),
            Content::Other(why) => return Err(Failure::new(format!("cannot read `{name}`: {why}"), "")),
        }
    } else {
        let text = args.input.to_str().map(without_mark);
        let text = text
            .ok_or_else(|| Failure::new(format!("cannot read `{}`: there is no such file", sources::name(path)), ""))?;
        let name = if text.contains("auth_link!") { "<call>" } else { "<link>" };
        (name.to_owned(), text.to_owned())
    };
    let position = Position::start(&name);
    if text.contains("auth_link!") {
        let is_rust = name == "<call>" || path.extension().is_some_and(|extension| extension == "rs");
        return to_links(&text, is_rust, &position, &options, args.json);
    }
    let link = text.trim();
    if link.contains('\n') {
        let help = "`auth-link check` finds the links of a file";
        return Err(Failure::new(format!("expected a link or `auth_link!(…)`, found text in `{name}`"), help));
    }
    let position = position.within(&text, text.len() - text.trim_start().len());
    to_call(link, &position, &options, args.json)
}

/// Prints the call that makes a link.
fn to_call(link: &str, position: &Position, options: &LintOptions, in_json: bool) -> Result<Outcome, Failure> {
    let result = lint(link, &LinkMatch::whole(link, 0), options).map_err(|failure| failure.at(position))?;
    for report in &result.reports {
        note(&(draw(report, &result.shown, position) + "\n"));
    }
    if !result.reports.is_empty() {
        note(&more());
    }
    let Some((link, call)) = link_to_call(link, options)? else { return Ok(Outcome::Findings) };
    if in_json {
        print_json(&json!({ "link": link, "call": call }));
    } else {
        print(&call);
    }
    Ok(Outcome::Success)
}

/// Prints the links of the calls in a text, and an error for each call that cannot be converted.
fn to_links(
    text: &str,
    is_rust: bool,
    position: &Position,
    options: &LintOptions,
    in_json: bool,
) -> Result<Outcome, Failure> {
    let calls = macro_call::read(text, is_rust);
    if calls.is_empty() {
        let help = "write it as it is in the source: `auth_link!(…)`";
        return Err(Failure::new("expected `auth_link!(…)`, found no call", help));
    }
    let mut outcome = Outcome::Success;
    let (mut links, mut failures, mut has_reports) = (Vec::new(), Vec::new(), false);
    let (mut position, mut offset) = (position.clone(), 0);
    for call in calls {
        let at = call.as_ref().map_or_else(|error| error.at, |call| call.place.start);
        // The errors of a call are behind its beginning, so that positions are counted once.
        position = position.within(&text[offset..], at - offset);
        offset = at;
        let mut call = match call {
            Ok(call) => call,
            Err(error) => {
                failures.push(error.failure.at(&position));
                continue;
            }
        };
        options.complete(&mut call.draft);
        let redacted = call.redacted(text);
        let mut draw_all = |diagnostics: &[Diagnostic]| {
            has_reports |= !diagnostics.is_empty();
            for diagnostic in diagnostics {
                let report = Report::new(diagnostic, call.range(diagnostic), &text[at..], &redacted, Syntax::Macro);
                note(&(draw(&report, redacted.link(), &position) + "\n"));
            }
        };
        match call.draft.check() {
            Ok(checked) => {
                draw_all(&checked.warnings);
                match without_user_email(&checked.text, &call.draft) {
                    Ok(link) => links.push(link),
                    Err(failure) => failures.push(failure.at(&position)),
                }
            }
            Err(diagnostics) => {
                draw_all(&diagnostics);
                outcome = Outcome::Findings;
            }
        }
    }
    if has_reports {
        note(&more());
    }
    if in_json {
        print_json(&json!({ "links": links }));
    } else {
        for link in &links {
            print(link);
        }
    }
    failures.iter().for_each(print_failure);
    Ok(if failures.is_empty() { outcome } else { Outcome::Failed })
}

/// Returns the link of `draft` without the mail address of a user.
fn without_user_email(link: &str, draft: &Draft) -> Result<String, Failure> {
    let mut link = link.to_owned();
    if draft.entries().iter().any(is_personal) {
        note(USER_EMAIL_LEFT_OUT);
        let (origin, query) = link.split_once('?').unwrap_or((&link, ""));
        let kept: Vec<_> = query.split('&').filter(|pair| !pair.starts_with("user_email=")).collect();
        link = format!("{origin}?{}", kept.join("&"));
    }
    check_public(&link)?;
    Ok(link)
}
