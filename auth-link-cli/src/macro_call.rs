//! `auth_link!` calls: writes a call from the fields of a link, and reads the calls of Rust code.

use std::ops::Range;

use auth_link_rules::{Diagnostic, Draft, Entry, Location, Param, Text, Value, to_macro_syntax};
use proc_macro2::{LexError, TokenStream, TokenTree};

use crate::call_reader::{self, FieldRanges, Unreadable, text};
use crate::call_scanner::{UnclosedCall, calls as scan};
use crate::output::Failure;
use crate::redact::{Redacted, is_secret};

/// The width of a line of a call, in characters.
const WIDTH: usize = 100;

const WRITE_THE_TEXT: &str = "replace it with the text itself";

/// Writes the call with these fields.
pub(crate) fn write(entries: &[Entry]) -> String {
    let mut text = "auth_link!(\n".to_owned();
    for Entry { name, quoted, value, .. } in entries {
        let param = Param::from_name(name).filter(|_| !quoted);
        let words: Vec<_> = match value {
            Value::Text(text) => vec![text],
            Value::List(items) => items.iter().collect(),
            Value::Runtime => Vec::new(),
        };
        let word = |text: &Text| match text {
            Text::Quoted(text) | Text::Word(text) => {
                param.map_or_else(|| format!("{text:?}"), |param| to_macro_syntax(param, text))
            }
            Text::Invalid => "\"\"".to_owned(),
        };
        let words: Vec<_> = words.into_iter().map(word).collect();
        let name = if *quoted { format!("{name:?}") } else { name.clone() };
        let line = match value {
            Value::List(_) => format!("    {name} = [{}],\n", words.join(", ")),
            _ => format!("    {name} = {},\n", words.join(" ")),
        };
        if matches!(value, Value::List(_)) && line.chars().count() > WIDTH {
            text.extend(["    ", &name, " = [\n"]);
            for word in &words {
                text.extend(["        ", word, ",\n"]);
            }
            text.push_str("    ],\n");
        } else {
            text += &line;
        }
    }
    text + ")"
}

/// A call in Rust code.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) draft: Draft,
    /// The range of the call in its text, from `auth_link` to the closing bracket. All other ranges begin with the call.
    pub(crate) place: Range<usize>,
    /// The range of `auth_link!`.
    head: Range<usize>,
    /// The range of the pasted link, and whether its literal has no escapes.
    pasted: Option<(Range<usize>, bool)>,
    /// The number of entries of the draft that come from the pasted link.
    from_link: usize,
    fields: Vec<FieldRanges>,
    /// Each text in quotes: its range and its value.
    literals: Vec<(Range<usize>, String)>,
}

impl Call {
    /// Returns the range of the diagnostic in the call.
    pub(crate) fn range(&self, diagnostic: &Diagnostic) -> Range<usize> {
        if let Some(((literal, is_plain), range)) = self.pasted.as_ref().zip(diagnostic.range()) {
            let start = literal.start + 1;
            return if *is_plain { start + range.start..start + range.end } else { literal.clone() };
        }
        let location = diagnostic.location();
        let field = location.entry().and_then(|entry| self.fields.get(entry.checked_sub(self.from_link)?));
        let range = field.map(|field| match location {
            Location::Name(_) => &field.name,
            Location::Item(_, item) => field.items.get(item).unwrap_or(&field.value),
            _ => &field.value,
        });
        range.unwrap_or(&self.head).clone()
    }

    /// Returns the call of `text` without its secrets.
    pub(crate) fn redacted(&self, text: &str) -> Redacted {
        let text = &text[self.place.clone()];
        let entries = self.draft.entries().iter().skip(self.from_link).zip(&self.fields);
        let secret = entries.filter(|(entry, _)| is_secret(&entry.name)).map(|(_, field)| field.value.clone());
        // In a literal with escapes the range of a secret is not known, so the whole text is hidden.
        let is_plain = |(range, value): &&(Range<usize>, String)| text[range.clone()] == format!("\"{value}\"");
        let (plain, other): (Vec<_>, Vec<_>) = self.literals.iter().partition(is_plain);
        let other = other.into_iter().filter(|(_, value)| Redacted::new(value).link() != value);
        let hidden: Vec<_> = secret.chain(other.map(|(range, _)| range.clone())).collect();
        let plain: Vec<_> = plain.into_iter().map(|(range, _)| range.clone()).collect();
        Redacted::from_call(text, &hidden, &plain)
    }
}

