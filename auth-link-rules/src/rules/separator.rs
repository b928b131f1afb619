//! The wording of lists whose items are separated by commas or semicolons within one text.

use std::cell::Cell;

use crate::diagnostic::{Finding, Location, MAX_FINDINGS};
use crate::draft::{Text, Value};
use crate::suggestion::Suggestion;
use crate::view::DraftView;
use crate::vocabulary::parameter::Param;

/// Reports commas and semicolons in the texts of a list. The help keeps all items.
pub(super) fn unexpected_separators(view: &DraftView<'_>, param: Param, findings: &mut Vec<Finding>) {
    let Some(index) = view.index(param) else { return };
    match &view.entries[index].value {
        Value::Text(Text::Quoted(text)) => {
            if let Some((separator, words)) = separated(text) {
                let finding = finding(Location::Value(index), separator, param);
                findings.push(finding.suggest(Suggestion::Set(param, words)).certainly());
            }
        }
        Value::List(items) => {
            for (item, text) in items.iter().enumerate() {
                if findings.len() > MAX_FINDINGS {
                    break;
                }
                if let Text::Quoted(text) = text
                    && let Some((separator, words)) = separated(text)
                {
                    let finding = finding(Location::Item(index, item), separator, param);
                    findings.push(finding.suggest(Suggestion::Replace(words)).certainly());
                }
            }
        }
        Value::Text(Text::Word(_) | Text::Invalid) | Value::Runtime => {}
    }
}

/// The texts that [`unexpected_separators`] reports. The last one is remembered: its words follow one another.
pub(super) struct ReportedTexts<'v, 'd> {
    view: &'v DraftView<'d>,
    last: Cell<Option<(&'v str, bool)>>,
}

impl<'v, 'd> ReportedTexts<'v, 'd> {
    pub(super) fn new(view: &'v DraftView<'d>) -> Self {
        Self { view, last: Cell::new(None) }
    }

    /// Returns whether a word belongs to such a text.
    pub(super) fn contain(&self, location: Location) -> bool {
        let text = location.entry().and_then(|entry| match (&self.view.entries[entry].value, location) {
            (Value::Text(text), _) => Some(text),
            (Value::List(items), Location::Item(_, item)) => items.get(item),
            _ => None,
        });
        let Some(Text::Quoted(text)) = text else { return false };
        match self.last.get() {
            Some((last, is_reported)) if std::ptr::eq(last, text.as_str()) => is_reported,
            _ => {
                let is_reported = separated(text).is_some();
                self.last.set(Some((text, is_reported)));
                is_reported
            }
        }
    }
}

/// Returns the first separator, and the words separated by spaces.
fn separated(text: &str) -> Option<(char, String)> {
    let separator = text.chars().find(|&c| matches!(c, ',' | ';'))?;
    let mut words = String::new();
    for word in text.split([',', ';', ' ']).filter(|word| !word.is_empty()) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    (!words.is_empty()).then_some((separator, words))
}

fn finding(location: Location, separator: char, param: Param) -> Finding {
    Finding::new(
        location,
        format!("unexpected `{separator}` in a text of `{}`: spaces separate its words", param.name()),
    )
}
