//! The scheme of a redirect URI.

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
    let (scheme, rest) = text.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    // `host:3000/cb` is a host and a port.
    let port = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    (is_scheme && !is_port && scheme != "localhost").then_some((scheme, rest))
}

/// Returns whether a scheme is `https` or `http`.
pub(crate) fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
}

/// Returns whether a scheme is refused, or is `https` or `http` misspelled.
pub(crate) fn is_refused(scheme: &str) -> bool {
    let scheme = scheme.to_lowercase();
    let is_near = |web: &&str| distance(&scheme, web) == 1 || has_letters_of(&scheme, web);
    REFUSED.contains(&scheme.as_str()) || (!is_web(&scheme) && ["https", "http"].iter().any(is_near))
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
