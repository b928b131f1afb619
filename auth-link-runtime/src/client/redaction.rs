//! Removes the secrets of a request from the texts of an error.

use std::sync::OnceLock;

use auth_link_rules::encode;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use zeroize::Zeroizing;

use crate::secret::as_str;

/// The texts that no error may show. They are prepared for the search when the first error needs them.
#[derive(Default)]
pub(crate) struct Redaction {
    texts: Vec<Zeroizing<String>>,
    /// The id and the secret of a client.
    clients: Vec<(String, Zeroizing<String>)>,
    patterns: OnceLock<Vec<Pattern>>,
}

/// A shorter text reveals nothing, and is part of many words.
const MIN_LEN: usize = 4;

/// A shorter start of a text is not redacted without its rest.
const MIN_START_LEN: usize = 16;

const MARK: &str = "[redacted]";

impl Redaction {
    pub(crate) fn add(&mut self, text: &str) {
        self.patterns = OnceLock::new();
        if text.len() >= MIN_LEN {
            self.texts.push(Zeroizing::new(text.to_owned()));
        }
    }

    /// Adds the secret of a client, also as HTTP basic authentication has it (RFC 6749 §2.3.1, RFC 7617 §2).
    pub(crate) fn add_client(&mut self, id: &str, secret: &str) {
        self.add(secret);
        self.clients.push((id.to_owned(), Zeroizing::new(secret.to_owned())));
    }

