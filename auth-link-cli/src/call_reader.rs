//! Reads the tokens of `auth_link!` calls. The tests of the facade include this file, so it imports no other of this crate.

use std::ops::Range;

use auth_link_rules::{Draft, Entry, Text, Value};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The fields of one macro call and their positions in the text, in bytes.
#[derive(Default)]
pub(crate) struct CallFields {
    pub(crate) draft: Draft,
    /// The text of the pasted link at the start, and the position of its literal.
    pub(crate) pasted: Option<(String, Range<usize>)>,
    /// The number of entries in the draft that come from the pasted link.
    pub(crate) pasted_entries: usize,
    /// The positions of the other entries, in order.
    pub(crate) ranges: Vec<FieldRanges>,
}

/// The position of a field.
#[derive(Debug)]
pub(crate) struct FieldRanges {
    pub(crate) name: Range<usize>,
    pub(crate) value: Range<usize>,
    /// The items of a list.
    pub(crate) items: Vec<Range<usize>>,
}

/// Tokens that only the macro can read.
pub(crate) struct Unreadable {
    /// The field, if the tokens are its value.
    pub(crate) field: Option<String>,
    pub(crate) tokens: Vec<TokenTree>,
}

impl Unreadable {
    fn field(tokens: &[TokenTree]) -> Self {
        Self { field: None, tokens: tokens.to_vec() }
    }

    fn value(field: &str, tokens: &[TokenTree]) -> Self {
        Self { field: Some(field.to_owned()), tokens: tokens.to_vec() }
    }
}

/// Reads `name = value, …`. Braces become a value that is known only at run time.
///
/// # Errors
///
/// Returns the tokens of the first field that is not of this form, or whose value is neither text, a word, a list nor braces.
pub(crate) fn read(fields: TokenStream) -> Result<CallFields, Unreadable> {
    let mut call = CallFields::default();
    for (index, field) in split(fields).iter().enumerate() {
        if let (0, [link @ TokenTree::Literal(_)]) = (index, &field[..]) {
            let Some(Text::Quoted(text)) = text(link) else { return Err(Unreadable::field(field)) };
            call.draft.paste(&text);
            call.pasted = Some((text, link.span().byte_range()));
            call.pasted_entries = call.draft.entries().len();
            continue;
        }
        let (name, value) = match &field[..] {
            [name, TokenTree::Punct(equals), value @ ..] if equals.as_char() == '=' && !value.is_empty() => {
                (name, value)
            }
            _ => return Err(Unreadable::field(field)),
        };
        let (quoted, field_name) = match text(name) {
            Some(Text::Quoted(name)) => (true, name),
            Some(Text::Word(name)) => (false, name),
            _ => return Err(Unreadable::field(field)),
        };
        let range = value[0].span().byte_range();
        let (value, items) = read_value(&field_name, value)?;
        call.ranges.push(FieldRanges { name: name.span().byte_range(), value: range, items });
        call.draft.push(Entry::new(field_name, quoted, value));
    }
    Ok(call)
}

/// Reads a value and the positions of its items.
fn read_value(field: &str, value: &[TokenTree]) -> Result<(Value, Vec<Range<usize>>), Unreadable> {
    match value {
        [TokenTree::Group(list)] if list.delimiter() == Delimiter::Bracket => {
            let (mut items, mut ranges) = (Vec::new(), Vec::new());
            for item in split(list.stream()) {
                let [token] = &item[..] else { return Err(Unreadable::value(field, &item)) };
                items.push(text(token).ok_or_else(|| Unreadable::field(&item))?);
                ranges.push(token.span().byte_range());
            }
            Ok((Value::List(items), ranges))
        }
        [TokenTree::Group(braces)] if braces.delimiter() == Delimiter::Brace => Ok((Value::Runtime, Vec::new())),
        [token] => match text(token) {
            Some(text) => Ok((Value::Text(text), Vec::new())),
            None => Err(Unreadable::value(field, value)),
        },
        _ => Err(Unreadable::value(field, value)),
    }
}

/// Splits tokens at their commas.
fn split(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
    let mut fields: Vec<_> = tokens.split(is_comma).map(<[_]>::to_vec).collect();
    fields.pop_if(|last| last.is_empty());
    fields
}

/// Returns the word or the text in quotes that a token is.
pub(crate) fn text(token: &TokenTree) -> Option<Text> {
    match token {
        TokenTree::Ident(word) => Some(Text::Word(word.to_string().trim_start_matches("r#").to_owned())),
        TokenTree::Literal(literal) => match syn::Lit::new(literal.clone()) {
            syn::Lit::Str(text) if text.suffix().is_empty() => Some(Text::Quoted(text.value())),
            _ => None,
        },
        _ => None,
    }
}
