//! Removes the secrets of a request from the texts of an error.

use zeroize::Zeroizing;

/// The texts that no error may show.
#[derive(Default)]
pub(crate) struct Redaction(Vec<Pattern>);

/// A shorter text reveals nothing, and is part of many words.
const MIN_LEN: usize = 4;

const MARK: &str = "[redacted]";

impl Redaction {
    pub(crate) fn add(&mut self, text: &str) {
        if text.len() >= MIN_LEN {
            self.0.push(Pattern::new(text));
        }
    }

    /// Returns the text without the sensitive texts, percent-encoded or not, in any case.
    ///
    /// Work and memory grow linearly with the text.
    pub(crate) fn apply(&self, text: &str) -> String {
        let (decoded, starts) = decode(text.as_bytes());
        let raw = Zeroizing::new(text.bytes().map(folded).collect::<Vec<u8>>());
        // At each byte, the number of sensitive texts that begin there minus those that end there.
        let mut changes = vec![0_i32; text.len() + 1];
        for pattern in &self.0 {
            let length = pattern.text.len();
            pattern.for_each_end(&raw, |end| {
                changes[end - length] += 1;
                changes[end] -= 1;
            });
            pattern.for_each_end(&decoded, |end| {
                changes[starts[end - length]] += 1;
                changes[starts[end]] -= 1;
            });
        }
        let mut redacted = Vec::with_capacity(text.len());
        let mut depth = 0;
        for (byte, change) in text.bytes().zip(changes) {
            let was_visible = depth == 0;
            depth += change;
            match depth {
                0 => redacted.push(byte),
                _ if was_visible => redacted.extend_from_slice(MARK.as_bytes()),
                _ => {}
            }
        }
        // A sensitive text begins and ends with whole characters, so the rest is UTF-8.
        String::from_utf8(redacted).unwrap_or_default()
    }
}

/// Decodes the percent-encoded bytes, and returns them with the place at which each begins in the text.
fn decode(text: &[u8]) -> (Zeroizing<Vec<u8>>, Vec<usize>) {
    let (mut decoded, mut starts) =
        (Zeroizing::new(Vec::with_capacity(text.len())), Vec::with_capacity(text.len() + 1));
    let digit = |digit: u8| u8::try_from(char::from(digit).to_digit(16)?).ok();
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let escaped = match text[at..] {
            [b'%', high, low, ..] => digit(high).zip(digit(low)).map(|(high, low)| high << 4 | low),
            _ => None,
        };
        starts.push(at);
        decoded.push(folded(escaped.unwrap_or(byte)));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    starts.push(text.len());
    (decoded, starts)
}

/// Returns the byte in lowercase, and `+` as the space that it may be.
fn folded(byte: u8) -> u8 {
    if byte == b'+' { b' ' } else { byte.to_ascii_lowercase() }
}

/// A sensitive text, prepared for the algorithm of Knuth, Morris and Pratt.
struct Pattern {
    text: Zeroizing<Vec<u8>>,
    /// At each byte, the length of the longest proper prefix that ends there.
    prefixes: Vec<usize>,
}

impl Pattern {
    fn new(text: &str) -> Self {
        let text = Zeroizing::new(text.bytes().map(folded).collect::<Vec<u8>>());
        let mut prefixes = vec![0; text.len()];
        for at in 1..text.len() {
            prefixes[at] = extend(&text, &prefixes, prefixes[at - 1], text[at]);
        }
        Self { text, prefixes }
    }

    /// Calls `found` with the end of each occurrence in `text`.
    fn for_each_end(&self, text: &[u8], mut found: impl FnMut(usize)) {
        let mut length = 0;
        for (at, &byte) in text.iter().enumerate() {
            if length == self.text.len() {
                length = self.prefixes[length - 1];
            }
            length = extend(&self.text, &self.prefixes, length, byte);
            if length == self.text.len() {
                found(at + 1);
            }
        }
    }
}

/// Returns the length of the prefix of `pattern` that ends with `byte`, after one of `length` bytes.
fn extend(pattern: &[u8], prefixes: &[usize], mut length: usize, byte: u8) -> usize {
    while length > 0 && pattern[length] != byte {
        length = prefixes[length - 1];
    }
    length + usize::from(pattern[length] == byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sensitive_text_is_redacted_in_every_encoding() {
        let mut redaction = Redaction::default();
        for text in ["s3 cret/+", "s3 cret/+=", "abc", "", "code", "100%41%", "café", "aabaaa"] {
            redaction.add(text);
        }
        for (text, expected) in [
            ("a s3 cret/+ b", "a [redacted] b"),
            ("s3 cret/+=s3 cret/+.", "[redacted]."),
            ("s3 cret/+, s3 cret/+", "[redacted], [redacted]"),
            ("s3%20cret%2F%2B%3D", "[redacted]"),
            ("x=s3%20cret%2f%2b&y", "x=[redacted]&y"),
            ("s3+cret%2F%2b", "[redacted]"),
            ("S3 CRET/+", "[redacted]"),
            ("%733 %63ret/+=%", "[redacted]%"),
            ("s3 cret/%zz s3 cret/%2", "s3 cret/%zz s3 cret/%2"),
            ("100%41% 100%2541%25 100A%", "[redacted] [redacted] 100A%"),
            ("abc, and unicode", "abc, and uni[redacted]"),
            ("[redacted]", "[redacted]"),
            ("s3+cret/+ s3xcret/+ +3 cret/+", "[redacted] s3xcret/+ +3 cret/+"),
            ("é café caf%C3%A9 cafè", "é [redacted] [redacted] cafè"),
            ("aabaabaaab", "aab[redacted]b"),
            ("aabaaabaaa", "[redacted]"),
        ] {
            assert_eq!(redaction.apply(text), expected);
        }
        assert_eq!(redaction.apply(&"s3 cret/+ ".repeat(10_000)), "[redacted] ".repeat(10_000));
        assert_eq!(Redaction::default().apply("s3 cret"), "s3 cret");
    }

    #[test]
    fn a_repetitive_text_of_a_megabyte_is_redacted_at_once() {
        // By one comparison of each byte with each byte, this would take hours.
        let mut redaction = Redaction::default();
        redaction.add(&("a".repeat(60_000) + "b"));
        let text = "a".repeat(1 << 20);
        assert_eq!(redaction.apply(&text), text);
        redaction.add(&"a".repeat(60_000));
        assert_eq!(redaction.apply(&text), MARK);
    }
}
