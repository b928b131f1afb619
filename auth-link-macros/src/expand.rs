//! What a macro call becomes: a constant, or an error on each token at fault.

use auth_link_rules::TRUELAYER;
use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};

use crate::call_syntax::{CallSyntax, MacroError};
use crate::check::Checked;
use crate::editor;
use crate::region::Region;

/// Writes the expansion.
pub(crate) fn expand(syntax: &CallSyntax, checked: Result<Checked, Vec<MacroError>>) -> TokenStream {
    let facade = syntax.facade.clone().unwrap_or_else(|| quote!(::auth_link));
    let words = syntax.editor_words.as_ref().map(|words| editor::words(&facade, words));
    let texts = syntax.runtime_values.iter().map(|(_, value)| {
        // With the user's span, so that what cannot be text is marked in the call.
        let borrowed = quote_spanned!(value.span().resolved_at(Span::mixed_site())=> &#value);
        quote!(#facade::__private::text(#borrowed))
    });
    let (link, known, errors) = match checked {
        Ok(Checked { link, warnings, files }) => {
            let tracked = syntax.variables.iter().map(|variable| tracked(variable));
            let warned = warnings.iter().map(|(rule, fault)| warning(rule, fault));
            let (text, pkce) = (&link.text, link.pkce);
            let files = quote!(#(const _: &[::core::primitive::u8] = ::core::include_bytes!(#files);)*);
            (
                quote!(#(#tracked)* #files #(#warned)* #facade::__private::checked(#text, #pkce)),
                true,
                TokenStream::new(),
            )
        }
        Err(faults) => {
            // A value of the right type, so that rustc has nothing to add.
            let placeholder = TRUELAYER[0];
            let errors = faults.iter().map(|fault| error(&facade, fault)).collect();
            (quote!(#facade::__private::checked(#placeholder, true)), false, errors)
        }
    };
    if !syntax.has_braces {
        return quote!(const { #words #errors #link });
    }
    // One statement a value, so that what it borrows lives no longer, and across no `await` of the next. An expression beside an
    // error is in use all the same.
    let names = syntax.runtime_values.iter().map(|(name, _)| name);
    let values: Vec<_> = (0..syntax.runtime_values.len())
        .map(|index| Ident::new(&format!("__auth_link_value{index}"), Span::mixed_site()))
        .collect();
    let filled = if known { quote!(#((#names, #values)),*) } else { TokenStream::new() };
    let values = values.iter().map(|value| if known { quote!(#value) } else { quote!(_) });
    quote!({
        #words
        #errors
        #(let #values = #texts;)*
        #facade::__private::fill(&const { #link }, &[#filled])
    })
}

/// Has cargo compile again when the variable changes.
fn tracked(variable: &str) -> TokenStream {
    quote!(
        const _: ::core::option::Option<&::core::primitive::str> = ::core::option_env!(#variable);
    )
}

fn error(facade: &TokenStream, fault: &MacroError) -> TokenStream {
    let Region { first, last } = fault.region;
    let mut tokens = quote_spanned!(first=> ::core::compile_error!);
    let mut message = Literal::string(&fault.message);
    message.set_span(last);
    let mut group = Group::new(Delimiter::Brace, TokenTree::from(message).into());
    group.set_span(last);
    group.to_tokens(&mut tokens);
    if fault.hide_in_editor { quote!(#facade::__private::hide_in_editor! { #tokens }) } else { tokens }
}

/// What a proc macro can do on stable to have rustc warn: the use of an item that is deprecated.
fn warning(rule: &str, fault: &MacroError) -> TokenStream {
    let name: String = rule.split('_').map(capitalized).collect();
    let item = Ident::new(&name, Span::mixed_site());
    let used = Ident::new(&name, fault.region.first.resolved_at(Span::mixed_site()));
    let note = &fault.message;
    quote!({ #[deprecated(note = #note)] struct #item; let _ = #used; })
}

fn capitalized(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}
