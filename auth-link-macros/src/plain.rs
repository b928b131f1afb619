//! Reads the plain fields at the start of a call: nearly all fields of nearly every call.
//!
//! A macro is built without optimization, in which syn's parser costs more than all else that the macro does. The functions here read
//! only tokens without errors, escapes and groups of `macro_rules`, in the way in which the parser would read them. They leave all
//! others to the parser.

use auth_link_rules::{Entry, Text, Value};
use proc_macro2::{Delimiter, Group, Ident, Literal, Spacing, TokenTree};

use crate::call_syntax::{FieldRegions, PastedLink};
use crate::region::Region;

/// Reads a pasted link and its comma; returns the tokens after them.
pub(crate) fn pasted_link(tokens: &[TokenTree]) -> Option<(PastedLink, &[TokenTree])> {
    let [TokenTree::Literal(literal), rest @ ..] = tokens else { return None };
    let rest = after_comma(rest)?;
    Some((PastedLink { text: text(literal)?, literal: literal.clone() }, rest))
}

/// Reads a field and its comma; returns the tokens after them.
pub(crate) fn field(tokens: &[TokenTree]) -> Option<((Entry, FieldRegions), &[TokenTree])> {
    let [TokenTree::Ident(name), TokenTree::Punct(equals), value, rest @ ..] = tokens else { return None };
    if equals.as_char() != '=' || equals.spacing() != Spacing::Alone {
        return None;
    }
    let rest = after_comma(rest)?;
    let (value, items) = match value {
        TokenTree::Group(group) => {
            let (texts, regions) = list(group)?;
            (Value::List(texts), FieldRegions { name: name.span().into(), value: group.span().into(), items: regions })
        }
        token => {
            let (text, region) = word_or_text(token)?;
            (Value::Text(text), FieldRegions { name: name.span().into(), value: region, items: Vec::new() })
        }
    };
    Some(((Entry::new(word(name)?, false, value), items), rest))
}

/// Reads the items of a list.
fn list(group: &Group) -> Option<(Vec<Text>, Vec<Region>)> {
    if group.delimiter() != Delimiter::Bracket {
        return None;
    }
    let (mut texts, mut regions) = (Vec::with_capacity(8), Vec::with_capacity(8));
    let mut is_item = true;
    for token in group.stream() {
        if is_item {
            let (text, region) = word_or_text(&token)?;
            texts.push(text);
            regions.push(region);
        } else if !is_comma(&token) {
            return None;
        }
        is_item = !is_item;
    }
    Some((texts, regions))
}

fn word_or_text(token: &TokenTree) -> Option<(Text, Region)> {
    match token {
        TokenTree::Ident(ident) => Some((Text::Word(word(ident)?), ident.span().into())),
        TokenTree::Literal(literal) => Some((Text::Quoted(text(literal)?), literal.span().into())),
        TokenTree::Group(_) | TokenTree::Punct(_) => None,
    }
}

/// Returns the tokens after the comma; `None` if another token comes next.
fn after_comma(tokens: &[TokenTree]) -> Option<&[TokenTree]> {
    match tokens {
        [] => Some(tokens),
        [comma, rest @ ..] if is_comma(comma) => Some(rest),
        _ => None,
    }
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(sign) if sign.as_char() == ',')
}

/// Returns the word; `None` for a raw identifier.
fn word(ident: &Ident) -> Option<String> {
    let word = ident.to_string();
    if word.as_bytes().contains(&b'#') { None } else { Some(word) }
}

/// Returns the text of a literal in quotes without escapes.
fn text(literal: &Literal) -> Option<String> {
    let source = literal.to_string();
    match source.as_bytes() {
        // A carriage return is part of a line break.
        [b'"', text @ .., b'"'] if !text.contains(&b'\\') && !text.contains(&b'\r') => {
            source.get(1..source.len() - 1).map(str::to_owned)
        }
        _ => None,
    }
}
