//! Small operations on text that several floors share.

use std::fmt::{self, Write};

/// Joins the words with `separator` between them.
pub(crate) fn join(words: &[impl AsRef<str>], separator: &str) -> String {
    let mut joined = String::new();
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            joined.push_str(separator);
        }
        joined.push_str(word.as_ref());
    }
    joined
}

/// Returns whether a character changes the display of its neighbours without being visible itself: soft hyphens, zero-width and
/// bidirectional characters, line and paragraph separators, tags.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

/// A text from outside: of a link, a file name, a server. Its `Display` is the only way out, and fits one line of a terminal, a
/// log and the output of a workflow.
///
/// It escapes control characters (C0, C1), invisible and bidirectional characters and line separators, breaks workflow commands
/// (`##[` anywhere, `::` at the start), and cuts the text at 500 bytes or another [bound](Self::at_most), which `…` marks.
///
/// ```
/// use auth_link_rules::Untrusted;
///
/// assert_eq!(Untrusted::new("a\u{1b}[31mb\u{202e}").to_string(), r"a\u{1b}[31mb\u{202e}");
/// assert_eq!(Untrusted::new("::error::x").to_string(), r"\u{3a}:error::x");
/// assert_eq!(Untrusted::new("abc").at_most(2).to_string(), "ab…");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Untrusted<'t> {
    text: &'t str,
    longest: usize,
}

impl<'t> Untrusted<'t> {
    /// Wraps a text.
    #[must_use]
    pub const fn new(text: &'t str) -> Self {
        Self { text, longest: 500 }
    }

    /// Sets the number of bytes, after escaping, at which the text is cut.
    #[must_use]
    pub const fn at_most(self, longest: usize) -> Self {
        Self { longest, ..self }
    }
}

impl fmt::Display for Untrusted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut written, mut is_start) = (0, true);
        let mut rest = self.text.chars();
        while let Some(c) = rest.next() {
            if written >= self.longest {
                return f.write_char('…');
            }
            let is_command = match c {
                ':' => is_start && rest.as_str().starts_with(':'),
                '#' => rest.as_str().starts_with("#["),
                _ => false,
            };
            is_start &= c == ' ';
            if is_command || c.is_control() || is_invisible(c) {
                let escaped = if is_command { c.escape_unicode().to_string() } else { c.escape_default().to_string() };
                written += escaped.len();
                f.write_str(&escaped)?;
            } else {
                written += c.len_utf8();
                f.write_char(c)?;
            }
        }
        Ok(())
    }
}

/// Escapes a text as [`Untrusted`] does.
pub(crate) fn escape(text: &str) -> String {
    Untrusted::new(text).to_string()
}
