//! Small operations on text that several floors share.

use std::collections::BTreeSet;
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

/// Splits a text before the first byte that matches; the second part is empty if none does. Either all bytes that are not of ASCII
/// match or none, so that no character is split.
///
/// A plain loop over bytes: the macro is not optimized, and would spend far longer on a search for characters.
pub(crate) fn split_at_first(text: &str, matches: impl Fn(u8) -> bool) -> (&str, &str) {
    text.split_at(first_index(text, matches))
}

/// Returns whether every byte of a text matches.
pub(crate) fn all_bytes(text: &str, matches: impl Fn(u8) -> bool) -> bool {
    first_index(text, |byte| !matches(byte)) == text.len()
}

/// Returns whether a text contains a control character.
pub(crate) fn has_control(text: &str) -> bool {
    // Few texts have other bytes than these; characters take longer to read.
    !is_ascii_from(b' ', text) && text.chars().any(char::is_control)
}

/// Returns whether each byte of a text is one from `first`, itself ASCII, to `~`. It reads eight bytes at a time.
pub(crate) fn is_ascii_from(first: u8, text: &str) -> bool {
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let mut odd = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        // The high bit of a byte that follows `~` or precedes `first`, and of the first byte of a character that is not ASCII. Only such
        // a byte has a carry.
        odd |= word.wrapping_add(eight_times(1)) | word.wrapping_sub(eight_times(first));
    }
    odd & eight_times(0x80) == 0 && rest.iter().all(|byte| (first..=b'~').contains(byte))
}

/// Returns a word of one byte eight times.
pub(crate) const fn eight_times(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// Returns the index of the first byte that matches, or the length of the text.
fn first_index(text: &str, matches: impl Fn(u8) -> bool) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() && !matches(bytes[at]) {
        at += 1;
    }
    at
}

/// The distinct texts of a list, or the distinct pairs of a name and a value: one type, which is compiled once.
///
/// A list has few texts: to compare them all costs less than a tree, until there are many.
#[derive(Default)]
pub(crate) struct Distinct<'t> {
    few: Vec<(&'t str, &'t str)>,
    many: BTreeSet<(&'t str, &'t str)>,
}

impl<'t> Distinct<'t> {
    /// Adds a text; returns whether it is new.
    pub(crate) fn insert(&mut self, text: &'t str) -> bool {
        self.insert_pair((text, ""))
    }

    /// Returns whether the text was added.
    pub(crate) fn contains(&self, text: &str) -> bool {
        self.few.contains(&(text, "")) || self.many.contains(&(text, ""))
    }

    /// Adds a pair; returns whether it is new.
    pub(crate) fn insert_pair(&mut self, pair: (&'t str, &'t str)) -> bool {
        const FEW: usize = 12;
        if !self.many.is_empty() {
            return self.many.insert(pair);
        }
        let mut index = 0;
        while index < self.few.len() {
            if self.few[index] == pair {
                return false;
            }
            index += 1;
        }
        self.few.push(pair);
        if self.few.len() == FEW {
            while let Some(pair) = self.few.pop() {
                self.many.insert(pair);
            }
        }
        true
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_other_byte_of_a_text_is_found_at_each_place() {
        for first in [b' ', b'!'] {
            for filler in [first, b'a', b'~'] {
                for other in '\0'..='\u{ff}' {
                    for length in 0..20 {
                        let mut text = char::from(filler).to_string().repeat(length);
                        assert!(is_ascii_from(first, &text));
                        for at in 0..=length {
                            text.insert(at, other);
                            let expected = (char::from(first)..='~').contains(&other);
                            assert_eq!(is_ascii_from(first, &text), expected, "{first} {text:?}");
                            text.remove(at);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_text_is_split_before_the_first_byte_that_matches() {
        assert_eq!(split_at_first("a.é.", |byte| byte == b'.'), ("a", ".é."));
        assert_eq!(split_at_first("abé", |byte| !byte.is_ascii_alphabetic()), ("ab", "é"));
        assert_eq!(split_at_first("é", |byte| byte == b'.'), ("é", ""));
        assert_eq!(split_at_first("", |_| true), ("", ""));
        assert!(
            all_bytes("ab", |byte| byte < b'c') && !all_bytes("abc", |byte| byte < b'c') && all_bytes("", |_| false)
        );
    }

    #[test]
    fn each_distinct_word_is_new_once_however_many_there_are() {
        let words: Vec<_> = (0..40).map(|word| word.to_string()).collect();
        let mut distinct = Distinct::default();
        for (index, word) in words.iter().enumerate() {
            assert!(!distinct.contains(word), "{word}");
            assert!(distinct.insert(word) && distinct.insert_pair((word, "value")), "{word}");
            for earlier in &words[..=index] {
                assert!(distinct.contains(earlier) && !distinct.insert(earlier), "{earlier} of {word}");
                assert!(!distinct.insert_pair((earlier, "value")), "{earlier} of {word}");
            }
        }
    }
}
