//! Text from outside, as an error may show it.
//!
//! The crates `auth-link-reqwest` and `auth-link-ureq` have the same file.

/// The limit of a text, in characters.
const MAX_LEN: usize = 500;

/// Returns the start of a text, with each character escaped that could end a line, reorder it or command a terminal.
pub(crate) fn printable(text: &str) -> String {
    let is_plain = |c: char| c == ' ' || c.is_ascii_graphic() || c.is_alphanumeric();
    let mut printable = String::new();
    for (index, c) in text.chars().enumerate() {
        if index == MAX_LEN {
            printable.push('…');
            break;
        }
        if is_plain(c) { printable.push(c) } else { printable.extend(c.escape_default()) }
    }
    printable
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_bidirectional_characters_are_escaped() {
        assert_eq!(
            printable("Verbindung für a.b:1\r\n\u{1b}[1m\u{202e}"),
            r"Verbindung für a.b:1\r\n\u{1b}[1m\u{202e}"
        );
    }

    #[test]
    fn a_long_text_is_cut() {
        assert_eq!(printable(&"ü".repeat(MAX_LEN)), "ü".repeat(MAX_LEN));
        assert_eq!(printable(&"ü".repeat(MAX_LEN * 4)), "ü".repeat(MAX_LEN) + "…");
    }
}
