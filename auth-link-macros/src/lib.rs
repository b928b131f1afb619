//! The macro of [`auth-link`](https://docs.rs/auth-link), which documents it. Applications depend on that crate.
#![forbid(unsafe_code)]

mod assist;
#[cfg(feature = "catalogue")]
mod catalogue;
mod check;
mod cursor;
mod expand;
mod region;
mod syntax;
#[cfg(test)]
mod tests;
mod value;

use proc_macro::TokenStream;

/// A TrueLayer auth link, checked when compiling. Documented where it is re-exported, as `auth_link::auth_link!`.
#[proc_macro]
pub fn auth_link(input: TokenStream) -> TokenStream {
    expansion(input.into()).into()
}

fn expansion(input: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    let link = syntax::parse(input);
    let checked = check::check(&link);
    expand::expand(&link, checked)
}
