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
            Text::Unreadable => return None,
        };
        let value = match value {
            [TokenTree::Group(list)] if list.delimiter() == Delimiter::Bracket => {
                let items = split(list.stream()).into_iter().map(|item| match &item[..] {
                    [item] => text(item),
                    _ => None,
                });
                Value::List(items.collect::<Option<_>>()?)
            }
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
    let mut tokens = file.parse::<TokenStream>().expect("tokens").into_iter();
    while let Some(token) = tokens.next() {
        if token.to_string() == "auth_link"
            && tokens.next().is_some_and(|token| token.to_string() == "!")
            && let Some(TokenTree::Group(call)) = tokens.next()
        {
            return call.stream();
        }
    }
    panic!("no macro call in {file}");
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
