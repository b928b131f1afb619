//! The scheme of a redirect URI.

use crate::text::split_at_first;
use crate::vocabulary::similar::distance;

/// Schemes that cannot bring a browser back to an application.
#[rustfmt::skip]
pub(crate) const REFUSED: [&str; 36] = [
    // Scripts, documents and other protocols.
    "javascript", "vbscript", "data", "blob", "about", "file", "filesystem", "content", "resource", "jar", "view-source",
    "ftp", "ftps", "sftp", "ws", "wss", "urn", "cid", "mid",
    // Messages and calls.
    "mailto", "tel", "sms", "facetime", "xmpp", "sip", "sips",
    // Android's and Windows's own, shops, extensions and pages of browsers.
    "intent", "ms-settings", "market", "itms", "itms-apps", "chrome", "chrome-extension", "moz-extension",
    "safari-web-extension", "edge",
];

/// Splits an absolute URI (RFC 3986 §3.1) into its scheme and the text after the colon.
pub(crate) fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let is_of_scheme = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let (scheme, rest) = split_at_first(text, |byte| !is_of_scheme(byte));
    let rest = rest.strip_prefix(':')?;
    let is_scheme = matches!(scheme.as_bytes(), [first, ..] if first.is_ascii_alphabetic());
    // `host:3000/cb` is a host and a port.
    let (port, after) = split_at_first(rest, |byte| !byte.is_ascii_digit());
    let is_port = !port.is_empty() && matches!(after.as_bytes(), [] | [b'/' | b'?' | b'#', ..]);
    (is_scheme && !is_port && scheme != "localhost").then_some((scheme, rest))
}

/// Returns whether a scheme is `https` or `http`.
pub(crate) fn is_web(scheme: &str) -> bool {
    matches!(scheme, "https" | "http") || scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
}

/// Returns whether a scheme is refused, or is `https` or `http` misspelled.
pub(crate) fn is_refused(scheme: &str) -> bool {
    if is_web(scheme) {
        return false;
    }
    let scheme = scheme.to_lowercase();
    let is_near = |web: &&str| distance(&scheme, web) == 1 || has_letters_of(&scheme, web);
    REFUSED.contains(&scheme.as_str()) || ["https", "http"].iter().any(is_near)
}

/// Returns whether two words have the same letters, in any order.
fn has_letters_of(word: &str, other: &str) -> bool {
    let count = |word: &str, letter: char| word.matches(letter).count();
    word.len() == other.len() && other.chars().all(|letter| count(word, letter) == count(other, letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_has_letters_digits_and_three_signs_of_ascii() {
        for (text, expected) in [
            ("https://a.example", Some(("https", "//a.example"))),
            ("com.example.a-b+1:/x", Some(("com.example.a-b+1", "/x"))),
            ("a:é", Some(("a", "é"))),
            ("app:3000é/x", Some(("app", "3000é/x"))),
            ("app:3000x", Some(("app", "3000x"))),
            ("app:", Some(("app", ""))),
        ] {
            assert_eq!(split_scheme(text), expected, "{text}");
        }
        for text in
            ["", ":", "1a:b", "aé:b", "éa:b", "a b:c", "host:3000/cb", "host:3000", "host:80?x", "localhost:/cb", "é"]
        {
            assert_eq!(split_scheme(text), None, "{text}");
        }
    }

    #[test]
    fn https_with_its_letters_swapped_is_refused() {
        for scheme in ["hptts", "tphts", "spthT", "ptth"] {
            assert!(
                distance(scheme, "https").min(distance(scheme, "http")) > 1,
                "{scheme} differs in more than one letter"
            );
            assert!(is_refused(scheme), "{scheme}");
        }
        for scheme in ["https", "HTTP", "steam", "maps", "ttpps", "htphtps"] {
            assert!(!is_refused(scheme), "{scheme}");
        }
    }
}
