//! What an editor needs to complete, document and follow the words of a call: each once more, with its own span, behind the name
//! of the module with the documented item that it names; and a hidden `__end` where the next one would stand.
//!
//! The facade's `words!` makes paths of them. A compiler sees none of it. rust-analyzer expands a call twice,
//! once with an identifier at the cursor, and needs both expansions to agree up to there: so the words come first, in the order of
//! the call, whatever its faults.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::quote;

/// Who reads an expansion.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    Compiler,
    Editor,
}

/// The position of a word, or of a word that could follow.
pub(crate) struct EditorWord {
    /// The module with the words that may stand there.
    module: &'static str,
    /// The word, and where it stands; none where the next could.
    word: Option<(String, Span)>,
}

impl EditorWord {
    /// A field's name.
    pub(crate) fn of_field(name: &str, span: Span) -> Self {
        Self { module: "field", word: Some((name.to_owned(), span)) }
    }

    /// A word of the field's vocabulary, if it has one.
    pub(crate) fn of_word(field: &str, word: &str, span: Span) -> Option<Self> {
        Some(Self { module: module(field)?, word: Some((word.to_owned(), span)) })
    }

    /// Behind the words of a field.
    pub(crate) fn behind(field: &str) -> Option<Self> {
        Some(Self { module: module(field)?, word: None })
    }

    /// Behind all fields.
    pub(crate) fn behind_fields() -> Self {
        Self { module: "field", word: None }
    }
}

/// The module of a field's words.
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

/// The words of a call, for an editor alone.
pub(crate) fn words(facade: &TokenStream, editor_words: &[EditorWord]) -> TokenStream {
    // All at once: each token that a stream is given by itself costs as much as many.
    let mut paths = Vec::with_capacity(2 * editor_words.len());
    let ours = Span::mixed_site();
    for EditorWord { module, word } in editor_words {
        let word = match word {
            Some((word, span)) => match identifier(word, *span) {
                Some(word) => word,
                None => continue,
            },
            None => Ident::new("__end", ours),
        };
        paths.push(TokenTree::Ident(Ident::new(module, ours)));
        paths.push(TokenTree::Ident(word));
    }
    let paths = Group::new(Delimiter::Brace, TokenStream::from_iter(paths));
    quote!(#facade::__private::words! #paths)
}

/// The word as a name; keywords are written raw, but for those that no name can be.
fn identifier(word: &str, span: Span) -> Option<Ident> {
    match word {
        "self" | "Self" | "super" | "crate" | "_" => None,
        // Of `$crate`, which is one word.
        _ if word.starts_with('$') => None,
        _ if is_keyword(word) => Some(Ident::new_raw(word, span)),
        _ => Some(Ident::new(word, span)),
    }
}

/// The keywords of any edition, reserved ones too.
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
