//! Corrects the links of a text: applies the edits that certainly correct a mistake as its author intended.

use auth_link_rules::Diagnostic;
use serde_json::{Value as Json, json};

use crate::find::links;
use crate::link_match::{LONGEST_LINK, LinkMatch};
use crate::lint::diagnostics;
use crate::lint_options::LintOptions;
use crate::position::Position;
use crate::redact::Redacted;
use crate::source_edit::source_edit;
use crate::text::first;

/// The largest number of diagnostics of a link that is corrected. A link with more is not a link that someone wrote.
const MOST: usize = 32;

/// The length of the text behind a link that shows where it ends, in bytes.
const CONTEXT: usize = 512;

/// A text and its corrections.
#[derive(Debug)]
pub(crate) struct Fixed {
    pub(crate) text: String,
    pub(crate) changes: Vec<Change>,
}

/// One correction. It contains no secret.
#[derive(Debug)]
pub(crate) struct Change {
    position: Position,
    rule: &'static str,
    message: String,
    old: String,
    new: String,
}

impl Change {
    /// Returns the change on one line.
    pub(crate) fn line(&self) -> String {
        let Self { position, message, old, new, .. } = self;
        let change = match (old.as_str(), new.as_str()) {
            ("", new) => format!("added `{new}`"),
            (old, "") => format!("removed `{old}`"),
            (old, new) => format!("`{old}` → `{new}`"),
        };
        format!("{}:{}: {message}: {change}", position.name, position.line)
    }

    /// Returns the change as JSON.
    pub(crate) fn json(&self) -> Json {
        let Self { position, rule, message, old, new } = self;
        json!({
            "source": position.name,
            "line": position.line,
            "column": position.column,
            "rule": rule,
            "message": message,
            "old": old,
            "new": new,
        })
    }
}

/// Corrects the links that [`links`] finds in a text.
pub(crate) fn fix_text(text: &str, found: &[LinkMatch], name: &str, options: &LintOptions) -> Fixed {
    let mut fixed = Fixed { text: String::with_capacity(text.len()), changes: Vec::new() };
    let (mut position, mut copied) = (Position::start(name), 0);
    for link in found {
        position = position.within(&text[copied..], link.range.start - copied);
        let source = &text[link.range.clone()];
        let correction = correct(source, link, &position, options);
        fixed.text += &text[copied..link.range.start];
        if correction.changes.is_empty() || !is_read_back(&correction, &text[link.range.end..]) {
            fixed.text += source;
        } else {
            fixed.text += &correction.source;
            fixed.changes.extend(correction.changes);
        }
        position = position.within(source, source.len());
        copied = link.range.end;
    }
    fixed.text += &text[copied..];
    fixed
}

/// Corrects a complete link.
pub(crate) fn fix_link(link: &str, name: &str, options: &LintOptions) -> Fixed {
    let Correction { source, changes, .. } = correct(link, &LinkMatch::whole(link, 0), &Position::start(name), options);
    Fixed { text: source, changes }
}

/// A link and its corrections.
struct Correction {
    /// The link as its text contains it.
    source: String,
    link: LinkMatch,
    changes: Vec<Change>,
}

/// Corrects one link, which begins at `position`.
///
/// One edit at a time is applied and the link is checked again. An edit is kept if its diagnostic disappears and none
/// appears, so that their number decreases to the end.
fn correct(source: &str, link: &LinkMatch, position: &Position, options: &LintOptions) -> Correction {
    let link = LinkMatch { range: 0..source.len(), ..link.clone() };
    let mut correction = Correction { source: source.to_owned(), link, changes: Vec::new() };
    if source.len() > LONGEST_LINK {
        return correction;
    }
    let mut found = diagnostics(&correction.link, options);
    while found.len() <= MOST {
        let Some(left) = found.iter().find_map(|diagnostic| correction.apply(diagnostic, &found, position, options))
        else {
            break;
        };
        found = left;
    }
    correction
}

impl Correction {
    /// Applies the edit of one of the diagnostics in `before`. Returns the diagnostics that are left if the edit is kept.
    fn apply(
        &mut self,
        diagnostic: &Diagnostic,
        before: &[Diagnostic],
        position: &Position,
        options: &LintOptions,
    ) -> Option<Vec<Diagnostic>> {
        let Self { source, link, changes } = self;
        let edit = diagnostic.edit()?;
        let change = source_edit(source, link, edit)?;
        let (new_source, new_link) = change.apply(source, link, edit);
        let after = diagnostics(&new_link, options);
        if !is_corrected(diagnostic, before, &after) {
            return None;
        }
        let redacted = Redacted::new(source);
        let shown = |redacted: &Redacted, start: usize, length: usize| {
            redacted.link().get(start..start + length).unwrap_or_default().to_owned()
        };
        changes.push(Change {
            position: position.within(source, change.range.start),
            rule: diagnostic.rule().name,
            message: redacted.redact(diagnostic.message()),
            old: shown(&redacted, change.range.start, change.range.len()),
            new: shown(&Redacted::new(&new_source), change.range.start, change.text.len()),
        });
        *self = Self { source: new_source, link: new_link, changes: std::mem::take(changes) };
        Some(after)
    }
}

