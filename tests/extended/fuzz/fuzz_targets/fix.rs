//! A text with links: `auth-link check --fix` corrects it once, and changes nothing but the corrected parts of its links. The result
//! of `auth-link check --json` is JSON, and its places are in the text.
#![no_main]
// The command line has no library: these are its own files, and parts of them are for other commands.
#![allow(dead_code)]

#[path = "../../../../auth-link-cli/src/args.rs"]
mod args;
#[path = "../../../../auth-link-cli/src/catalogue.rs"]
mod catalogue;
#[path = "../../../../auth-link-cli/src/escapes.rs"]
mod escapes;
#[path = "../../../../auth-link-cli/src/field_args.rs"]
mod field_args;
#[path = "../../../../auth-link-cli/src/find.rs"]
mod find;
#[path = "../../../../auth-link-cli/src/fix.rs"]
mod fix;
#[path = "../../../../auth-link-cli/src/link_match.rs"]
mod link_match;
#[path = "../../../../auth-link-cli/src/link_reader.rs"]
mod link_reader;
#[path = "../../../../auth-link-cli/src/lint.rs"]
mod lint;
#[path = "../../../../auth-link-cli/src/lint_options.rs"]
mod lint_options;
#[path = "../../../../auth-link-cli/src/literal.rs"]
mod literal;
#[path = "../../../../auth-link-cli/src/output.rs"]
mod output;
#[path = "../../../../auth-link-cli/src/placeholder.rs"]
mod placeholder;
#[path = "../../../../auth-link-cli/src/position.rs"]
mod position;
#[path = "../../../../auth-link-cli/src/redact.rs"]
mod redact;
#[path = "../../../../auth-link-cli/src/redirect_address.rs"]
mod redirect_address;
#[path = "../../../../auth-link-cli/src/render.rs"]
mod render;
#[path = "../../../../auth-link-cli/src/report.rs"]
mod report;
#[path = "../../../../auth-link-cli/src/results.rs"]
mod results;
#[path = "../../../../auth-link-cli/src/setting.rs"]
mod setting;
#[path = "../../../../auth-link-cli/src/source_edit.rs"]
mod source_edit;
#[path = "../../../../auth-link-cli/src/sources.rs"]
mod sources;
#[path = "../../../../auth-link-cli/src/suggestions.rs"]
mod suggestions;
#[path = "../../../../auth-link-cli/src/text.rs"]
mod text;

use libfuzzer_sys::fuzz_target;
use serde_json::Value;

use crate::find::links;
use crate::fix::{Change, fix_link, fix_text};
use crate::link_match::LinkMatch;
use crate::lint_options::LintOptions;
use crate::output::json_text;
use crate::results::Results;

/// Returns the byte at a line and a column, both counted from 1.
fn offset(text: &str, line: &Value, column: &Value) -> Option<usize> {
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let begin = match number(line) - 1 {
        0 => 0,
        before => text.match_indices('\n').nth(before - 1)?.0 + 1,
    };
    let rest = &text[begin..];
    let mut ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    Some(begin + ends.nth(number(column) - 1)?)
}

/// Applies the changes of one link to its text, in their order. `None` if a secret hides a part of a change.
fn apply(text: &str, changes: &[Change]) -> Option<String> {
    let mut changed = text.to_owned();
    for change in changes {
        let change = change.json();
        let (old, new) = (change["old"].as_str().unwrap(), change["new"].as_str().unwrap());
        let start = offset(&changed, &change["line"], &change["column"])
            .unwrap_or_else(|| panic!("{change} is not in {changed:?}"));
        if changed.get(start..start + old.len()) != Some(old) || new.contains('*') {
            assert!(old.contains('*') || new.contains('*'), "{change} of {changed:?}");
            return None;
        }
        changed.replace_range(start..start + old.len(), new);
    }
    Some(changed)
}

/// Corrects the links of a text one by one, and returns the text with all corrections.
fn fix_each(text: &str, found: &[LinkMatch], options: &LintOptions) -> String {
    let (mut all, mut copied) = (String::new(), 0);
    for link in found {
        let fixed = fix_text(text, std::slice::from_ref(link), "a.html", options);
        let rest = text.len() - link.range.end;
        assert!(fixed.text.starts_with(&text[..link.range.start]), "{:?}", fixed.text);
        assert!(fixed.text.ends_with(&text[link.range.end..]), "{:?}", fixed.text);
        if let Some(changed) = apply(text, &fixed.changes) {
            assert_eq!(changed, fixed.text, "{:?}", fixed.changes);
        }
        all += &text[copied..link.range.start];
        all += &fixed.text[link.range.start..fixed.text.len() - rest];
        copied = link.range.end;
    }
    all + &text[copied..]
}

/// Checks the JSON of a text, and the places in it.
fn check_json(text: &str, found: &[LinkMatch], options: &LintOptions) {
    let mut results = Results::new(false, Vec::new());
    results.add_all(text, found, "a.html", options);
    results.draw(|_| {});
    let json: Value = serde_json::from_str(&json_text(&results.json())).expect("JSON");
    let mut counts = [0, 0];
    for link in json["links"].as_array().unwrap() {
        assert!(offset(text, &link["line"], &link["column"]).is_some(), "{link} of {text:?}");
        for diagnostic in link["diagnostics"].as_array().unwrap() {
            counts[usize::from(diagnostic["level"] == "warning")] += 1;
            let start = offset(text, &diagnostic["line"], &diagnostic["column"]);
            let length = diagnostic["text"].as_str().unwrap().len();
            assert!(start.is_some_and(|start| start + length <= text.len()), "{diagnostic} of {text:?}");
            if let [start, end] = diagnostic["edit"]["range"].as_array().map_or(&[][..], Vec::as_slice) {
                let byte = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
                assert!(text.get(byte(start)..byte(end)).is_some(), "{diagnostic} of {text:?}");
            }
        }
    }
    assert_eq!([json["errors"].as_i64(), json["warnings"].as_i64()], counts.map(Some));
}

fuzz_target!(|text: &str| {
    let options = LintOptions::default();
    let found = links(text);
    let fixed = fix_text(text, &found, "a.html", &options);
    assert_eq!(fix_each(text, &found, &options), fixed.text);
    assert_eq!(fixed.changes.is_empty(), fixed.text == text);
    let again = fix_text(&fixed.text, &links(&fixed.text), "a.html", &options);
    assert_eq!(again.text, fixed.text, "{:?}, then {:?}", fixed.changes, again.changes);
    for text in [text, &fixed.text] {
        check_json(text, &links(text), &options);
    }
    // The same text as a link of the command line.
    let fixed = fix_link(text, "<link>", &options);
    let again = fix_link(&fixed.text, "<link>", &options);
    assert_eq!(again.text, fixed.text, "{:?}, then {:?}", fixed.changes, again.changes);
    check_json(text, &[LinkMatch::whole(text, 0)], &options);
});
