//! Building URLs, and finding their origins.

use std::fmt::Write as _;

/// Returns `url` with these fields added to its query.
pub(crate) fn with_query(url: &str, fields: &[(&str, String)]) -> String {
    let mut text = url.to_owned();
    for (index, (name, value)) in fields.iter().enumerate() {
        text.push(if index == 0 && !url.contains('?') { '?' } else { '&' });
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
        assert_eq!(with_query("http://h/p?q=1", &fields[..0]), "http://h/p?q=1");
    }

    #[test]
    fn an_origin_ends_where_the_path_or_query_begins() {
        for url in
            ["http://localhost:3000", "http://localhost:3000/", "http://localhost:3000?x", "http://localhost:3000/a/b"]
        {
            assert_eq!(origin(url), "http://localhost:3000");
        }
    }
}
