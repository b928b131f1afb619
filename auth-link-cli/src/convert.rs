//! `auth-link convert`: a link as an `auth_link!` call, and back.

use std::path::Path;

use auth_link_rules::{Diagnostic, Draft, Entry, Param, Text, Value};
use serde_json::json;

use crate::args::Convert;
use crate::find::LinkMatch;
use crate::lint::{LintOptions, Report, lint};
use crate::macro_call;
use crate::output::{Failure, Outcome, note, say};
use crate::redact::Redacted;
use crate::render::{Position, draw};
use crate::sources::{Content, read, read_stdin};

/// Runs the command.
///
/// # Errors
///
/// What is to be converted cannot be read, or holds what cannot be converted.
pub(crate) fn run(args: &Convert) -> Result<Outcome, Failure> {
    let options = LintOptions::of(&args.options.allow, args.options.catalogue.as_deref())?;
    let path = Path::new(&args.input);
    let (name, text) = if args.input == "-" {
        let (name, text) = read_stdin()?;
        (name.to_owned(), text)
    } else if path.is_file() {
        match read(path)? {
            Content::Text(text, _) => (crate::sources::name(path), text),
            Content::Other(why) => return Err(Failure::new(format!("cannot read `{}`: {why}", args.input), "")),
        }
    } else {
        let name = if args.input.contains("auth_link!") { "<call>" } else { "<link>" };
        (name.to_owned(), args.input.clone())
    };
    let position = Position::start(&name);
    if text.contains("auth_link!") {
        return to_links(&text, &position, &options, args.json);
    }
    let link = text.trim();
    if link.contains('\n') {
        let help = "`auth-link check` finds the links of a file";
        return Err(Failure::new(format!("expected a link or `auth_link!(…)`, found text in `{name}`"), help));
    }
    let position = position.within(&text, text.len() - text.trim_start().len());
    to_call(link, &position, &options, args.json)
}

fn to_call(link: &str, position: &Position, options: &LintOptions, in_json: bool) -> Result<Outcome, Failure> {
    let judged = lint(link, &LinkMatch::whole(link, 0), options).map_err(|failure| failure.at(position))?;
    for fault in &judged.faults {
        note(&(draw(fault, &judged.shown, position) + "\n"));
    }
    let Some((link, call)) = call_of(link, options)? else { return Ok(Outcome::Findings) };
    say(&if in_json { format!("{:#}", json!({ "link": link, "call": call })) } else { call });
    Ok(Outcome::Success)
}

/// A link in its canonical form and the call that makes it; `None` if it has faults.
///
/// # Errors
///
/// There is no such call, or it would show a secret.
pub(crate) fn call_of(link: &str, options: &LintOptions) -> Result<Option<(String, String)>, Failure> {
    let Ok(checked) = options.draft(link).check() else { return Ok(None) };
    let mut canonical = Draft::default();
    canonical.paste(&checked.text);
    let mut fields = Draft::default();
    for entry in canonical.entries() {
        if let Some(field) = field(entry) {
            fields.push(field);
        }
    }
    options.complete(&mut fields);
    let text = |fields: &Draft| fields.check().map(|checked| checked.text);
    if canonical.entries().iter().any(is_personal) {
        note(LEFT_OUT);
    } else if text(&fields).is_ok_and(|text| text != checked.text) {
        // The client id says nothing of the environment that the host is of.
        let sandbox = Value::Text(Text::Word("sandbox".to_owned()));
        fields.push(Entry::new(Param::Environment.name().to_owned(), false, sandbox));
    }
    match text(&fields) {
        Ok(link) => {
            let call = macro_call::write(fields.entries());
            public(&link)?;
            Ok(Some((link, call)))
        }
        Err(diagnostics) => {
            let why = diagnostics
                .iter()
                .find(|diagnostic| !diagnostic.is_warning())
                .map_or_else(String::new, Diagnostic::to_string);
            let why = Redacted::new(link).words(why.lines().next().unwrap_or_default());
            Err(Failure::new(format!("no call makes this link: {why}"), "mend the link first"))
        }
    }
}

const LEFT_OUT: &str = "note: `user_email` is left out: it is one user's; a sign-in adds it, by `with_user_email`\n";

fn is_personal(entry: &Entry) -> bool {
    entry.param() == Some(Param::UserEmail)
}

/// A parameter of a canonical link as a field of a call; `None` for what a call does not say.
fn field(entry: &Entry) -> Option<Entry> {
    let Value::Text(Text::Quoted(text)) = &entry.value else { return None };
    let param = entry.param();
    let value = match param {
        Some(Param::ResponseType | Param::Environment | Param::UserEmail) => return None,
        Some(param) if param.is_list() => {
            Value::List(text.split(' ').map(|word| Text::Quoted(word.to_owned())).collect())
        }
        _ => Value::Text(Text::Quoted(text.clone())),
    };
    Some(Entry::new(entry.name.clone(), entry.quoted, value))
}

/// Whether a link may be printed as it is.
fn public(link: &str) -> Result<(), Failure> {
    if Redacted::new(link).link() == link {
        return Ok(());
    }
    Err(Failure::new("the result holds a secret or an address, which is not printed", "remove it and try again"))
}

