//! The scheme of a redirect URI.

use crate::distance::distance;

/// Schemes that no sign-in can come back to.
pub(crate) const REFUSED: [&str; 9] = ["javascript", "data", "file", "ftp", "ws", "wss", "blob", "about", "vbscript"];

/// The scheme of an absolute URI (RFC 3986 §3.1), and what follows its colon.
pub(crate) fn parted(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    // `host:3000/cb` is a host and a port.
    let port = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    (is_scheme && !is_port && scheme != "localhost").then_some((scheme, rest))
}

pub(crate) fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
}

/// A scheme that is refused, or `https` misspelt.
pub(crate) fn is_refused(scheme: &str) -> bool {
    let scheme = scheme.to_lowercase();
    let is_near = |web: &&str| distance(&scheme, web) == 1 || has_letters_of(&scheme, web);
    REFUSED.contains(&scheme.as_str()) || (!is_web(&scheme) && ["https", "http"].iter().any(is_near))
}

/// Whether two words are of the same letters, in whatever order.
fn has_letters_of(word: &str, other: &str) -> bool {
    let count = |word: &str, letter: char| word.matches(letter).count();
    word.len() == other.len() && other.chars().all(|letter| count(word, letter) == count(other, letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_is_refused_with_its_letters_in_another_order() {
        for scheme in ["hptts", "tphts", "spthT", "ptth"] {
            assert!(distance(scheme, "https").min(distance(scheme, "http")) > 1, "{scheme} is no slip of one letter");
            assert!(is_refused(scheme), "{scheme}");
        }
        for scheme in ["https", "HTTP", "steam", "maps", "ttpps", "htphtps"] {
            assert!(!is_refused(scheme), "{scheme}");
        }
    }
}
