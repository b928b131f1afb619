//! The macro of [`auth-link`](https://docs.rs/auth-link), which documents it. Applications depend on that crate.
#![forbid(unsafe_code)]

mod check;
mod expand;
mod syntax;

use proc_macro::TokenStream;

/// A TrueLayer auth link, checked when compiling. Documented where it is re-exported, as `auth_link::auth_link!`.
#[proc_macro]
pub fn auth_link(input: TokenStream) -> TokenStream {
    let link = syntax::parse(input.into());
    let checked = check::check(&link);
    expand::expand(&link, checked).into()
}
