//! A parsed macro call: its fields, their positions, and the errors of its syntax.

use auth_link_rules::Draft;
use proc_macro2::{Group, Ident, Literal, Span, TokenTree};

use crate::editor::EditorWord;
use crate::region::Region;

/// One macro call.
pub(crate) struct CallSyntax {
    /// The pasted link at its start.
    pub(crate) pasted: Option<PastedLink>,
    /// The fields of the pasted link, then its own fields.
    pub(crate) draft: Draft,
    /// The positions of its own fields, in order.
    pub(crate) fields: Vec<FieldRegions>,
    /// The errors of its syntax.
    pub(crate) errors: Vec<MacroError>,
    /// Whether a field's name could not be read, so that no field counts as missing.
    pub(crate) has_lost_names: bool,
    /// The crate `auth-link`, whatever its name in the application: `$crate`.
    pub(crate) facade: Ident,
    /// The environment variables that it reads.
    pub(crate) variables: Vec<String>,
    /// The values that are known only at run time: the field and the expression in braces.
    pub(crate) runtime_values: Vec<(String, Group)>,
    /// Whether the call has braces, so that it is a `Result`.
    pub(crate) has_braces: bool,
    /// Its words, for an editor; `None` for a compiler.
    pub(crate) editor_words: Option<Vec<EditorWord>>,
    /// `$crate`, and all tokens of the call.
    pub(crate) tokens: Vec<TokenTree>,
}

/// A link that is pasted as one text.
pub(crate) struct PastedLink {
    pub(crate) text: String,
    pub(crate) literal: Literal,
}

/// The position of a field.
pub(crate) struct FieldRegions {
    pub(crate) name: Region,
    pub(crate) value: Region,
    /// The items of a list.
    pub(crate) items: Vec<Region>,
}

/// An error that the macro reports.
pub(crate) struct MacroError {
    pub(crate) region: Region,
    pub(crate) message: String,
    /// Whether the error is hidden in an editor, which lacks the environment of a build.
    pub(crate) hide_in_editor: bool,
    /// The number of entries before it.
    pub(crate) after: usize,
}

impl CallSyntax {
    /// Returns the region of the whole call.
    pub(crate) fn region(&self) -> Region {
        Region::of(self.tokens.iter().skip(1).cloned()).unwrap_or_else(|| Span::call_site().into())
    }

    /// Adds an error, with a help line unless `help` is empty.
    pub(crate) fn error(&mut self, region: impl Into<Region>, message: impl Into<String>, help: impl AsRef<str>) {
        let mut message = message.into();
        if !help.as_ref().is_empty() {
            message = message + "\nhelp: " + help.as_ref();
        }
        self.errors.push(MacroError {
            region: region.into(),
            message,
            hide_in_editor: false,
            after: self.draft.entries().len(),
        });
    }

    /// Adds a word for an editor; computes none for a compiler.
    pub(crate) fn editor_word(&mut self, word: impl FnOnce() -> Option<EditorWord>) {
        if let Some(editor_words) = &mut self.editor_words {
            editor_words.extend(word());
        }
    }
}
