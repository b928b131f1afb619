//! Addresses, as far as they are made and read here.

use std::fmt::Write as _;

/// `address` with a query added.
pub(crate) fn with_query(address: &str, fields: &[(&str, String)]) -> String {
    let mut text = address.to_owned();
    for (index, (name, value)) in fields.iter().enumerate() {
        text.push(if index == 0 && !address.contains('?') { '?' } else { '&' });
        text.push_str(name);
        text.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                text.push(byte.into());
            } else {
                // A string takes all.
                let _ = write!(text, "%{byte:02X}");
            }
        }
    }
    text
}

/// Scheme, host and port of an address.
pub(crate) fn origin(address: &str) -> &str {
    let after_scheme = address.find("://").map_or(0, |at| at + 3);
    let end = address[after_scheme..].find(['/', '?', '#']).map_or(address.len(), |at| after_scheme + at);
    &address[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_encoded_and_added_to_the_one_before() {
        let fields = [("a", "x y&z".to_owned()), ("b", "é".to_owned())];
        assert_eq!(with_query("http://h/p", &fields), "http://h/p?a=x%20y%26z&b=%C3%A9");
        assert_eq!(with_query("http://h/p?q=1", &fields[..0]), "http://h/p?q=1");
    }

    #[test]
    fn an_origin_ends_where_the_path_begins() {
        for address in
            ["http://localhost:3000", "http://localhost:3000/", "http://localhost:3000?x", "http://localhost:3000/a/b"]
        {
            assert_eq!(origin(address), "http://localhost:3000");
        }
    }
}
