//! The macro of [`auth-link`](https://docs.rs/auth-link), which documents it. Applications depend on that crate.
#![forbid(unsafe_code)]

mod call_syntax;
#[cfg(feature = "catalogue")]
mod catalogue;
mod check;
mod cursor;
mod editor;
mod expand;
mod parse;
#[cfg(test)]
mod properties;
mod region;
#[cfg(test)]
mod tests;
mod value;

use proc_macro::TokenStream;

use crate::editor::Reader;

/// A TrueLayer auth link, checked when compiling. Documented where it is re-exported, as `auth_link::auth_link!`.
#[proc_macro]
pub fn auth_link(input: TokenStream) -> TokenStream {
    expansion(input.into(), Reader::Compiler).into()
}

/// The same for an editor, to which the facade gives it in place of the other: a compiler has no use for what only an editor reads.
#[doc(hidden)]
#[proc_macro]
pub fn auth_link_in_editor(input: TokenStream) -> TokenStream {
    expansion(input.into(), Reader::Editor).into()
}

fn expansion(input: proc_macro2::TokenStream, reader: Reader) -> proc_macro2::TokenStream {
    let mut link = parse::parse(input, reader);
    let checked = check::check(&mut link);
    expand::expand(&link, checked)
}
