//! What a request holds, and no error may show: its secrets, and what it says of the user.

use zeroize::Zeroizing;

/// Texts that no error may show.
#[derive(Default)]
pub(crate) struct Redaction(Vec<Zeroizing<String>>);

/// A text shorter than this tells nothing, and stands in every other word.
const SHORTEST: usize = 4;

/// A text longer than this is not searched.
const LONGEST: usize = 64 * 1024;

const MARK: &str = "[redacted]";

impl Redaction {
    pub(crate) fn add(&mut self, text: &str) {
        if text.len() >= SHORTEST {
            self.0.push(Zeroizing::new(text.to_owned()));
        }
    }

    /// The text without them, percent-encoded or not.
    pub(crate) fn of(&self, text: &str) -> String {
        if text.len() > LONGEST {
            return format!("[{} bytes]", text.len());
        }
        let mut shown = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let found = self.0.iter().filter_map(|hidden| begins_with(rest.as_bytes(), hidden.as_bytes())).max();
            if found.is_some() {
                shown.push_str(MARK);
            } else {
                shown.push(c);
            }
            rest = &rest[found.unwrap_or(c.len_utf8())..];
        }
        shown
    }
}

/// How much of `text` is `hidden`, if it begins so: each byte as it is, percent-encoded, or `+` for a space.
fn begins_with(text: &[u8], hidden: &[u8]) -> Option<usize> {
    let mut at = 0;
    for &byte in hidden {
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
    fn what_is_hidden_is_hidden_in_each_of_its_forms() {
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
            assert_eq!(redaction.of(text), expected);
        }
        assert_eq!(redaction.of(&"s3 cret/+".repeat(10_000)), "[90000 bytes]");
        assert_eq!(redaction.of(&"x".repeat(LONGEST)), "x".repeat(LONGEST));
        assert_eq!(redaction.of(&"x".repeat(LONGEST + 1)), "[65537 bytes]");
        assert_eq!(Redaction::default().of("s3 cret"), "s3 cret");
    }
}
