//! Reads macro calls without the macro, by the reader of the command line.

use auth_link_rules::Draft;
use proc_macro2::{TokenStream, TokenTree};

#[allow(dead_code)] // The tests read no positions.
#[path = "../../auth-link-cli/src/call_reader.rs"]
mod reader;

/// Returns the draft of `name = value, …`; `None` if only the macro can read it.
pub(crate) fn draft(call: &str) -> Option<Draft> {
    reader::read(call.parse().expect("tokens")).ok().map(|call| call.draft)
}

/// Returns the tokens of the first `auth_link!(…)` in a file.
pub(crate) fn call(file: &str) -> TokenStream {
    first_call(file.parse().expect("tokens")).unwrap_or_else(|| panic!("no macro call in {file}"))
}

fn first_call(tokens: TokenStream) -> Option<TokenStream> {
    let tokens: Vec<_> = tokens.into_iter().collect();
    tokens.iter().enumerate().find_map(|(index, token)| {
        let TokenTree::Group(group) = token else { return None };
        match &tokens[index.saturating_sub(2)..index] {
            [TokenTree::Ident(name), TokenTree::Punct(bang)] if *name == "auth_link" && bang.as_char() == '!' => {
                Some(group.stream())
            }
            _ => first_call(group.stream()),
        }
    })
}
