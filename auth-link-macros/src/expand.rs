//! Writes the expansion of a macro call: a constant, or one `compile_error!` for each error.

use auth_link_rules::TRUELAYER;
use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};

use crate::call_syntax::{CallSyntax, MacroError};
use crate::check::Checked;
use crate::editor;
use crate::region::Region;

/// Writes the expansion of a call.
pub(crate) fn expand(syntax: &CallSyntax, checked: Result<Checked, Vec<MacroError>>) -> TokenStream {
    let facade = syntax.facade.clone().unwrap_or_else(|| quote!(::auth_link));
    let words = syntax.editor_words.as_ref().map(|words| editor::words(&facade, words));
    let texts = syntax.runtime_values.iter().map(|(_, value)| {
        // The user's span: rustc marks a value of a wrong type in the call.
        let borrowed = quote_spanned!(value.span().resolved_at(Span::mixed_site())=> &#value);
        quote!(#facade::__private::text(#borrowed))
    });
    let (link, is_valid, errors) = match checked {
        Ok(Checked { link, warnings, files }) => {
            let variables = syntax.variables.iter().map(|variable| track_variable(variable));
            let warnings = warnings.iter().map(|(rule, error)| warning(rule, error));
            let (text, pkce) = (&link.text, link.pkce);
            let files = quote!(#(const _: &[::core::primitive::u8] = ::core::include_bytes!(#files);)*);
            (
                quote!(#(#variables)* #files #(#warnings)* #facade::__private::checked(#text, #pkce)),
                true,
                TokenStream::new(),
            )
        }
        Err(errors) => {
            // A value of the right type: rustc adds no error of its own.
            let placeholder = TRUELAYER[0];
            let errors = errors.iter().map(|error| compile_error(&facade, error)).collect();
            (quote!(#facade::__private::checked(#placeholder, true)), false, errors)
        }
    };
    if !syntax.has_braces {
        return quote!(const { #words #errors #link });
    }
    // One statement for each value: its temporary values end there, and do not live across an `await` of the next value. In a
    // call with errors the values are still evaluated, so that rustc does not report unused variables.
    let names = syntax.runtime_values.iter().map(|(name, _)| name);
    let values: Vec<_> = (0..syntax.runtime_values.len())
        .map(|index| Ident::new(&format!("__auth_link_value{index}"), Span::mixed_site()))
        .collect();
    let filled = if is_valid { quote!(#((#names, #values)),*) } else { TokenStream::new() };
    let values = values.iter().map(|value| if is_valid { quote!(#value) } else { quote!(_) });
    quote!({
        #words
        #errors
        #(let #values = #texts;)*
        #facade::__private::fill(&const { #link }, &[#filled])
    })
}

/// Writes an item that makes cargo compile the crate again when the variable changes.
fn track_variable(variable: &str) -> TokenStream {
    quote!(
        const _: ::core::option::Option<&::core::primitive::str> = ::core::option_env!(#variable);
    )
}

/// Writes a `compile_error!` that rustc reports on the region of the error.
fn compile_error(facade: &TokenStream, error: &MacroError) -> TokenStream {
    let Region { first, last } = error.region;
    let mut tokens = quote_spanned!(first=> ::core::compile_error!);
    let mut message = Literal::string(&error.message);
    message.set_span(last);
    let mut group = Group::new(Delimiter::Brace, TokenTree::from(message).into());
    group.set_span(last);
    group.to_tokens(&mut tokens);
    if error.hide_in_editor { quote!(#facade::__private::hide_in_editor! { #tokens }) } else { tokens }
}

/// Writes a use of a deprecated item: the only way on stable Rust for a macro to make rustc warn.
fn warning(rule: &str, error: &MacroError) -> TokenStream {
    let name: String = rule.split('_').map(capitalized).collect();
    let item = Ident::new(&name, Span::mixed_site());
    let used = Ident::new(&name, error.region.first.resolved_at(Span::mixed_site()));
    let note = &error.message;
    quote!({ #[deprecated(note = #note)] struct #item; let _ = #used; })
}

fn capitalized(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}