    /// Returns the text without the sensitive texts, percent-encoded, escaped as in JSON, or neither, in any case.
    ///
    /// A text that was cut is redacted too, if at least half of it is left.
    ///
    /// Work and memory grow linearly with the text.
    pub(crate) fn apply(&self, text: &str) -> String {
        let patterns = self.patterns.get_or_init(|| self.prepare());
        // At each byte, the number of sensitive texts that begin there minus those that end there.
        let mut changes = vec![0_i32; text.len() + 1];
        let escapes: [Escape; 3] = [|_| None, percent, json];
        for escape in escapes {
            let (decoded, starts) = decode(text.as_bytes(), escape);
            for pattern in patterns {
                pattern.for_each(&decoded, |start, end| {
                    changes[starts[start]] += 1;
                    changes[starts[end]] -= 1;
                });
            }
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

impl Redaction {
    fn prepare(&self) -> Vec<Pattern> {
        let mut patterns: Vec<_> = self.texts.iter().map(|text| Pattern::new(text)).collect();
        for (id, secret) in &self.clients {
            let mut in_form = Zeroizing::new(String::with_capacity(3 * (id.len() + secret.len()) + 1));
            encode(id, &mut *in_form);
            in_form.push(':');
            encode(secret, &mut *in_form);
            let plain = Zeroizing::new([id, ":", secret.as_str()].concat());
            for text in [&plain, &in_form] {
                for engine in [STANDARD, URL_SAFE] {
                    let mut encoded = Zeroizing::new(vec![0; text.len().div_ceil(3) * 4]);
                    if engine.encode_slice(text.as_bytes(), &mut encoded).is_ok() {
                        let padded = as_str(&encoded);
                        patterns.extend([padded, padded.trim_end_matches('=')].map(Pattern::new));
                    }
                }
            }
        }
        patterns
    }
}

/// Returns the byte that is escaped at the start of a text, and the length of its escape.
type Escape = fn(&[u8]) -> Option<(u8, usize)>;

/// Decodes the escaped bytes, and returns them with the place at which each begins in the text.
fn decode(text: &[u8], escape: Escape) -> (Zeroizing<Vec<u8>>, Vec<usize>) {
    let (mut decoded, mut starts) =
        (Zeroizing::new(Vec::with_capacity(text.len())), Vec::with_capacity(text.len() + 1));
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let (byte, length) = escape(&text[at..]).unwrap_or((byte, 1));
        starts.push(at);
        decoded.push(folded(byte));
        at += length;
    }
    starts.push(text.len());
    (decoded, starts)
}

/// Reads a percent-encoded byte.
fn percent(text: &[u8]) -> Option<(u8, usize)> {
    match text {
        [b'%', high, low, ..] => Some((hexadecimal(*high, *low)?, 3)),
        _ => None,
    }
}

/// Reads an escaped character of ASCII in JSON (RFC 8259 §7).
fn json(text: &[u8]) -> Option<(u8, usize)> {
    match text {
        [b'\\', b'u', b'0', b'0', high @ b'0'..=b'7', low, ..] => Some((hexadecimal(*high, *low)?, 6)),
        [b'\\', byte @ (b'"' | b'\\' | b'/'), ..] => Some((*byte, 2)),
        _ => None,
    }
}

fn hexadecimal(high: u8, low: u8) -> Option<u8> {
    let digit = |digit: u8| u8::try_from(char::from(digit).to_digit(16)?).ok();
    Some(digit(high)? << 4 | digit(low)?)
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

    /// Calls `found` with the start and the end of each occurrence in `text`, and of each long start of one.
    fn for_each(&self, text: &[u8], mut found: impl FnMut(usize, usize)) {
        let min_length = MIN_START_LEN.max(self.text.len().div_ceil(2)).min(self.text.len());
        let mut found = |length: usize, end: usize| {
            if length >= min_length {
                // The start of a character stays with its rest.
                let is_cut = |at: usize| self.text.get(at).is_some_and(|byte| byte & 0xc0 == 0x80);
                let cut = (0..length).take_while(|cut| is_cut(length - cut)).count();
                found(end - length, end - cut);
            }
        };
        let mut length = 0;
        for (at, &byte) in text.iter().enumerate() {
            if length == self.text.len() {
                found(length, at);
                length = self.prefixes[length - 1];
            }
            let before = length;
            length = extend(&self.text, &self.prefixes, length, byte);
            if length <= before {
                found(before, at);
            }
        }
        found(length, text.len());
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
    fn an_escaped_text_of_json_is_redacted() {
        let mut redaction = Redaction::default();
        redaction.add("s3c+r/et\"x\\y&");
        for text in ["s3c+r/et\"x\\y&", r#"s3c\u002Br\/et\"x\\y\u0026"#, r"\u00733c+r/et\u0022x\u005Cy&"] {
            assert_eq!(redaction.apply(&format!("a {text}\\ b")), "a [redacted]\\ b", "{text}");
        }
        for text in ["s3c\\u00zzr", "\\", "\\u0", "\\u00e9"] {
            assert_eq!(redaction.apply(text), text);
        }
    }

    #[test]
    fn a_text_that_was_cut_is_redacted() {
        let mut redaction = Redaction::default();
        redaction.add("0123456789abcdefghijklmnopqrstuvwxyz");
        redaction.add("short-s3cret");
        redaction.add("0123456789-é-é-é");
        for (text, expected) in [
            ("code=0123456789abcdefghijklmnopqrstuvwxy", "code=[redacted]"),
            ("0123456789abcdefgh... 0123%3456789ABCDEFGHi", "[redacted]... [redacted]"),
            ("0123%34567%389ABCDEFGHi.", "[redacted]."),
            ("0123456789abcdefg...", "0123456789abcdefg..."),
            ("short-s3cre", "short-s3cre"),
            ("0123456789-é-é-è", "[redacted]è"),
        ] {
            assert_eq!(redaction.apply(text), expected);
        }
    }

    #[test]
    fn the_secret_of_a_client_is_redacted_in_basic_authentication() {
        let mut redaction = Redaction::default();
        redaction.add_client("acme-7d2f1a", "s3cret+&=%/e");
        for text in [
            "YWNtZS03ZDJmMWE6czNjcmV0KyY9JS9l",
            // `acme-7d2f1a:s3cret%2B%26%3D%25%2Fe`
            "YWNtZS03ZDJmMWE6czNjcmV0JTJCJTI2JTNEJTI1JTJGZQ==",
            "YWNtZS03ZDJmMWE6czNjcmV0JTJCJTI2JTNEJTI1JTJGZQ",
            "YWNtZS03ZDJmMWE6czNjcmV0JTJCJTI2JTNEJTI1JTJGZQ%3D%3d",
            "s3cret+&=%/e",
        ] {
            assert_eq!(redaction.apply(&format!("Basic {text} x")), "Basic [redacted] x");
        }
    }

    #[test]
    fn a_repetitive_text_of_a_megabyte_is_redacted_at_once() {
        // By one comparison of each byte with each byte, this would take hours.
        let mut redaction = Redaction::default();
        redaction.add(&("a".repeat(60_000) + "b"));
        let text = "a".repeat(1 << 20);
        assert_eq!(redaction.apply(&text), MARK, "starts of it");
        assert_eq!(redaction.apply(&text[..29_999]), text[..29_999]);
        redaction.add(&"a".repeat(60_000));
        assert_eq!(redaction.apply(&text), MARK);
        let escapes = "\\".repeat(1 << 20);
        assert_eq!(redaction.apply(&escapes), escapes);
    }
}
