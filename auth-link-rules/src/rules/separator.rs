//! The wording of lists whose items are separated by commas or semicolons within one text.

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

/// Returns whether a word belongs to a text that [`unexpected_separators`] reports.
pub(super) fn is_reported(view: &DraftView<'_>, location: Location) -> bool {
    let text = location.entry().and_then(|entry| match (&view.entries[entry].value, location) {
        (Value::Text(text), _) => Some(text),
        (Value::List(items), Location::Item(_, item)) => items.get(item),
        _ => None,
    });
    matches!(text, Some(Text::Quoted(text)) if separated(text).is_some())
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
