//! Decodes texts that only describe an error, so that a malformed one hides nothing.

/// Decodes one value of a query as far as possible: an invalid `%` sequence stays, and bytes that are not UTF-8 become U+FFFD,
/// and so does a NUL.
pub(crate) fn decode_lossily(raw: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((&first, after)) = rest.split_first() {
        let escaped = match *rest {
            [b'%', high, low, ..] => digit(high).zip(digit(low)).map(|(high, low)| high << 4 | low),
            _ => None,
        };
        rest = escaped.map_or(after, |_| &rest[3..]);
        bytes.push(escaped.unwrap_or(if first == b'+' { b' ' } else { first }));
    }
    String::from_utf8_lossy(&bytes).replace('\0', "\u{fffd}")
}

fn digit(digit: u8) -> Option<u8> {
    u8::try_from(char::from(digit).to_digit(16)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_decoded_as_far_as_possible() {
        for (raw, expected) in [
            ("a+b%20c%C3%a9", "a b c\u{e9}"),
            ("100% sure%", "100% sure%"),
            ("%zz%4%", "%zz%4%"),
            ("Acc%E8s+refus%E9", "Acc\u{fffd}s refus\u{fffd}"),
            ("a%00b", "a\u{fffd}b"),
            ("%2525", "%25"),
            ("", ""),
        ] {
            assert_eq!(decode_lossily(raw.as_bytes()), expected);
        }
        assert_eq!(decode_lossily(b"\xff\0"), "\u{fffd}\u{fffd}");
    }
}