/// A call that cannot be read.
#[derive(Debug)]
pub(crate) struct CallError {
    /// Its offset in the text.
    pub(crate) at: usize,
    pub(crate) failure: Failure,
}

/// Reads the calls of `text`, in order; of a text that is not Rust, the calls that are more than `auth_link!(…)`.
///
/// Each call comes with an error if:
///
/// - it is malformed;
/// - it has a value that is known only at compile time or at run time.
pub(crate) fn read(text: &str, is_rust: bool) -> Vec<Result<Call, CallError>> {
    let help = "write the call as it is in the source: `auth_link!(…)`";
    let mut calls = Vec::new();
    for found in scan(text, is_rust) {
        match found {
            Ok(place) if !is_rust && is_mention(&text[place.clone()]) => {}
            Ok(place) => {
                let start = place.start;
                let read = parse(&text[place.clone()], help).map(|call| Call { place, ..call });
                calls.push(read.map_err(|error| CallError { at: start + error.at, ..error }));
            }
            Err(UnclosedCall { at, message }) => {
                calls.push(Err(CallError { at, failure: Failure::new(message, help) }));
            }
        }
    }
    calls
}

/// Returns whether prose mentions the macro: `auth_link!(…)`.
fn is_mention(call: &str) -> bool {
    let inner = call.split_once('!').map_or("", |(_, rest)| rest.trim());
    matches!(inner.get(1..inner.len() - 1).map(str::trim), None | Some("" | "…" | "..."))
}

fn parse(text: &str, help: &str) -> Result<Call, CallError> {
    let tokens: TokenStream = text.parse().map_err(|error: LexError| CallError {
        at: error.span().byte_range().start,
        failure: Failure::new(format!("expected Rust code: {error}"), help),
    })?;
    let tokens: Vec<_> = tokens.into_iter().collect();
    match &tokens[..] {
        [name, bang, TokenTree::Group(group)] => {
            let head = name.span().byte_range().start..bang.span().byte_range().end;
            call(group.stream(), head, text)
        }
        _ => Err(CallError { at: 0, failure: Failure::new("expected `auth_link!(…)`", help) }),
    }
}

fn call(tokens: TokenStream, head: Range<usize>, source: &str) -> Result<Call, CallError> {
    let mut literals = Vec::new();
    collect(tokens.clone(), &mut literals);
    let call = call_reader::read(tokens).map_err(|unreadable| failure(&unreadable))?;
    let own_entries = &call.draft.entries()[call.pasted_entries..];
    // The mail address of a user is left out of the link.
    let is_missing = |entry: &Entry| matches!(entry.value, Value::Runtime) && entry.param() != Some(Param::UserEmail);
    if let Some((entry, ranges)) = own_entries.iter().zip(&call.ranges).find(|(entry, _)| is_missing(entry)) {
        let failure = Failure::new(format!("`{}` in braces is known only at run time", entry.name), WRITE_THE_TEXT);
        return Err(CallError { at: ranges.value.start, failure });
    }
    let pasted = call.pasted.map(|(link, range)| {
        let is_plain = source.get(range.clone()) == Some(&format!("\"{link}\""));
        (range, is_plain)
    });
    let (place, fields) = (0..source.len(), call.ranges);
    Ok(Call { draft: call.draft, place, head, pasted, from_link: call.pasted_entries, fields, literals })
}

/// Collects the texts in quotes among `tokens`.
fn collect(tokens: TokenStream, literals: &mut Vec<(Range<usize>, String)>) {
    for token in tokens {
        if let TokenTree::Group(group) = &token {
            collect(group.stream(), literals);
        } else if let Some(Text::Quoted(value)) = text(&token) {
            literals.push((token.span().byte_range(), value));
        }
    }
}

/// Returns the error for tokens that only a compiler can read.
fn failure(Unreadable { field, tokens }: &Unreadable) -> CallError {
    let failure = match (field, &tokens[..]) {
        (None, tokens) => {
            let found: String = tokens.iter().take(1).map(ToString::to_string).collect();
            Failure::new(format!("expected `name = value`, found `{found}`"), "compile the call for more details")
        }
        (Some(name), [TokenTree::Ident(called), TokenTree::Punct(bang), ..]) if bang.as_char() == '!' => {
            Failure::new(format!("`{called}!` of `{name}` is known only at compile time"), WRITE_THE_TEXT)
        }
        (Some(name), _) => Failure::new(
            format!("expected text in quotes, a word or a list for `{name}`"),
            "compile the call for more details",
        ),
    };
    CallError { at: tokens.first().map_or(0, |token| token.span().byte_range().start), failure }
}
