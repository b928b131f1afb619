//! The parts of a redirect URI. TrueLayer compares it to the registered ones character by character, so it is sent unchanged:
//! `url` only checks it.

use url::Url;

use crate::text::{all_bytes, is_invisible, split_at_first};
use crate::uri::host::{Reach, reach};
use crate::uri::scheme::{is_refused, is_web, split_scheme};

/// An absolute redirect URI, split into its parts.
pub(crate) struct RedirectUri<'u> {
    pub(crate) text: &'u str,
    pub(crate) scheme: &'u str,
    /// The text after `scheme:`.
    pub(crate) rest: &'u str,
    /// The text between `//` and the path.
    pub(crate) authority: &'u str,
    /// From the path on.
    pub(crate) tail: &'u str,
    /// Whether a browser reads the URI as it is written.
    is_plain: bool,
    /// The URI as a browser reads it, unless it is plain.
    parsed: Option<Url>,
}

/// Returns the first character that no URI contains (RFC 3986 §2).
pub(crate) fn invalid_character(text: &str) -> Option<char> {
    if all_bytes(text, |byte| matches!(byte, b'!'..=b'~') && byte != b'\\') {
        return None;
    }
    text.chars().find(|&c| c.is_whitespace() || c.is_control() || is_invisible(c) || c == '\\')
}

impl<'u> RedirectUri<'u> {
    /// Parses a URI that has an accepted scheme.
    pub(crate) fn parse(text: &'u str) -> Option<Self> {
        let (scheme, rest) = split_scheme(text)?;
        if is_refused(scheme) {
            return None;
        }
        let (authority, tail) = match rest.strip_prefix("//") {
            Some(rest) => split_at_first(rest, |byte| matches!(byte, b'/' | b'?' | b'#')),
            None => ("", rest),
        };
        // A second scheme and a template's placeholder are not host names.
        let is_host = |host: &str| {
            !matches!(host, "" | "http" | "https" | "http:" | "https:")
                && split_at_first(host, |byte| matches!(byte, b'{' | b'}' | b'$')).1.is_empty()
        };
        let is_read = !is_web(scheme) || is_host(authority);
        let is_plain =
            is_read && scheme == "https" && rest.starts_with("//") && is_plain_host(authority) && is_plain_path(tail);
        let parsed = if is_plain || !is_read { None } else { Url::parse(text).ok() };
        Some(Self { text, scheme, rest, authority, tail, is_plain, parsed })
    }

    /// Returns whether a browser can read the URI.
    pub(crate) fn is_address(&self) -> bool {
        self.is_plain || self.parsed.is_some()
    }

    /// Returns the URI with every mistake in its scheme, authority and fragment corrected.
    pub(crate) fn suggested_fix(&self) -> String {
        let tail = self.tail.split('#').next().unwrap_or_default();
        match &self.parsed {
            Some(url) if is_web(self.scheme) => {
                let name = url.host_str().unwrap_or_default();
                let over_tls = url.scheme() == "https" || reach(name) != Reach::Loopback;
                let port = match url.port() {
                    Some(80 | 443) if over_tls => String::new(),
                    port => with_colon(port),
                };
                let name = normalized_host(name);
                let tail = self.normalized_path().map_or_else(|| tail.to_owned(), |path| path + query(tail));
                format!("{}://{name}{port}{tail}", if over_tls { "https" } else { "http" })
            }
            _ if self.rest.starts_with("//") => {
                format!("{}://{}{tail}", self.scheme.to_lowercase(), self.host_and_port())
            }
            _ => format!("{}:{tail}", self.scheme.to_lowercase()),
        }
    }

    /// Returns the part that a browser rewrites, as written and as a browser writes it: scheme and authority, or the path.
    pub(crate) fn non_normalized(&self) -> Option<(String, String)> {
        let url = self.parsed.as_ref()?;
        let slashes = if self.rest.starts_with("//") { "//" } else { "" };
        let host = self.host_and_port();
        let normalized = match url.host_str() {
            Some(name) if is_web(self.scheme) => {
                format!("{}://{}{}", url.scheme(), normalized_host(name), with_colon(url.port()))
            }
            _ => format!("{}:{slashes}{host}", url.scheme()),
        };
        let written = format!("{}:{slashes}{host}", self.scheme);
        if written != normalized {
            return Some((written, normalized));
        }
        Some((path(self.tail).to_owned(), self.normalized_path()?))
    }

    /// Returns the path without its `.` and `..` segments, if it has some.
    fn normalized_path(&self) -> Option<String> {
        let is_dots = |segment: &str| {
            let segment = segment.to_ascii_lowercase().replace("%2e", ".");
            segment == "." || segment == ".."
        };
        let url = self.parsed.as_ref().filter(|_| is_web(self.scheme))?;
        path(self.tail).split('/').any(is_dots).then(|| url.path().to_owned())
    }

    /// Returns the network of the host, if the scheme is `http`.
    pub(crate) fn http_reach(&self) -> Option<Reach> {
        let url = self.parsed.as_ref()?;
        if url.scheme() == "http" { url.host_str().map(reach) } else { None }
    }