fn to_links(text: &str, position: &Position, options: &LintOptions, in_json: bool) -> Result<Outcome, Failure> {
    let calls = macro_call::read(text)?;
    if calls.is_empty() {
        let help = "write it as it is in the source: `auth_link!(…)`";
        return Err(Failure::new("expected `auth_link!(…)`, found no call", help));
    }
    let mut outcome = Outcome::Success;
    let mut links = Vec::new();
    for mut call in calls {
        options.complete(&mut call.draft);
        let start = call.place.start;
        let position = position.within(text, start);
        let redacted = call.redacted(text);
        let draw_all = |diagnostics: &[Diagnostic]| {
            for diagnostic in diagnostics {
                let range = call.range(diagnostic);
                let fault = Report::new(diagnostic, range.start - start..range.end - start, &redacted);
                note(&(draw(&fault, redacted.link(), &position) + "\n"));
            }
        };
        match call.draft.check() {
            Ok(checked) => {
                draw_all(&checked.warnings);
                links.push(without_address(&checked.text, &call.draft)?);
            }
            Err(diagnostics) => {
                draw_all(&diagnostics);
                outcome = Outcome::Findings;
            }
        }
    }
    if in_json {
        say(&format!("{:#}", json!({ "links": links })));
    } else {
        for link in &links {
            say(link);
        }
    }
    Ok(outcome)
}

/// The link without what is one user's.
fn without_address(link: &str, draft: &Draft) -> Result<String, Failure> {
    let mut link = link.to_owned();
    if draft.entries().iter().any(is_personal) {
        note(LEFT_OUT);
        let (origin, query) = link.split_once('?').unwrap_or((&link, ""));
        let kept: Vec<_> = query.split('&').filter(|pair| !pair.starts_with("user_email=")).collect();
        link = format!("{origin}?{}", kept.join("&"));
    }
    public(&link)?;
    Ok(link)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Links of every kind of field, in every order.
    fn links() -> impl Iterator<Item = String> {
        let optional = [
            "provider_id=ob-monzo&providers=uk-ob-all",
            "providers=uk-ob-monzo%20ob-new-bank%20ob-monzo%20uk-ob-all&provider_id=ob-monzo",
            "country_id=GB",
            "country_id=xx",
            "language_id=it",
            "language_id=zz",
            "response_mode=form_post",
            "disable_providers=ob-tsb%20ob-rbs",
            "tracking_id=a%22b%5Cc%20%C3%A9%7B%7D",
            "consent_id=x%26y%3D%2B",
            "dark+mode=",
            "code_challenge_method=S256",
        ];
        let is_once = |set: &usize| [0b11, 0b11 << 2, 0b11 << 4].iter().all(|twice| set & twice != *twice);
        (0..1_usize << optional.len()).filter(is_once).map(move |set| {
            let chosen = (0..optional.len()).filter(|index| set >> index & 1 == 1).map(|index| optional[index]);
            let mut parts: Vec<_> = ["scope=accounts+balance%20accounts", "client_id=acme-7d2f1a"].into();
            parts.extend(chosen);
            parts.push("redirect_uri=com.example.app%3A%2Fcb%3Fx%3D%2522&state=gone");
            if set % 3 == 0 {
                parts.reverse();
            }
            let sandbox = if set % 5 == 0 { "-sandbox" } else { "" };
            format!("https://auth.truelayer{sandbox}.com/?{}", parts.join("&"))
        })
    }

    #[test]
    fn a_call_makes_the_link_that_it_was_made_of() {
        let options = LintOptions {
            allow: vec!["sandbox_without_mock_bank".to_owned(), "country_without_providers".to_owned()],
            catalogue: None,
        };
        let mut compared = 0;
        for link in links().step_by(3) {
            // An app is not reached by a form.
            let link = if link.contains("form_post") {
                link.replace("com.example.app%3A", "https%3A%2F%2Fa.example")
            } else {
                link
            };
            let checked = options.draft(&link).check().unwrap_or_else(|diagnostics| panic!("{link}: {diagnostics:?}"));
            let (canonical, written) = call_of(&link, &options).unwrap().expect("a call");
            assert_eq!(canonical, checked.text);
            let calls = macro_call::read(&written).unwrap();
            assert_eq!(calls.len(), 1);
            assert_eq!(calls[0].draft.check().unwrap().text, canonical, "{written}");
            let (again, same) = call_of(&canonical, &options).unwrap().expect("a call");
            assert_eq!((again, same), (canonical, written));
            compared += 1;
        }
        assert!(compared > 500, "{compared}");
    }

    #[test]
    fn a_call_that_none_can_write_is_told() {
        let link = "https://auth.truelayer.com/?scope=info&client_id=a&redirect_uri=https%3A%2F%2Fa.example%2F&x=1&x=2";
        let failure = call_of(link, &LintOptions::default()).unwrap_err();
        assert!(format!("{failure:?}").contains("no call makes this link: duplicate `x`"), "{failure:?}");
    }

    #[test]
    fn what_holds_a_secret_is_not_printed_half() {
        let link = "https://auth.truelayer.com/?scope=info&client_id=a&redirect_uri=https%3A%2F%2Fa.example%2F&email=a%40b.example";
        let failure = call_of(link, &LintOptions::default()).unwrap_err();
        assert!(format!("{failure:?}").contains("the result holds a secret"), "{failure:?}");
    }
}
