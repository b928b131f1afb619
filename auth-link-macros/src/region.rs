//! The regions of tokens in the source.

use proc_macro2::{Span, TokenTree};

/// The spans of the first and the last of several tokens in a row.
#[derive(Clone, Copy)]
pub(crate) struct Region {
    pub(crate) first: Span,
    pub(crate) last: Span,
}

impl From<Span> for Region {
    fn from(span: Span) -> Self {
        Self { first: span, last: span }
    }
}

impl Region {
    /// Returns the region of all tokens; `None` if there are none.
    pub(crate) fn of(tokens: impl IntoIterator<Item = TokenTree>) -> Option<Self> {
        let mut tokens = tokens.into_iter().map(|token| token.span());
        let first = tokens.next()?;
        Some(Self { first, last: tokens.last().unwrap_or(first) })
    }

    /// Returns the region from the start of this one to the end of `last`.
    pub(crate) fn to(self, last: Self) -> Self {
        Self { first: self.first, last: last.last }
    }
}
