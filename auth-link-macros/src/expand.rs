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
    let facade = &syntax.facade;
    let words = syntax.editor_words.as_ref().map(|words| editor::words(facade, words));
    match checked {
        Ok(Checked { link, warnings, files }) => {
            let constant = constant(facade, &link.text, link.is_form_post, link.pkce);
            if syntax.has_braces {
                let values: Vec<_> = (0..syntax.runtime_values.len())
                    .map(|index| Ident::new(&format!("__auth_link_value{index}"), Span::mixed_site()))
                    .collect();
                let names = syntax.runtime_values.iter().map(|(name, _)| name);
                let texts = texts(syntax);
                let items = items(syntax, &warnings, &files);
                // One statement for each value: its temporary values end there, and do not live across an `await` of the next.
                return quote!({
                    #words
                    #items
                    #(let #values = #texts;)*
                    #facade::__private::fill(&#constant, &[#((#names, #values)),*])
                });
            }
            // The most common call: few tokens, no block and no function call, which cost the compiler time.
            if words.is_none() && warnings.is_empty() && files.is_empty() && syntax.variables.is_empty() {
                return constant;
            }
            let items = items(syntax, &warnings, &files);
            quote!({ #words #items #constant })
        }
        Err(errors) => {
            let errors: TokenStream = errors.iter().map(|error| compile_error(facade, error)).collect();
            // A value of the right type: rustc adds no error of its own.
            let placeholder = constant(facade, TRUELAYER[0], false, true);
            if !syntax.has_braces {
                return quote!({ #words #errors #placeholder });
            }
            // The values are still evaluated, so that rustc does not report unused variables.
            let texts = texts(syntax);
            quote!({ #words #errors #(let _ = #texts;)* #facade::__private::fill(&#placeholder, &[]) })
        }
    }
}

/// Writes a link whose text is a constant. The variant says whether the browser posts a form, so that no callback searches for it.
fn constant(facade: &Ident, text: &str, is_form_post: bool, pkce: bool) -> TokenStream {
    let variant = Ident::new(if is_form_post { "FixedForm" } else { "Fixed" }, Span::call_site());
    quote!(#facade::AuthLink { text: #facade::__private::#variant(#text), pkce: #pkce })
}

/// Writes the text of each value in braces.
fn texts(syntax: &CallSyntax) -> impl Iterator<Item = TokenStream> {
    syntax.runtime_values.iter().map(|(_, value)| {
        // The user's position, in one macro context, for every token around the value: rustc marks a value of a wrong type there.
        let span = value.span().resolved_at(syntax.facade.span());
        let (mut facade, mut value) = (syntax.facade.clone(), value.clone());
        facade.set_span(facade.span().located_at(span));
        value.set_span(span);
        quote_spanned!(span=> #facade::__private::text(&#value))
    })
}

/// Writes the items that track variables and files, and those that warn.
fn items(syntax: &CallSyntax, warnings: &[(&str, MacroError)], files: &[String]) -> TokenStream {
    let variables = syntax.variables.iter().map(|variable| track_variable(variable));
    let warnings = warnings.iter().map(|(rule, error)| warning(rule, error));
    quote! {
        #(#variables)*
        #(const _: &[::core::primitive::u8] = ::core::include_bytes!(#files);)*
        #(#warnings)*
    }
}

/// Writes an item that makes cargo compile the crate again when the variable changes.
fn track_variable(variable: &str) -> TokenStream {
    quote!(
        const _: ::core::option::Option<&::core::primitive::str> = ::core::option_env!(#variable);
    )
}

/// Writes a `compile_error!` that rustc reports on the region of the error.
fn compile_error(facade: &Ident, error: &MacroError) -> TokenStream {
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
