//! The changes of a pasted link that apply certain suggestions.

use std::ops::Range;

use crate::diagnostic::{Edit, Location};
use crate::suggestion::{Help, Suggestion, Syntax, assignment};
use crate::uri::percent::encode;
use crate::view::DraftView;
use crate::vocabulary::parameter::Param;

/// Returns the change that applies the only suggestion, if it is certain and the link was pasted.
pub(crate) fn edit(
    view: &DraftView<'_>,
    location: Location,
    range: Option<&Range<usize>>,
    help: &Help,
) -> Option<Edit> {
    let [(suggestion, _)] = &help.choices[..] else { return None };
    let pasted = view.pasted.filter(|_| help.is_certain)?;
    // Two equal parameters stay equal: first the duplicate is removed.
    let is_duplicate = |name: &str| view.entries.iter().filter(|entry| entry.name == name).count() > 1;
    let target = match suggestion {
        Suggestion::Set(param, _) | Suggestion::Add(param, _) => Some(param.name()),
        _ => location.entry().map(|entry| view.entries[entry].name.as_str()),
    };
    if !matches!(location, Location::Name(_)) && target.is_some_and(is_duplicate) {
        return None;
    }
    let range_of = |param: Param| Some(view.entries[view.index(param)?].pasted.as_ref()?.value.clone());
    let (range, text) = match suggestion {
        // Parts of the address are written unencoded.
        Suggestion::Replace(text) if matches!(location, Location::Pasted(..)) => (range?.clone(), text.clone()),
        Suggestion::Replace(value) => (range?.clone(), encoded(value)),
        Suggestion::Remove => (removal(&pasted.text, location, range?, view)?, String::new()),
        Suggestion::Set(Param::Environment, value) => {
            (range_of(Param::Environment)?, assignment(Syntax::Query, Param::Environment, value))
        }
        Suggestion::Set(param, value) => match range_of(*param) {
            Some(range) => (range, encoded(value)),
            None if view.has(*param) => return None,
            None => {
                let end = pasted.fragment.start;
                (end..end, format!("&{}={}", param.name(), encoded(value)))
            }
        },
        Suggestion::Add(param, word) => {
            let end = range_of(*param)?.end;
            (end..end, format!("%20{}", encoded(word)))
        }
        Suggestion::Similar(..) | Suggestion::Rename(_) | Suggestion::Advice { .. } => return None,
    };
    Some(Edit { range, text })
}

/// Returns the range that removes a parameter or an item, with one of the separators beside it.
fn removal(text: &str, location: Location, range: &Range<usize>, view: &DraftView<'_>) -> Option<Range<usize>> {
    let (part, separators): (_, &[&str]) = match location {
        Location::Pasted(..) => return Some(range.clone()),
        Location::Item(..) => (range.clone(), &["%20", "+", " "]),
        Location::Name(entry) | Location::Value(entry) => {
            let entry = view.entries[entry].pasted.as_ref()?;
            (entry.name.start..entry.value.end.max(entry.name.end), &["&"])
        }
        Location::Link => return None,
    };
    for separator in separators {
        if text[..part.start].ends_with(separator) {
            return Some(part.start - separator.len()..part.end);
        }
    }
    for separator in separators {
        if text[part.end..].starts_with(separator) {
            return Some(part.start..part.end + separator.len());
        }
    }
    Some(part)
}

fn encoded(value: &str) -> String {
    let mut text = String::new();
    encode(value, &mut text);
    text
}
