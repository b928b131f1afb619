//! Percent-encoding and decoding of a link's values.

use std::borrow::Cow;
use std::fmt::Write;

use crate::text::eight_times;

/// A value that is not percent-encoded UTF-8 or contains a NUL byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

/// Appends `value`, percent-encoded: all characters except the unreserved ones of RFC 3986 §2.3. A space becomes `%20`, as in
/// TrueLayer's documentation, never `+`. `out` is a writer that never fails.
pub fn encode(value: &str, out: &mut impl Write) {
    let bytes = value.as_bytes();
    let (mut start, mut at) = (0, 0);
    while at < bytes.len() {
        let byte = bytes[at];
        if !UNRESERVED[usize::from(byte)] {
            // Not empty: then it begins with a byte of ASCII.
            if start < at {
                let _ = out.write_str(&value[start..at]);
            }
            let at_byte = 3 * usize::from(byte);
            let _ = out.write_str(&ESCAPED[at_byte..at_byte + 3]);
            start = at + 1;
        }
        at += 1;
    }
    if start < at {
        let _ = out.write_str(&value[start..]);
    }
}

/// Each byte, percent-encoded.
static ESCAPED: &str = {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    const BYTES: [u8; 3 * 256] = {
        let (mut bytes, mut byte) = ([b'%'; 3 * 256], 0);
        while byte < 256 {
            bytes[3 * byte + 1] = HEX[byte >> 4];
            bytes[3 * byte + 2] = HEX[byte & 15];
            byte += 1;
        }
        bytes
    };
    match std::str::from_utf8(&BYTES) {
        Ok(text) => text,
        Err(_) => unreachable!(),
    }
};

/// The unreserved characters of RFC 3986 §2.3, each at its own index.
static UNRESERVED: [bool; 256] = {
    let mut unreserved = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        unreserved[byte as usize] = matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~');
        byte += 1;
    }
    unreserved
};

/// Decodes one value of a query or a form, in which `+` is a space.
///
/// # Errors
///
/// Returns an error if a `%` sequence is incomplete or invalid, if the bytes are not UTF-8, or if there is a NUL.
pub fn decode(raw: &[u8]) -> Result<Cow<'_, str>, Malformed> {
    if plain_length(raw) == raw.len() {
        return std::str::from_utf8(raw).map(Cow::Borrowed).map_err(|_| Malformed);
    }
    let mut text = String::with_capacity(raw.len());
    decode_both_into(raw, &[], &mut text)?;
    Ok(Cow::Owned(text))
}

/// Decodes two values, appends both, and returns the index in `out` at which the second one begins. It allocates only if `out` has
/// too little capacity.
///
/// # Errors
///
/// Returns an error in the cases of [`decode`] for either value; `out` is then unchanged.
pub fn decode_both_into(first: &[u8], second: &[u8], out: &mut String) -> Result<usize, Malformed> {
    let start = out.len();
    let mut bytes = std::mem::take(out).into_bytes();
    let middle = append(first, &mut bytes).map(|()| bytes.len());
    let middle = middle.filter(|_| append(second, &mut bytes).is_some());
    let (text, is_utf8) = match String::from_utf8(bytes) {
        Ok(text) => (text, true),
        Err(error) => {
            let mut bytes = error.into_bytes();
            bytes.truncate(start);
            (String::from_utf8(bytes).unwrap_or_default(), false)
        }
    };
    *out = text;
    // Two values may be UTF-8 only together.
    if let Some(middle) = middle.filter(|&middle| is_utf8 && out.is_char_boundary(middle)) {
        return Ok(middle);
    }
    out.truncate(start);
    Err(Malformed)
}

/// Appends the decoded bytes; `None` for an invalid `%` sequence and for a NUL.
fn append(raw: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let mut rest = raw;
    loop {
        let (plain, odd) = rest.split_at(plain_length(rest));
        match rest.first_chunk::<8>() {
            // A copy of a constant length and a cut are faster than a copy of few bytes.
            Some(word) if plain.len() <= 8 => {
                out.extend_from_slice(word);
                out.truncate(out.len() - (8 - plain.len()));
            }
            _ => out.extend_from_slice(plain),
        }
        let (byte, length) = match odd.first().copied() {
            None => return Some(()),
            Some(b'+') => (b' ', 1),
            Some(b'%') => (escaped(odd)?, 3),
            Some(byte) => (byte, 1),
        };
        if byte == 0 {
            return None;
        }
        out.push(byte);
        rest = &odd[length..];
    }
}