/// Returns whether a diagnostic has disappeared and none has appeared.
fn is_corrected(diagnostic: &Diagnostic, before: &[Diagnostic], after: &[Diagnostic]) -> bool {
    let rule = |diagnostic: &Diagnostic| diagnostic.rule().name;
    let same = |list: &[Diagnostic]| {
        let is_same = |other: &&Diagnostic| rule(other) == rule(diagnostic) && other.message() == diagnostic.message();
        list.iter().filter(is_same).count()
    };
    let is_known = |new: &Diagnostic| before.iter().any(|old| rule(old) == rule(new));
    after.len() < before.len() && same(after) < same(before) && after.iter().all(is_known)
}

/// Returns whether the corrected link is found in front of `rest` as it was checked. Its end may depend on that text.
fn is_read_back(Correction { source, link, .. }: &Correction, rest: &str) -> bool {
    let text = source.clone() + first(rest, CONTEXT);
    links(&text).first().is_some_and(|read| {
        (&read.range, &read.link, &read.placeholders, read.is_open)
            == (&link.range, &link.link, &link.placeholders, link.is_open)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "https://auth.truelayer.com/?client_id=acme-1&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcb";

    fn fixed(text: &str) -> Fixed {
        fix_text(text, &links(text), "a.html", &LintOptions::default())
    }

    fn lines(fixed: &Fixed) -> Vec<String> {
        fixed.changes.iter().map(Change::line).collect()
    }

    #[test]
    fn every_certain_mistake_is_corrected_and_a_second_run_changes_nothing() {
        let escaped = LINK.replace('&', "&amp;");
        let text = format!(
            "<p>\n<a href=\"{escaped}&amp;scope=INFO%20cards%20cards&amp;language_id=EN\">\n{LINK}&scope=direct_debits.\n"
        );
        let first = fixed(&text);
        assert_eq!(
            first.text,
            format!(
                "<p>\n<a href=\"{escaped}&amp;scope=info%20cards&amp;language_id=en\">\n{LINK}&scope=direct_debits%20accounts.\n"
            )
        );
        let second = fixed(&first.text);
        assert_eq!((second.text, second.changes.len()), (first.text, 0));
        assert_eq!(first.changes.last().unwrap().position.line, 3);
    }

    #[test]
    fn a_change_names_its_line_its_mistake_and_both_texts() {
        let one = |scope: &str| lines(&fixed(&format!("\n{LINK}&scope={scope}\n"))).join("; ");
        assert!(one("INFO").starts_with("a.html:2: unknown scope `INFO`: `INFO` → `info`"), "{}", one("INFO"));
        assert!(
            one("info%20info").ends_with("duplicate `info` is sent once: removed `%20info`"),
            "{}",
            one("info%20info")
        );
        let added = one("direct_debits");
        assert!(added.ends_with("scope `direct_debits` needs `accounts`: added `%20accounts`"), "{added}");
    }

    #[test]
    fn an_edit_that_uncovers_another_mistake_is_not_applied() {
        // The words are only known to be unknown scopes once they are separated.
        let text = format!("{LINK}&scope=info,acounts");
        assert_eq!(fixed(&text).text, text);
    }

    #[test]
    fn a_placeholder_stays_and_the_text_beside_it_is_corrected() {
        let text = "f\"https://auth.truelayer.com/?client_id={id}&scope=INFO&redirect_uri={uri}\"";
        assert_eq!(fixed(text).text, text.replace("INFO", "info"));
    }

    #[test]
    fn a_link_that_would_end_elsewhere_is_not_corrected() {
        // Behind the removed parameter nothing shows that `_` belongs to the link.
        let text = format!("see {LINK}&scope=info&tracking_id=a_&scope=info and");
        let fixed = fixed(&text);
        assert!(!links(&fixed.text)[0].link.ends_with('a'), "{}", fixed.text);
        assert_eq!(fixed.text, text);
    }

    #[test]
    fn a_secret_beside_a_mistake_is_kept_and_not_shown() {
        let text = format!("'{LINK}&scope=info&state=SEKRIT1&scope=info&response_mode=FORM_POST'");
        let fixed = fixed(&text);
        assert!(fixed.text.contains("state=SEKRIT1") && !fixed.changes.is_empty(), "{fixed:?}");
        assert!(!lines(&fixed).join("").contains("SEKRIT"), "{:?}", lines(&fixed));
    }

    #[test]
    fn a_link_with_more_mistakes_than_anyone_makes_is_not_corrected() {
        let text = format!("{LINK}&scope=info{}", "%20info".repeat(MOST + 1));
        assert_eq!(fixed(&text).text, text);
        let text = format!("{LINK}&scope=info{}", "%20info".repeat(MOST));
        assert_eq!(fixed(&text).text, format!("{LINK}&scope=info"));
    }

    #[test]
    fn a_link_of_the_command_line_is_corrected_as_a_whole() {
        let fixed = fix_link(&format!("{LINK}&scope=INFO"), "<link>", &LintOptions::default());
        assert_eq!(fixed.text, format!("{LINK}&scope=info"));
        assert_eq!(fixed.changes.len(), 1);
    }

    #[test]
    fn a_change_that_brings_another_rules_diagnostic_is_no_correction() {
        let found = |rest: &str| {
            let link = format!("{LINK}&{rest}");
            diagnostics(&LinkMatch::whole(&link, 0), &LintOptions::default())
        };
        let before = found("scope=info%20info&language_id=EN");
        assert_eq!(before.len(), 2);
        assert!(is_corrected(&before[0], &before, &found("scope=info&language_id=EN")));
        assert!(!is_corrected(&before[0], &before, &found("scope=acounts")));
        assert!(!is_corrected(&before[1], &before, &found("scope=info&language_id=EN")));
    }
}