    /// Returns the authority without user name and password.
    fn host_and_port(&self) -> &'u str {
        self.authority.rsplit('@').next().unwrap_or_default()
    }
}

/// Returns the host name without empty labels.
fn normalized_host(name: &str) -> String {
    if name.starts_with('[') {
        return name.to_owned();
    }
    let mut host = String::new();
    for label in name.split('.').filter(|label| !label.is_empty()) {
        if !host.is_empty() {
            host.push('.');
        }
        host.push_str(label);
    }
    host
}

/// Returns whether a host name is one of lowercase letters, digits and hyphens that no browser rewrites. `url` judges all others.
fn is_plain_host(host: &str) -> bool {
    let bytes = host.as_bytes();
    let (mut at, mut label) = (0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'.' if at > label => label = at + 1,
            b'a'..=b'z' | b'0'..=b'9' => {}
            // An encoded label begins with `xn--`.
            b'-' if at > 0 && bytes[at - 1] != b'-' => {}
            _ => return false,
        }
        at += 1;
    }
    // A browser reads a name that ends in a number as an address.
    label < at && !bytes[label].is_ascii_digit()
}

/// Returns whether the text after the host is a path of characters that no browser rewrites. `url` judges all others.
fn is_plain_path(tail: &str) -> bool {
    let bytes = tail.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'~' => {}
            b'/' if !matches!(bytes.get(at + 1), Some(b'.')) => {}
            // Not at the start of a segment.
            b'.' if at > 0 => {}
            _ => return false,
        }
        at += 1;
    }
    true
}

/// Returns the path in the text after the authority.
fn path(tail: &str) -> &str {
    split_at_first(tail, |byte| matches!(byte, b'?' | b'#')).0
}

/// Returns the query in the text after the authority, with its `?`.
fn query(tail: &str) -> &str {
    &tail[path(tail).len()..]
}

/// Writes a port as a URI contains it.
fn with_colon(port: Option<u16>) -> String {
    port.map_or_else(String::new, |port| format!(":{port}"))
}

/// Returns the absolute URI that a text without a scheme most likely stands for.
pub(crate) fn with_scheme(text: &str) -> String {
    let with_scheme = |address: &str| {
        let host = address.split([':', '/', '?', '#']).next().unwrap_or_default();
        format!("{}://{address}", if reach(host) == Reach::Loopback { "http" } else { "https" })
    };
    for web in ["https", "http"] {
        let Some((scheme, rest)) = text.split_at_checked(web.len()) else { continue };
        let rest = rest.trim_start_matches([':', ';']);
        if scheme.eq_ignore_ascii_case(web) && rest.starts_with('/') {
            return with_scheme(rest.trim_start_matches('/'));
        }
    }
    let address = text.trim_start_matches('/');
    let is_path = text.starts_with('/') && !text.starts_with("//");
    if address.is_empty() || address.starts_with(['?', '#']) || is_path {
        return format!("https://app.example.com/{address}");
    }
    with_scheme(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns every text of at most `length` parts.
    fn texts(parts: &[&str], length: usize) -> Vec<String> {
        let mut texts = vec![String::new()];
        let mut from = 0;
        for _ in 0..length {
            let to = texts.len();
            for index in from..to {
                texts.extend(parts.iter().map(|part| format!("{}{part}", texts[index])).collect::<Vec<_>>());
            }
            from = to;
        }
        texts
    }

    #[test]
    fn a_browser_reads_a_plain_address_as_it_is_written() {
        let hosts = texts(&["a", "xn", "0x", "1", "z", "-", ".", "A", "_", ":8", "@", "é", "%41"], 4);
        let paths = texts(&["/", ".", "a", "%2e", "~", "*", "\\", "?", "#", "é"], 4);
        let mut plain = [0, 0];
        let mut compare = |kind: usize, host: &str, path: &str| {
            let text = format!("https://{host}{path}");
            if RedirectUri::parse(&text).is_some_and(|uri| uri.is_plain) {
                let slash = if text["https://".len()..].contains('/') { "" } else { "/" };
                assert_eq!(Url::parse(&text).map(String::from), Ok(format!("{text}{slash}")));
                plain[kind] += 1;
            }
        };
        for host in &hosts {
            compare(0, host, "");
        }
        for path in &paths {
            compare(1, "a.example", path);
        }
        assert!(plain[0] > 500 && plain[1] > 50, "{plain:?}");
    }

    #[test]
    fn an_address_that_a_browser_rewrites_is_not_plain() {
        for text in
            ["HTTPS://a.example", "http://a.example", "https://A.example", "https://a.example/./b", "https://1.2.3"]
        {
            assert!(!RedirectUri::parse(text).unwrap().is_plain, "{text}");
        }
        assert!(RedirectUri::parse("https://app.example.com/callback").unwrap().is_plain);
        // A second scheme is no host.
        for text in ["https://https", "https://http/callback", "https://https://a.example"] {
            assert!(!RedirectUri::parse(text).unwrap().is_address(), "{text}");
        }
    }
}
