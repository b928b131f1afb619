//! The procedural macro of [`auth-link`](https://docs.rs/auth-link). Applications depend on that crate, which documents the macro.
#![forbid(unsafe_code)]

mod call_syntax;
#[cfg(feature = "catalogue")]
mod catalogue;
mod check;
mod cursor;
mod editor;
mod expand;
mod parse;
mod plain;
#[cfg(test)]
mod properties;
mod region;
mod source;
#[cfg(test)]
mod tests;
mod value;

use proc_macro::TokenStream;

use crate::editor::Reader;

/// Builds a TrueLayer auth link, checked at compile time. The crate `auth-link` documents it, as `auth_link::auth_link!`.
#[proc_macro]
pub fn auth_link(input: TokenStream) -> TokenStream {
    expand_call(input.into(), Reader::Compiler).into()
}

/// Builds the same link for an editor. The facade exports this macro in place of the other if rust-analyzer reads it.
///
/// The expansion has more tokens, which help an editor and would only cost a compiler time.
#[doc(hidden)]
#[proc_macro]
pub fn auth_link_in_editor(input: TokenStream) -> TokenStream {
    expand_call(input.into(), Reader::Editor).into()
}

/// Expands a macro call.
fn expand_call(input: proc_macro2::TokenStream, reader: Reader) -> proc_macro2::TokenStream {
    let mut link = parse::parse(input, reader);
    let checked = check::check(&mut link);
    expand::expand(&link, checked)
}
