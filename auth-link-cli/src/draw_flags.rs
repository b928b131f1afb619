//! Draws diagnostics under the flags that set the fields of a link.

use std::ops::Range;

use auth_link_rules::{Diagnostic, Location, Syntax};

use crate::fields::{Fields, FlagRanges};
use crate::output::note;
use crate::position::Position;
use crate::redact::Redacted;
use crate::render::{draw, more};
use crate::report::Report;

/// Draws diagnostics under the flags of `command` that they are about.
pub(crate) fn draw_all(command: &str, fields: &Fields, diagnostics: &[Diagnostic]) {
    let (text, ranges) = fields.to_flags(command);
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
        let report = Report::new(diagnostic, range, &text, &redacted, Syntax::Flag);
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
