//! The text of a macro call: no panic, and the expansion is one expression, for a compiler and for an editor.
#![no_main]

// The macro's own files: a proc-macro crate exports nothing else.
#[path = "../../../../auth-link-macros/src/call_syntax.rs"]
mod call_syntax;
#[path = "../../../../auth-link-macros/src/check.rs"]
mod check;
#[path = "../../../../auth-link-macros/src/cursor.rs"]
mod cursor;
#[path = "../../../../auth-link-macros/src/editor.rs"]
mod editor;
#[path = "../../../../auth-link-macros/src/expand.rs"]
mod expand;
#[path = "../../../../auth-link-macros/src/parse.rs"]
mod parse;
#[path = "../../../../auth-link-macros/src/plain.rs"]
mod plain;
#[path = "../../../../auth-link-macros/src/region.rs"]
mod region;
#[path = "../../../../auth-link-macros/src/source.rs"]
mod source;
#[path = "../../../../auth-link-macros/src/value.rs"]
mod value;

use editor::Reader;
use libfuzzer_sys::fuzz_target;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Returns whether each pair of braces holds an expression. The macro leaves other contents to rustc.
fn has_valid_braces(tokens: TokenStream) -> bool {
    tokens.into_iter().all(|token| match token {
        TokenTree::Group(group) => {
            let is_code = || syn::parse2::<syn::Expr>(group.stream()).is_ok();
            (group.delimiter() != Delimiter::Brace || is_code()) && has_valid_braces(group.stream())
        }
        _ => true,
    })
}

fuzz_target!(|text: &str| {
    // The macro of the facade passes `$crate` before the call.
    let Ok(tokens) = format!("auth_link {text}").parse::<TokenStream>() else { return };
    for reader in [Reader::Compiler, Reader::Editor] {
        let mut link = parse::parse(tokens.clone(), reader);
        let checked = check::check(&mut link);
        let expansion = expand::expand(&link, checked);
        if has_valid_braces(tokens.clone()) {
            assert!(syn::parse2::<syn::Expr>(expansion.clone()).is_ok(), "{expansion}");
        }
    }
});
