//! The words of a call for an editor, which completes and documents them and finds their definitions.
//!
//! Each word is written again with its own span, after the name of the module that has the documented item of that name. A hidden
//! `__end` marks the position of a next word. The facade's `words!` turns them into paths. The expansion for a compiler has none
//! of them.
//!
//! rust-analyzer expands a call twice, the second time with an identifier at the cursor, and needs both expansions to agree up to
//! there. The words therefore come first, in the order of the call, even if the call has errors.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::quote;

/// The reader of an expansion.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    Compiler,
    Editor,
}

/// The position of a word, or of a word that could follow.
pub(crate) struct EditorWord {
    /// The module with the words that are possible at this position.
    module: &'static str,
    /// The word and its span; `None` for the position of a next word.
    word: Option<(String, Span)>,
}

impl EditorWord {
    /// Returns the word for a field's name.
    pub(crate) fn of_field(name: &str, span: Span) -> Self {
        Self { module: "field", word: Some((name.to_owned(), span)) }
    }

    /// Returns the word for a value, if the field has a vocabulary.
    pub(crate) fn of_word(field: &str, word: &str, span: Span) -> Option<Self> {
        Some(Self { module: module(field)?, word: Some((word.to_owned(), span)) })
    }

    /// Returns the position after the words of a field, if it has a vocabulary.
    pub(crate) fn after_words(field: &str) -> Option<Self> {
        Some(Self { module: module(field)?, word: None })
    }

    /// Returns the position after all fields.
    pub(crate) fn after_fields() -> Self {
        Self { module: "field", word: None }
    }
}

/// Returns the module of a field's words.
fn module(field: &str) -> Option<&'static str> {
    const SAME_NAME: [&str; 6] =
        ["scope", "providers", "environment", "response_type", "response_mode", "code_challenge_method"];
    match field {
        "provider_id" | "disable_providers" => Some("provider"),
        "language_id" => Some("language"),
        "country_id" => Some("country"),
        "allow" => Some("rule"),
        _ => SAME_NAME.into_iter().find(|module| *module == field),
    }
}

/// Writes the words of a call, for an editor.
pub(crate) fn words(facade: &Ident, editor_words: &[EditorWord]) -> TokenStream {
    // Collected first: to extend a `TokenStream` by one token costs as much as by many.
    let mut paths = Vec::with_capacity(2 * editor_words.len());
    let our_span = Span::mixed_site();
    for EditorWord { module, word } in editor_words {
        let word = match word {
            Some((word, span)) => match identifier(word, *span) {
                Some(word) => word,
                None => continue,
            },
            None => Ident::new("__end", our_span),
        };
        paths.push(TokenTree::Ident(Ident::new(module, our_span)));
        paths.push(TokenTree::Ident(word));
    }
    let paths = Group::new(Delimiter::Brace, TokenStream::from_iter(paths));
    quote!(#facade::__private::words! #paths)
}

/// Returns the word as an identifier, keywords as raw ones; `None` for the keywords that cannot be raw.
fn identifier(word: &str, span: Span) -> Option<Ident> {
    match word {
        "self" | "Self" | "super" | "crate" | "_" => None,
        // `$crate` is one word.
        _ if word.starts_with('$') => None,
        _ if is_keyword(word) => Some(Ident::new_raw(word, span)),
        _ => Some(Ident::new(word, span)),
    }
}

/// Returns whether the word is a keyword of any edition, reserved ones included.
#[rustfmt::skip]
fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "abstract" | "as" | "async" | "await" | "become" | "box" | "break" | "const" | "continue" | "do" | "dyn" | "else"
            | "enum" | "extern" | "false" | "final" | "fn" | "for" | "gen" | "if" | "impl" | "in" | "let" | "loop" | "macro"
            | "match" | "mod" | "move" | "mut" | "override" | "priv" | "pub" | "ref" | "return" | "static" | "struct"
            | "trait" | "true" | "try" | "type" | "typeof" | "unsafe" | "unsized" | "use" | "virtual" | "where" | "while"
            | "yield"
    )
}
