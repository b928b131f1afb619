//! Small operations on text that several floors share.

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

/// Returns whether a character changes the display of its neighbours without being visible itself.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Escapes control and invisible characters, and cuts the text at 500 bytes, so that a message stays one readable line.
pub(crate) fn escape(text: &str) -> String {
    const LONGEST: usize = 500;
    let mut escaped = String::new();
    for c in text.chars() {
        if escaped.len() >= LONGEST {
            escaped.push('…');
            break;
        }
        if c.is_control() || is_invisible(c) { escaped.extend(c.escape_default()) } else { escaped.push(c) }
    }
    escaped
}
