//! Removes the secrets and the personal data of a request from the texts of an error.

use zeroize::Zeroizing;

/// The texts that no error may show.
#[derive(Default)]
pub(crate) struct Redaction(Vec<Zeroizing<String>>);

/// A shorter text reveals nothing, and is part of many words.
const MIN_LEN: usize = 4;

/// A longer text is not searched.
const MAX_LEN: usize = 64 * 1024;

const MARK: &str = "[redacted]";

impl Redaction {
    pub(crate) fn add(&mut self, text: &str) {
        if text.len() >= MIN_LEN {
            self.0.push(Zeroizing::new(text.to_owned()));
        }
    }

    /// Returns the text without the sensitive texts, percent-encoded or not.
    pub(crate) fn apply(&self, text: &str) -> String {
        if text.len() > MAX_LEN {
            return format!("[{} bytes]", text.len());
        }
        let mut redacted = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let length = self.0.iter().filter_map(|text| prefix_len(rest.as_bytes(), text.as_bytes())).max();
            if length.is_some() {
                redacted.push_str(MARK);
            } else {
                redacted.push(c);
            }
            rest = &rest[length.unwrap_or(c.len_utf8())..];
        }
        redacted
    }
}

/// Returns the length of the sensitive text at the start of `text`; `None` if the text does not start with it.
///
/// Each byte may be unchanged or percent-encoded, and a space may be `+`.
fn prefix_len(text: &[u8], sensitive: &[u8]) -> Option<usize> {
    let mut at = 0;
    for &byte in sensitive {
        at += match *text.get(at..)? {
            [b'%', high, low, ..] if is_hex(high, low, byte) => 3,
            [first, ..] if first == byte || (first == b'+' && byte == b' ') => 1,
            _ => return None,
        };
    }
    Some(at)
}

fn is_hex(high: u8, low: u8, byte: u8) -> bool {
    let digit = |digit: u8| char::from(digit).to_digit(16);
    digit(high).zip(digit(low)).is_some_and(|(high, low)| 16 * high + low == u32::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sensitive_text_is_redacted_in_every_encoding() {
        let mut redaction = Redaction::default();
        for text in ["s3 cret/+", "s3 cret/+=", "abc", "", "code", "100%41%"] {
            redaction.add(text);
        }
        for (text, expected) in [
            ("a s3 cret/+ b", "a [redacted] b"),
            ("s3 cret/+=s3 cret/+", "[redacted][redacted]"),
            ("s3%20cret%2F%2B%3D", "[redacted]"),
            ("x=s3%20cret%2f%2b&y", "x=[redacted]&y"),
            ("s3+cret%2F%2b", "[redacted]"),
            ("%733 %63ret/+=%", "[redacted]%"),
            ("s3 cret/%zz s3 cret/%2", "s3 cret/%zz s3 cret/%2"),
            ("100%41% 100%2541%25 100A%", "[redacted] [redacted] 100A%"),
            ("abc, and unicode", "abc, and uni[redacted]"),
            ("[redacted]", "[redacted]"),
            ("s3+cret/+ s3xcret/+ +3 cret/+", "[redacted] s3xcret/+ +3 cret/+"),
            ("é", "é"),
        ] {
            assert_eq!(redaction.apply(text), expected);
        }
        assert_eq!(redaction.apply(&"s3 cret/+".repeat(10_000)), "[90000 bytes]");
        assert_eq!(redaction.apply(&"x".repeat(MAX_LEN)), "x".repeat(MAX_LEN));
        assert_eq!(redaction.apply(&"x".repeat(MAX_LEN + 1)), "[65537 bytes]");
        assert_eq!(Redaction::default().apply("s3 cret"), "s3 cret");
    }
}
