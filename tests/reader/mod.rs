//! Reads the fields of a macro call from its text, without the macro: what `name = value` says, and nothing more.

use auth_link_rules::{Draft, Entry, Text, Value};
use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The draft of `name = value, …`; `None` for what only the macro can judge.
pub(crate) fn draft(call: &str) -> Option<Draft> {
    let mut draft = Draft::default();
    for (index, field) in split(call.parse().expect("tokens")).into_iter().enumerate() {
        if let (0, [link]) = (index, &field[..]) {
            let Some(Text::Quoted(link)) = text(link) else { return None };
            draft.paste(&link);
            continue;
        }
        let (name, value) = match &field[..] {
            [name, TokenTree::Punct(equals), value @ ..]
                if equals.as_char() == '=' && equals.spacing() == Spacing::Alone =>
            {
                (name, value)
            }
            _ => return None,
        };
        let (name, quoted) = match text(name)? {
            Text::Quoted(name) => (name, true),
            Text::Word(name) => (name, false),
            Text::Invalid => return None,
        };
        let value = match value {
            [TokenTree::Group(list)] if list.delimiter() == Delimiter::Bracket => {
                let items = split(list.stream()).into_iter().map(|item| match &item[..] {
                    [item] => text(item),
                    _ => None,
                });
                Value::List(items.collect::<Option<_>>()?)
            }
            [TokenTree::Group(braces)] if braces.delimiter() == Delimiter::Brace => Value::Runtime,
            [value] => Value::Text(text(value)?),
            _ => return None,
        };
        draft.push(Entry::new(name, quoted, value));
    }
    Some(draft)
}

/// The tokens of the first `auth_link!(…)` in a file.
#[allow(dead_code)] // of the tests that share this, one reads files
pub(crate) fn call(file: &str) -> TokenStream {
    find(file.parse().expect("tokens")).unwrap_or_else(|| panic!("no macro call in {file}"))
}

fn find(tokens: TokenStream) -> Option<TokenStream> {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let is = |token: &TokenTree, text: &str| token.to_string() == text;
    let here = tokens.windows(3).find_map(|window| match window {
        [name, bang, TokenTree::Group(call)] if is(name, "auth_link") && is(bang, "!") => Some(call.stream()),
        _ => None,
    });
    let inside = || {
        tokens.iter().find_map(|token| if let TokenTree::Group(group) = token { find(group.stream()) } else { None })
    };
    here.or_else(inside)
}

fn split(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
    let mut fields: Vec<_> = tokens.split(is_comma).map(<[_]>::to_vec).collect();
    fields.pop_if(|last| last.is_empty());
    fields
}

fn text(token: &TokenTree) -> Option<Text> {
    match token {
        TokenTree::Ident(word) => Some(Text::Word(word.to_string())),
        TokenTree::Literal(literal) => match syn::Lit::new(literal.clone()) {
            syn::Lit::Str(text) => Some(Text::Quoted(text.value())),
            _ => None,
        },
        _ => None,
    }
}
