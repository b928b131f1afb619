//! The rule of a link's length.

use crate::diagnostic::{Finding, Location};
use crate::draft::{MAX_LINK_LEN, Text, Value};
use crate::view::DraftView;

/// Servers and browsers do not accept longer addresses (RFC 9110 §4.1 recommends to support 8,000 bytes). No other rule checks such
/// a link.
pub(crate) fn oversized_link(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let (mut total, mut longest) = (view.pasted.map_or(0, |pasted| pasted.text.len()), (0, Location::Link));
    if view.pasted.is_some() {
        longest.1 = Location::Pasted(0, total);
    }
    for (index, entry) in view.entries.iter().enumerate() {
        if entry.pasted.is_some() {
            continue;
        }
        let len = len(&entry.value);
        total += entry.name.len() + len;
        if len > longest.0 {
            longest = (len, Location::Value(index));
        }
    }
    if total > MAX_LINK_LEN {
        let message = format!("the link has at least {total} bytes, more than the {MAX_LINK_LEN} that can be sent");
        findings.push(Finding::new(longest.1, message).advise("shorten its longest value"));
    }
}

fn len(value: &Value) -> usize {
    let len = |text: &Text| match text {
        Text::Quoted(text) | Text::Word(text) => text.len() + 1,
        Text::Invalid => 0,
    };
    match value {
        Value::Text(text) => len(text),
        Value::List(items) => {
            let mut total = 0;
            for item in items {
                total += len(item);
            }
            total
        }
        Value::Runtime => 0,
    }
}
