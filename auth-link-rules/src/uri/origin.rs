//! Origins: scheme, host and port (RFC 6454 §4).

use crate::uri::host::{Reach, reach};

/// Returns whether a link may lead to `origin`: https, or http to this machine or to a reserved private name or address.
#[must_use]
pub fn is_auth_server(origin: &str) -> bool {
    let is_safe = |origin: Origin<'_>| match origin.http_reach() {
        None => !origin.is_link_local(),
        Some(reach) => matches!(reach, Reach::Loopback | Reach::Private),
    };
    !origin.ends_with('/') && Origin::parse(origin).is_some_and(is_safe)
}

/// The longest host name (RFC 1035 §2.3.4).
const LONGEST_NAME: usize = 253;

/// A scheme, host and port, in the form that browsers write.
pub(crate) struct Origin<'a> {
    is_https: bool,
    pub(crate) host: &'a str,
}

impl<'a> Origin<'a> {
    /// Parses an origin; one `/` after it is accepted.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let (scheme, authority) = text.split_once("://")?;
        let is_https = match scheme {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let authority = authority.strip_suffix('/').unwrap_or(authority);
        let (host, port) = match authority.rfind(':') {
            Some(colon) if !authority.ends_with(']') => (&authority[..colon], Some(&authority[colon + 1..])),
            _ => (authority, None),
        };
        let is_port = |port: &str| port.starts_with(|c: char| matches!(c, '1'..='9')) && port.parse::<u16>().is_ok();
        // A browser reads a number in any form as an IPv4 address.
        let is_number = |label: &str| {
            label.starts_with(|c: char| c.is_ascii_digit())
                && (label.starts_with("0x") || label.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let is_name = |host: &str| {
            host.len() <= LONGEST_NAME
                && host.split('.').all(is_label)
                && (host.rsplit('.').next().is_none_or(|last| !is_number(last))
                    || host.parse::<std::net::Ipv4Addr>().is_ok())
        };
        let is_host = match host.strip_prefix('[') {
            Some(rest) => rest.strip_suffix(']').is_some_and(|address| address.parse::<std::net::Ipv6Addr>().is_ok()),
            None => is_name(host),
        };
        (is_host && port.is_none_or(is_port)).then_some(Self { is_https, host })
    }

    /// Returns the network of its host if requests to it are not encrypted.
    pub(crate) fn http_reach(&self) -> Option<Reach> {
        (!self.is_https).then(|| reach(self.host))
    }

    /// Returns whether its host is valid on one link only: no auth server has such an address.
    pub(crate) fn is_link_local(&self) -> bool {
        reach(self.host) == Reach::LinkLocal
    }
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte))
}

/// Removes the default port of the scheme.
pub(crate) fn without_default_port(origin: &str) -> &str {
    let port = if origin.starts_with("https:") { ":443" } else { ":80" };
    origin.strip_suffix(port).unwrap_or(origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        for good in [
            "https://mock.example",
            "https://mock.example/",
            "http://localhost:8080",
            "http://127.0.0.1:1",
            "http://[::1]:65535",
            "http://[::1]",
            "http://oauth_server:80",
            "http://10.0.0.1:80",
            "https://1password.example",
            "http://3scale",
        ] {
            assert!(Origin::parse(good).is_some(), "{good}");
        }
        let longest = |length: usize| format!("https://{}", "a.".repeat(length / 2) + "a");
        assert!(Origin::parse(&longest(253)).is_some());
        for bad in [
            &longest(255),
            "",
            "https://",
            "https:///",
            "mock.example",
            "ftp://mock.example",
            "HTTPS://mock.example",
            "https://mock.example//",
            "https://mock.example/path",
            "https://mock.example?x",
            "https://mock.example#x",
            "https://user@mock.example",
            "https://mock.example:",
            "https://mock.example:+1",
            "https://mock.example:65536",
            "https://mock server.example",
            "https://.example",
            "http://[::1",
            "http://[::g]",
            "http://134744072",
            "http://0x08080808:1",
            "http://1.2.3",
            "http://localhost:0",
            "http://localhost:080",
            "http://LOCALHOST:1",
            "http://::1",
        ] {
            assert!(Origin::parse(bad).is_none(), "{bad}");
        }
    }
}