/// Returns whether [`decode`] accepts `raw`.
#[must_use]
pub fn is_well_formed(raw: &[u8]) -> bool {
    let (words, tail) = raw.as_chunks::<8>();
    let is_simple = words.iter().enumerate().all(|(index, word)| is_simple(raw, *word, 8 * index))
        && match raw.last_chunk::<8>() {
            _ if tail.is_empty() => true,
            Some(last) => is_simple(raw, *last, raw.len() - 8),
            None => tail.iter().all(|&byte| byte.is_ascii() && !matches!(byte, b'%' | 0)),
        };
    is_simple || decode(raw).is_ok()
}

/// Returns whether the word of `raw` at `start` is ASCII without NUL, in which each `%` begins an escaped character of ASCII.
#[inline]
fn is_simple(raw: &[u8], word: [u8; 8], start: usize) -> bool {
    let word = u64::from_le_bytes(word);
    if (word | zeros(word)) & HIGHS != 0 {
        return false;
    }
    // The high bit of each `%`, and of no other byte, since all are ASCII.
    let mut signs = !((word ^ eight_times(b'%')) + eight_times(0x7f)) & HIGHS;
    while signs != 0 {
        let at = start + signs.trailing_zeros() as usize / 8;
        if !matches!(raw[at..], [_, b'2'..=b'7', low, ..] if low.is_ascii_hexdigit()) {
            return false;
        }
        signs &= signs - 1;
    }
    true
}

/// Decodes the `%` and two hexadecimal digits at the start of `raw`.
fn escaped(raw: &[u8]) -> Option<u8> {
    match *raw {
        [b'%', high, low, ..] => Some(hex(high)? << 4 | hex(low)?),
        _ => None,
    }
}

/// Returns the length of the ASCII prefix that needs no decoding.
#[inline]
fn plain_length(raw: &[u8]) -> usize {
    let all_odd =
        |word: u64| (word & HIGHS) | zeros(word ^ eight_times(b'%')) | zeros(word ^ eight_times(b'+')) | zeros(word);
    let odd = |word: u64| if may_hold_odd(word) { all_odd(word) } else { 0 };
    let is_odd = |byte: u8| !byte.is_ascii() || matches!(byte, b'%' | b'+' | 0);
    first(raw, odd, is_odd).unwrap_or(raw.len())
}

/// Returns whether a byte of the word is not ASCII or sorts before `,`: few bytes do, among them all that need decoding.
const fn may_hold_odd(word: u64) -> bool {
    (word | word.wrapping_sub(eight_times(b','))) & HIGHS != 0
}

const HIGHS: u64 = eight_times(0x80);

/// Sets the high bit of each zero byte, and of no byte before the first one.
const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(eight_times(1)) & !word & HIGHS
}

/// Splits a query into the raw name and value of each parameter; a parameter without `=` has an empty value.
pub fn pairs(query: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = query;
    std::iter::from_fn(move || {
        // Empty parameters are skipped.
        while let [b'&', after @ ..] = rest {
            rest = after;
        }
        if rest.is_empty() {
            return None;
        }
        // Names are short.
        let end = rest.iter().position(|byte| matches!(byte, b'=' | b'&')).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let value = after.strip_prefix(b"=").unwrap_or_default();
        let value = find(value, b'&').map_or(value, |end| &value[..end]);
        let has_sign = usize::from(after.starts_with(b"="));
        rest = &after[has_sign + value.len()..];
        Some((name, value))
    })
}

/// Returns the first index of `byte`.
pub(crate) fn find(bytes: &[u8], byte: u8) -> Option<usize> {
    first(bytes, |word| zeros(word ^ eight_times(byte)), |other| other == byte)
}

