//! Building URLs, finding their origins, and reading their queries.

use std::fmt::Write as _;

/// Returns `url` with these fields added to its query.
pub(crate) fn with_query(url: &str, fields: &[(&str, String)]) -> String {
    let mut text = url.to_owned();
    if !fields.is_empty() {
        text.push(if url.contains('?') { '&' } else { '?' });
        text.push_str(&form(fields));
    }
    text
}

/// Returns fields in the encoding of a query or of a form.
pub(crate) fn form(fields: &[(&str, String)]) -> String {
    let mut text = String::new();
    for (name, value) in fields {
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(name);
        text.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                text.push(byte.into());
            } else {
                // Writing to a string cannot fail.
                let _ = write!(text, "%{byte:02X}");
            }
        }
    }
    text
}

/// Returns the fields of a query or of a form. Bytes that are not UTF-8 are replaced.
pub(crate) fn parse_form(text: &str) -> Vec<(String, String)> {
    let fields = text.split('&').filter(|field| !field.is_empty());
    fields.map(|field| field.split_once('=').unwrap_or((field, ""))).map(|(n, v)| (decode(n), decode(v))).collect()
}

/// Decodes percent-encoding and `+`. A `%` without two hexadecimal digits stays.
pub(crate) fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digit = |at: usize| bytes.get(at).and_then(|&byte| char::from(byte).to_digit(16));
        let escape = digit(at + 1).zip(digit(at + 2)).filter(|_| byte == b'%');
        if let Some(value) = escape.and_then(|(high, low)| u8::try_from(high * 16 + low).ok()) {
            decoded.push(value);
            at += 3;
        } else {
            decoded.push(if byte == b'+' { b' ' } else { byte });
            at += 1;
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// Returns the scheme, host and port of a URL.
pub(crate) fn origin(url: &str) -> &str {
    let after_scheme = url.find("://").map_or(0, |at| at + 3);
    let end = url[after_scheme..].find(['/', '?', '#']).map_or(url.len(), |at| after_scheme + at);
    &url[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_fields_are_encoded_and_added_to_the_query() {
        let fields = [("a", "x y&z".to_owned()), ("b", "é".to_owned())];
        assert_eq!(with_query("http://h/p", &fields), "http://h/p?a=x%20y%26z&b=%C3%A9");
        assert_eq!(with_query("http://h/p?q=1", &fields[..1]), "http://h/p?q=1&a=x%20y%26z");
        assert_eq!(with_query("http://h/p?q=1", &fields[..0]), "http://h/p?q=1");
    }

    #[test]
    fn the_fields_of_a_form_are_decoded_once() {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(parse_form("a=x+y%26z&&b=%C3%A9%2B"), [field("a", "x y&z"), field("b", "é+")]);
        assert_eq!(
            parse_form("a&=b&c=%&d=%f&e=%ff"),
            [field("a", ""), field("", "b"), field("c", "%"), field("d", "%f"), field("e", "\u{fffd}")]
        );
    }

    #[test]
    fn an_origin_ends_where_the_path_or_query_begins() {
        for url in
            ["http://localhost:3000", "http://localhost:3000/", "http://localhost:3000?x", "http://localhost:3000/a/b"]
        {
            assert_eq!(origin(url), "http://localhost:3000");
        }
        assert_eq!(origin("http://a/b/c"), "http://a");
    }
}
