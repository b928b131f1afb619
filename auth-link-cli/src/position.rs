//! A position in a file: its line and column.

/// The position of a text.
#[derive(Clone, Debug)]
pub(crate) struct Position {
    /// The name of the file, or of another input, such as `<link>`.
    pub(crate) name: String,
    /// Counted from 1.
    pub(crate) line: usize,
    /// In characters, counted from 1.
    pub(crate) column: usize,
}

impl Position {
    /// Returns the first position of the input `name`.
    pub(crate) fn start(name: &str) -> Self {
        Self { name: name.to_owned(), line: 1, column: 1 }
    }

    /// Returns the position of the byte `offset` of `text`, which begins at `self`.
    pub(crate) fn within(&self, text: &str, offset: usize) -> Self {
        let before = &text[..offset];
        let (line, column) = match before.rfind('\n') {
            Some(newline) => (before.matches('\n').count(), before[newline + 1..].chars().count() + 1),
            None => (0, self.column - 1 + before.chars().count() + 1),
        };
        Self { name: self.name.clone(), line: self.line + line, column }
    }
}
