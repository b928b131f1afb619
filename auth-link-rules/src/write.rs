//! The text of a checked link.

use crate::draft::{Text, Value};
use crate::text::{Distinct, join};
use crate::uri::origin::without_default_port;
use crate::uri::percent::encode;
use crate::view::DraftView;
use crate::vocabulary::environment::TRUELAYER;
use crate::vocabulary::parameter::{DEFAULT_RESPONSE_MODE, Param};

/// Writes the link: the application's parameters in the order of TrueLayer's page, then the user's.
pub(crate) fn write(view: &DraftView<'_>) -> String {
    // More than most links have, so that the text does not grow.
    let mut text = String::with_capacity(512);
    text.push_str(&origin(view));
    text.push_str("/?");
    let mut is_unknown_written = false;
    for param in Param::ALL {
        if !param.is_sent() {
            break;
        }
        if param.is_per_user() && !is_unknown_written {
            is_unknown_written = true;
            write_unknown(view, &mut text);
        }
        let entry = view.index(param).map(|index| &view.entries[index]);
        let is_known = entry.is_some_and(|entry| !matches!(entry.value, Value::Runtime));
        if !is_known && param != Param::ResponseType {
            continue;
        }
        if param == Param::ResponseMode && view.single(param).is_some_and(|word| word.text == DEFAULT_RESPONSE_MODE) {
            continue;
        }
        text.push_str(param.name());
        text.push('=');
        if param == Param::ResponseType {
            text.push_str("code");
        } else if param.is_list() {
            let is_pasted = entry.is_some_and(|entry| entry.pasted.is_some());
            if param.takes_providers() {
                write_list(view.provider_refs(param).iter().map(|reference| &*reference.text), is_pasted, &mut text);
            } else {
                write_list(view.words(param).iter().map(|word| word.text), is_pasted, &mut text);
            }
        } else if let Some(word) = view.single(param) {
            encode(&word.canonical(param), &mut text);
        }
        text.push('&');
    }
    text.pop();
    text
}

/// Returns the origin of a valid link; empty if values that decide on it are known only at run time.
pub(crate) fn origin(view: &DraftView<'_>) -> String {
    match view.single(Param::AuthServer) {
        Some(server) => without_default_port(server.text.strip_suffix('/').unwrap_or(server.text)).to_owned(),
        None => view.is_sandbox().map_or_else(String::new, |sandbox| TRUELAYER[usize::from(sandbox)].to_owned()),
    }
}

/// Writes a list. A duplicate in a pasted list is written once.
fn write_list<'w>(words: impl Iterator<Item = &'w str>, is_pasted: bool, text: &mut String) {
    let mut seen = Distinct::default();
    let mut is_first = true;
    for word in words {
        if is_pasted && !seen.insert(word) {
            continue;
        }
        if !is_first {
            text.push_str("%20");
        }
        is_first = false;
        encode(word, text);
    }
}

/// Writes the parameters that this crate does not know, in their order.
fn write_unknown(view: &DraftView<'_>, text: &mut String) {
    let mut seen = Distinct::default();
    for (_, entry) in view.unknown() {
        let is_repeated = entry.pair().is_some_and(|pair| !seen.insert_pair(pair));
        if entry.pasted.is_some() && (entry.is_dropped() || is_repeated) {
            continue;
        }
        encode(&entry.name, text);
        text.push('=');
        encode(&unchanged(&entry.value), text);
        text.push('&');
    }
}

fn unchanged(value: &Value) -> String {
    let plain = |text: &Text| match text {
        Text::Quoted(text) | Text::Word(text) => text.clone(),
        Text::Invalid => String::new(),
    };
    match value {
        Value::Text(text) => plain(text),
        Value::List(items) => {
            let mut words = Vec::new();
            for item in items {
                words.push(plain(item));
            }
            join(&words, " ")
        }
        Value::Runtime => String::new(),
    }
}
