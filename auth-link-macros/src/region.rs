//! Where tokens stand.

use proc_macro2::{Span, TokenStream};

/// Tokens in a row: the first and the last.
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
    pub(crate) fn of(tokens: TokenStream) -> Option<Self> {
        let mut tokens = tokens.into_iter().map(|token| token.span());
        let first = tokens.next()?;
        Some(Self { first, last: tokens.last().unwrap_or(first) })
    }

    pub(crate) fn to(self, last: Self) -> Self {
        Self { first: self.first, last: last.last }
    }
}
