//! Percent-encoding of a link's values, and its way back.

use std::borrow::Cow;

/// A value that is not percent-encoded UTF-8, or holds a NUL byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

/// Appends `value`, percent-encoded: all but the unreserved characters of RFC 3986 §2.3, so that no value can end early or
/// begin another. A space is `%20`, as TrueLayer's documentation shows it, never `+`.
pub fn encode(value: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for &byte in value.as_bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

/// The value behind `raw`, one value of a query or a form (`+` is a space), decoded once.
///
/// # Errors
///
/// An incomplete or unreadable `%` sequence, bytes that are not UTF-8, a NUL.
pub fn decode(raw: &[u8]) -> Result<Cow<'_, str>, Malformed> {
    if is_plain(raw) {
        return std::str::from_utf8(raw).map(Cow::Borrowed).map_err(|_| Malformed);
    }
    let mut bytes = Vec::with_capacity(raw.len());
    for byte in Bytes(raw) {
        bytes.push(byte.filter(|&byte| byte != 0).ok_or(Malformed)?);
    }
    String::from_utf8(bytes).map(Cow::Owned).map_err(|_| Malformed)
}

/// Appends the value behind `raw`, as [`decode`] reads it. It allocates only where `out` is too short or the value is not ASCII.
///
/// # Errors
///
/// As [`decode`]; `out` may then hold a part of the value.
pub fn decode_into(raw: &[u8], out: &mut String) -> Result<(), Malformed> {
    if is_plain(raw) {
        out.push_str(std::str::from_utf8(raw).map_err(|_| Malformed)?);
        return Ok(());
    }
    let start = out.len();
    for byte in Bytes(raw) {
        if let Some(ascii @ 1..=0x7f) = byte {
            out.push(char::from(ascii));
        } else {
            out.truncate(start);
            out.push_str(&decode(raw)?);
            break;
        }
    }
    Ok(())
}

/// Whether [`decode`] can read `raw`.
#[must_use]
pub fn is_well_formed(raw: &[u8]) -> bool {
    if is_plain(raw) {
        return std::str::from_utf8(raw).is_ok();
    }
    Bytes(raw).all(|byte| matches!(byte, Some(1..=0x7f))) || decode(raw).is_ok()
}

/// Whether a value stands for itself.
fn is_plain(raw: &[u8]) -> bool {
    !raw.iter().any(|byte| matches!(byte, b'%' | b'+' | 0))
}

/// The name and value of each parameter of `query`, as they stand; a parameter without `=` has an empty value.
pub fn pairs(query: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    query.split(|&byte| byte == b'&').filter(|pair| !pair.is_empty()).map(|pair| {
        let name = pair.iter().position(|&byte| byte == b'=').unwrap_or(pair.len());
        (&pair[..name], pair.get(name + 1..).unwrap_or_default())
    })
}

/// The bytes behind a value, one at a time; `None` for an unreadable `%` sequence.
struct Bytes<'a>(&'a [u8]);

impl Iterator for Bytes<'_> {
    type Item = Option<u8>;

    fn next(&mut self) -> Option<Self::Item> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(match first {
            b'+' => Some(b' '),
            b'%' => {
                let (high, low) = (rest.first().copied().and_then(hex), rest.get(1).copied().and_then(hex));
                self.0 = rest.get(2..).unwrap_or_default();
                high.zip(low).map(|(high, low)| high << 4 | low)
            }
            plain => Some(plain),
        })
    }
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_read_back_as_it_was_written() {
        let value = "a b+c%d&e=f#g'h\"i<j>é€😀~-._/?:@";
        let mut text = String::new();
        encode(value, &mut text);
        assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)), "{text}");
        assert_eq!(text.split('%').nth(1), Some("20b"), "a space is %20");
        assert_eq!(decode(text.as_bytes()).as_deref(), Ok(value));
        let mut twice = value.to_owned();
        assert_eq!(decode_into(text.as_bytes(), &mut twice), Ok(()));
        assert_eq!(twice, value.repeat(2));
        assert!(is_well_formed(text.as_bytes()));
    }

    #[test]
    fn a_plus_of_a_form_is_a_space() {
        assert_eq!(decode(b"c%2B1+x").as_deref(), Ok("c+1 x"));
    }

    #[test]
    fn what_is_not_percent_encoded_text_is_malformed() {
        for raw in [&b"%"[..], b"%4", b"%4g", b"%g4", b"a%", b"%ff", b"\xff", b"%00", b"\0", b"%+1", b"% 1"] {
            assert_eq!(decode(raw), Err(Malformed), "{raw:?}");
            assert_eq!(decode_into(raw, &mut String::new()), Err(Malformed), "{raw:?}");
            assert!(!is_well_formed(raw), "{raw:?}");
        }
    }

    #[test]
    fn parameters_without_a_value_are_empty() {
        let all: Vec<_> = pairs(b"&a=1&&b&c=&=d&e=f=g&").collect();
        let expected: [(&[u8], &[u8]); 5] = [(b"a", b"1"), (b"b", b""), (b"c", b""), (b"", b"d"), (b"e", b"f=g")];
        assert_eq!(all, expected);
    }
}
