//! The loopback address in a redirect URI, which `auth-link connect` listens at.

use auth_link_runtime::http::Uri;
use auth_link_runtime::http::uri::Scheme;

/// The redirect URI that help texts suggest, and the default of `connect`.
pub(crate) const EXAMPLE: &str = "http://localhost:3000/callback";

/// The port of a URL over http without a port.
const HTTP_PORT: u16 = 80;

/// The address of a redirect URI on this machine (RFC 8252 §7.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RedirectAddress {
    /// The host as a browser sends it: `localhost`, `127.0.0.1` or `[::1]`.
    pub(crate) host: String,
    pub(crate) port: u16,
    path: String,
}

impl RedirectAddress {
    /// Parses a redirect URI; returns `None` unless it is an http URL of this machine.
    pub(crate) fn parse(redirect_uri: &str) -> Option<Self> {
        let uri: Uri = redirect_uri.parse().ok()?;
        let host = uri.host()?.to_ascii_lowercase();
        let port = uri.port_u16().unwrap_or(HTTP_PORT);
        let is_here = matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]");
        let is_usable = is_here && port != 0 && uri.scheme() == Some(&Scheme::HTTP);
        is_usable.then(|| Self { host, port, path: uri.path().to_owned() })
    }

    /// Returns host and port, as in `localhost:3000`.
    pub(crate) fn authority(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// Returns whether a header `Host` names this address. A web page elsewhere can point its own name to this machine (DNS
    /// rebinding), but its requests have that name.
    pub(crate) fn has_host(&self, header: &[u8]) -> bool {
        let is_default = self.port == HTTP_PORT && header.eq_ignore_ascii_case(self.host.as_bytes());
        is_default || header.eq_ignore_ascii_case(self.authority().as_bytes())
    }

    /// Returns whether a request is for the path of the redirect URI.
    pub(crate) fn has_path(&self, path: &str) -> bool {
        self.path == path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loopback_url_over_http_is_an_address() {
        for (uri, host, port, path) in [
            ("http://localhost:3000/callback", "localhost", 3000, "/callback"),
            ("http://127.0.0.1:8080/a/b?x=1", "127.0.0.1", 8080, "/a/b"),
            ("http://[::1]:3000/cb", "[::1]", 3000, "/cb"),
            ("http://localhost/cb", "localhost", 80, "/cb"),
            ("http://localhost:3000", "localhost", 3000, "/"),
        ] {
            let address = RedirectAddress::parse(uri);
            assert_eq!(address, Some(RedirectAddress { host: host.to_owned(), port, path: path.to_owned() }), "{uri}");
        }
    }

    #[test]
    fn any_other_redirect_uri_is_no_address() {
        for uri in [
            "https://localhost:3000/callback",
            "http://app.example.com/callback",
            "http://localhost.example.com:3000/callback",
            "http://127.0.0.2:3000/callback",
            "http://localhost:0/callback",
            "http://user@app.example.com:3000/",
            "com.example.app:/callback",
            "",
        ] {
            assert_eq!(RedirectAddress::parse(uri), None, "{uri}");
        }
    }

    #[test]
    fn only_the_host_of_the_redirect_uri_is_accepted() {
        let address = RedirectAddress::parse(EXAMPLE).unwrap();
        for host in ["localhost:3000", "LOCALHOST:3000"] {
            assert!(address.has_host(host.as_bytes()), "{host}");
        }
        for host in ["localhost", "localhost:3001", "127.0.0.1:3000", "attacker.example:3000", ""] {
            assert!(!address.has_host(host.as_bytes()), "{host}");
        }
        let address = RedirectAddress::parse("http://localhost/cb").unwrap();
        assert!(address.has_host(b"localhost") && address.has_host(b"localhost:80"));
        assert!(!address.has_host(b"localhost:3000"));
    }
}
