//! `auth_link!` without its checks: it parses the same tokens with syn and expands to the same constant.
#![forbid(unsafe_code)]

use std::fmt::Write;

use proc_macro::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Ident, LitStr, Token, bracketed, parse_macro_input};

/// Expands to the link of the fields, in their order.
#[proc_macro]
pub fn bare_link(input: TokenStream) -> TokenStream {
    let Fields(fields) = parse_macro_input!(input);
    let mut text = "https://auth.truelayer.com/".to_owned();
    for (index, Field { name, value }) in fields.iter().enumerate() {
        text.push(if index == 0 { '?' } else { '&' });
        text.push_str(name);
        text.push('=');
        encode(value, &mut text);
    }
    quote!(::auth_link::AuthLink { text: ::auth_link::__private::LinkText::Fixed(#text), pkce: true }).into()
}

struct Fields(Punctuated<Field, Token![,]>);

impl Parse for Fields {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Punctuated::parse_terminated(input).map(Self)
    }
}

struct Field {
    name: String,
    value: String,
}

impl Parse for Field {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = Ident::parse_any(input)?.to_string();
        input.parse::<Token![=]>()?;
        let value = if input.peek(LitStr) {
            input.parse::<LitStr>()?.value()
        } else if input.peek(syn::token::Bracket) {
            let content;
            bracketed!(content in input);
            let mut value = String::new();
            for word in Punctuated::<Ident, Token![,]>::parse_terminated_with(&content, Ident::parse_any)? {
                if !value.is_empty() {
                    value.push(' ');
                }
                value.push_str(&canonical(&name, word.to_string()));
            }
            value
        } else {
            canonical(&name, Ident::parse_any(input)?.to_string())
        };
        Ok(Self { name, value })
    }
}

/// Returns the value of a word: a provider id is written with `_` for `-`.
fn canonical(field: &str, word: String) -> String {
    match field {
        "providers" | "provider_id" | "disable_providers" => word.replace('_', "-"),
        _ => word,
    }
}

/// Appends the percent-encoded value.
fn encode(value: &str, text: &mut String) {
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => text.push(char::from(byte)),
            _ => write!(text, "%{byte:02X}").expect("writing to a string cannot fail"),
        }
    }
}
