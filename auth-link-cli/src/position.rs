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
        self.after(Extent::of(&text[..offset]))
    }

    /// Returns the position behind a text of this extent, which begins at `self`.
    pub(crate) fn after(&self, Extent { lines, characters }: Extent) -> Self {
        let column = if lines == 0 { self.column + characters } else { characters + 1 };
        Self { name: self.name.clone(), line: self.line + lines, column }
    }
}

/// The number of line breaks in a text, and the number of characters in its last line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extent {
    lines: usize,
    characters: usize,
}

impl Extent {
    /// Measures a text.
    pub(crate) fn of(text: &str) -> Self {
        let last_line = text.rfind('\n').map_or(text, |newline| &text[newline + 1..]);
        Self { lines: text.matches('\n').count(), characters: last_line.chars().count() }
    }
}