/// Returns the index of the first byte that matches, eight bytes at a time: `marks` sets the high bit of the first match in
/// a word, and of no byte before it.
#[inline]
fn first(bytes: &[u8], marks: impl Fn(u64) -> u64, is_match: impl Fn(u8) -> bool) -> Option<usize> {
    let (words, rest) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let found = marks(u64::from_le_bytes(*word));
        if found != 0 {
            return Some(8 * index + found.trailing_zeros() as usize / 8);
        }
    }
    if rest.is_empty() {
        return None;
    }
    if let Some(last) = bytes.last_chunk::<8>() {
        // The last eight bytes begin in a word without a match.
        let found = marks(u64::from_le_bytes(*last));
        return (found != 0).then(|| bytes.len() - 8 + found.trailing_zeros() as usize / 8);
    }
    rest.iter().position(|&byte| is_match(byte)).map(|at| 8 * words.len() + at)
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoded_value_decodes_to_itself() {
        let value = "a b+c%d&e=f#g'h\"i<j>é€😀~-._/?:@";
        let mut text = String::new();
        encode(value, &mut text);
        assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)), "{text}");
        assert_eq!(text.split('%').nth(1), Some("20b"), "a space is %20");
        assert_eq!(decode(text.as_bytes()).as_deref(), Ok(value));
        let mut thrice = value.to_owned();
        assert_eq!(decode_both_into(text.as_bytes(), text.as_bytes(), &mut thrice), Ok(2 * value.len()));
        assert_eq!(thrice, value.repeat(3));
        assert!(is_well_formed(text.as_bytes()));
    }

    #[test]
    fn a_plus_of_a_form_is_a_space() {
        assert_eq!(decode(b"c%2B1+x").as_deref(), Ok("c+1 x"));
    }

    #[test]
    fn invalid_percent_encoding_is_malformed() {
        for raw in [&b"%"[..], b"%4", b"%4g", b"%g4", b"a%", b"%ff", b"\xff", b"%00", b"\0", b"%+1", b"% 1"] {
            assert_eq!(decode(raw), Err(Malformed), "{raw:?}");
            for (first, second) in [(raw, &b"x"[..]), (b"x", raw)] {
                let mut text = "a".to_owned();
                assert_eq!(decode_both_into(first, second, &mut text), Err(Malformed), "{raw:?}");
                assert_eq!(text, "a", "{raw:?}");
            }
            assert!(!is_well_formed(raw), "{raw:?}");
        }
    }

    #[test]
    fn the_parts_of_a_character_in_two_values_are_malformed() {
        let mut text = String::new();
        assert_eq!(decode_both_into(b"%C3", b"%A9", &mut text), Err(Malformed));
        assert_eq!(text, "");
        assert_eq!(decode_both_into(b"%C3%A9", b"", &mut text), Ok(2));
    }

    #[test]
    fn a_value_is_well_formed_if_it_can_be_decoded() {
        let parts: [&[u8]; 12] =
            [b"%", b"%4", b"%41", b"%0a", b"%00", b"%C3%A9", b"%C3", b"\0", "é".as_bytes(), b"\xff", b"+", b"%%41"];
        for part in parts {
            for before in 0..20 {
                for after in 0..20 {
                    let raw = [&b"x".repeat(before)[..], part, &b"4".repeat(after)].concat();
                    assert_eq!(is_well_formed(&raw), decode(&raw).is_ok(), "{part:?} {before} {after}");
                }
            }
        }
    }

    #[test]
    fn find_returns_the_first_index() {
        let mut bytes = vec![b'.'; 40];
        assert_eq!(find(&bytes, b'&'), None);
        for other in [0x80 | b'&', b'&' ^ 1, b'\'', 0, 0xff] {
            bytes.fill(other);
            for at in (0..40).rev() {
                bytes[at] = b'&';
                for start in 0..=at {
                    assert_eq!(find(&bytes[start..], b'&'), Some(at - start), "{other} {at} {start}");
                }
            }
        }
    }

    #[test]
    fn the_plain_prefix_ends_at_the_first_byte_to_decode() {
        for filler in [b'a', b'~', b'-', b',', b'!'] {
            for byte in 0..=u8::MAX {
                let is_odd = matches!(byte, b'%' | b'+' | 0 | 0x80..);
                for at in 0..20 {
                    let mut raw = [filler; 20];
                    raw[at] = byte;
                    assert_eq!(plain_length(&raw), if is_odd { at } else { 20 }, "{byte} at {at}");
                    raw[19] = b'%';
                    assert_eq!(plain_length(&raw), if is_odd { at } else { 19 }, "{byte} at {at}");
                }
            }
        }
    }

    #[test]
    fn parameters_without_a_value_are_empty() {
        let all: Vec<_> = pairs(b"&a=1&&b&c=&=d&e=f=g&").collect();
        let expected: [(&[u8], &[u8]); 5] = [(b"a", b"1"), (b"b", b""), (b"c", b""), (b"", b"d"), (b"e", b"f=g")];
        assert_eq!(all, expected);
    }
}
