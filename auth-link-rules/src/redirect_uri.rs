//! Rules of `redirect_uri`. TrueLayer compares it to the registered ones character by character, so it is sent byte for byte:
//! `url` only judges it.

use url::{Host, Url};

use crate::host::{Reach, reach};
use crate::link::{CALLBACK_PARAMETERS, Link};
use crate::problem::{Found, is_invisible};
use crate::scheme::{REFUSED, is_refused, is_web, parted};
use crate::{Param, Place, decode, pairs};

/// A redirect URI of absolute form, taken apart as it stands.
pub(crate) struct Redirect<'d> {
    place: Place,
    text: &'d str,
    scheme: &'d str,
    /// What follows `scheme:`.
    rest: &'d str,
    /// What stands between `//` and the path.
    authority: &'d str,
    /// From the path on.
    tail: &'d str,
    /// As a browser reads it.
    parsed: Option<Url>,
}

fn written<'d>(link: &Link<'d>) -> Option<(Place, &'d str)> {
    link.single(Param::RedirectUri).map(|word| (word.place, word.text))
}

/// The first character that no URI holds.
fn impossible(link: &Link<'_>, text: &str) -> Option<char> {
    let is_impossible = |&c: &char| c.is_whitespace() || c.is_control() || is_invisible(c) || c == '\\';
    *link.impossible.get_or_init(|| text.chars().find(is_impossible))
}

impl<'d> Redirect<'d> {
    /// The redirect URI, where its characters and its scheme are sound.
    fn of<'l>(link: &'l Link<'d>) -> Option<&'l Self> {
        link.redirect.get_or_init(|| Self::read(link)).as_ref()
    }

    fn read(link: &Link<'d>) -> Option<Self> {
        let (place, text) = written(link).filter(|(_, text)| impossible(link, text).is_none())?;
        let (scheme, rest) = parted(text).filter(|(scheme, _)| !is_refused(scheme))?;
        let (authority, tail) = match rest.strip_prefix("//") {
            Some(rest) => rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len())),
            None => ("", rest),
        };
        // A scheme twice, and what a template leaves in: no host is called that.
        let is_host =
            |host: &str| !["", "http", "https", "http:", "https:"].contains(&host) && !host.contains(['{', '}', '$']);
        let parsed = if is_web(scheme) && !is_host(authority) { None } else { Url::parse(text).ok() };
        Some(Self { place, text, scheme, rest, authority, tail, parsed })
    }

    /// The address as it should stand: each fault of its own mended, and so all of them.
    fn mended(&self) -> String {
        let tail = self.tail.split('#').next().unwrap_or_default();
        let host = self.authority.rsplit('@').next().unwrap_or_default();
        match &self.parsed {
            Some(url) if is_web(self.scheme) => {
                let name = url.host_str().unwrap_or_default();
                let over_tls = url.scheme() == "https" || reach(name) != Reach::Loopback;
                let port = url.port().filter(|&port| !over_tls || ![80, 443].contains(&port));
                let port = port.map_or_else(String::new, |port| format!(":{port}"));
                format!("{}://{name}{port}{tail}", if over_tls { "https" } else { "http" })
            }
            _ if self.rest.starts_with("//") => format!("{}://{host}{tail}", self.scheme.to_lowercase()),
            _ => format!("{}:{tail}", self.scheme.to_lowercase()),
        }
    }

    fn found(&self, fault: impl Into<String>, help: impl Into<String>) -> Vec<Found> {
        vec![Found::new(self.place, fault, help)]
    }
}

/// A URI has no white space, control characters or backslashes (RFC 3986 §2).
pub(crate) fn redirect_characters(link: &Link<'_>) -> Vec<Found> {
    let Some((place, c)) = written(link).and_then(|(place, text)| Some((place, impossible(link, text)?))) else {
        return Vec::new();
    };
    let (fault, help) = match c {
        '\\' => ("unexpected `\\` in `redirect_uri`".to_owned(), "write `/`"),
        ' ' => ("unexpected space in `redirect_uri`".to_owned(), "remove it, or write `%20`"),
        c => (format!("unexpected `{}` in `redirect_uri`", c.escape_default()), "remove it"),
    };
    vec![Found::new(place, fault, help)]
}

/// A redirect URI is absolute (RFC 6749 §3.1.2).
pub(crate) fn redirect_absolute(link: &Link<'_>) -> Vec<Found> {
    let Some((place, text)) =
        written(link).filter(|(_, text)| impossible(link, text).is_none() && parted(text).is_none())
    else {
        return Vec::new();
    };
    if let Some((scheme, _)) = text.split_once("://")
        && let Some(c) = scheme.chars().find(|c| !c.is_ascii_alphanumeric() && !"+-.".contains(*c))
        && !scheme.contains('/')
        && !scheme.to_lowercase().starts_with("http")
    {
        let fault = format!("unexpected `{c}` in the scheme of `redirect_uri`");
        return vec![Found::new(place, fault, "a scheme is of letters, digits, `+`, `-` and `.` (RFC 3986 §3.1)")];
    }
    let lower = text.to_ascii_lowercase();
    let (fault, help) = if lower.starts_with("http%3a") || lower.starts_with("https%3a") {
        (
            "`redirect_uri` is percent-encoded already",
            "write it plain: `https://…`; the link's encoding is added when it is made".to_owned(),
        )
    } else {
        let host = text.trim_start_matches('/');
        let after_web = ["https", "http"].iter().find_map(|web| {
            let rest = lower.strip_prefix(web)?.trim_start_matches([':', ';']);
            rest.starts_with('/').then(|| text[text.len() - rest.len()..].trim_start_matches('/'))
        });
        let example = if let Some(rest) = after_web {
            let web = if reach(rest.split([':', '/']).next().unwrap_or_default()) == Reach::Loopback {
                "http"
            } else {
                "https"
            };
            format!("{web}://{rest}")
        } else if host.is_empty() || host.starts_with(['?', '#']) || (text.starts_with('/') && !text.starts_with("//"))
        {
            format!("https://app.example.com/{host}")
        } else if reach(host.split([':', '/', '?', '#']).next().unwrap_or_default()) == Reach::Loopback {
            format!("http://{host}")
        } else {
            format!("https://{host}")
        };
        ("`redirect_uri` has no scheme", format!("write the whole address, such as `{example}`"))
    };
    vec![Found::new(place, fault, help)]
}

/// The browser comes back over http(s), or to an app by a scheme of its own (RFC 8252 §7).
pub(crate) fn redirect_scheme(link: &Link<'_>) -> Vec<Found> {
    let Some((place, text)) = written(link).filter(|(_, text)| impossible(link, text).is_none()) else {
        return Vec::new();
    };
    match parted(text) {
        Some((scheme, rest)) if is_refused(scheme) => {
            let help = if REFUSED.contains(&&*scheme.to_lowercase()) {
                "write an `https://` address, or an app's own scheme such as `com.example.app:/callback`".to_owned()
            } else {
                format!("did you mean `https:{rest}`?")
            };
            vec![Found::new(place, format!("unexpected scheme `{scheme}` in `redirect_uri`"), help)]
        }
        _ => Vec::new(),
    }
}

/// A browser can read it.
pub(crate) fn redirect_address(link: &Link<'_>) -> Vec<Found> {
    let Some(redirect) = Redirect::of(link) else {
        return Vec::new();
    };
    if redirect.parsed.is_some() {
        return Vec::new();
    }
    let reason = match Url::parse(redirect.text) {
        Err(reason) if !redirect.authority.is_empty() => reason.to_string(),
        _ if redirect.authority.contains(['{', '}', '$']) => "a placeholder for the host".to_owned(),
        _ => "no host".to_owned(),
    };
    redirect.found(
        format!("`redirect_uri` is not an address: {reason}"),
        "write scheme, host and path, such as `https://app.example.com/callback`",
    )
}

/// The host of an `http` address.
fn http_host(redirect: &Redirect<'_>) -> Option<Reach> {
    let url = redirect.parsed.as_ref().filter(|url| url.scheme() == "http")?;
    url.host_str().map(reach)
}

/// The code travels in the address: over TLS, or within one machine (RFC 6749 §3.1.2.1, RFC 8252 §8.3).
pub(crate) fn redirect_https(link: &Link<'_>) -> Vec<Found> {
    without_tls(link, Reach::Public, "unexpected `http` in `redirect_uri`: anyone on the way can read the code")
}

/// A network of one's own may do without TLS, if that is known.
pub(crate) fn redirect_private(link: &Link<'_>) -> Vec<Found> {
    without_tls(link, Reach::Private, "unexpected `http` in `redirect_uri` for a host that is not this machine")
}

fn without_tls(link: &Link<'_>, reach: Reach, fault: &str) -> Vec<Found> {
    match Redirect::of(link) {
        Some(redirect) if http_host(redirect) == Some(reach) => {
            redirect.found(fault, format!("write `{}`", redirect.mended()))
        }
        _ => Vec::new(),
    }
}

/// A redirect URI has no fragment (RFC 6749 §3.1.2).
pub(crate) fn redirect_fragment(link: &Link<'_>) -> Vec<Found> {
    match Redirect::of(link) {
        Some(redirect) if redirect.text.contains('#') => redirect.found(
            "unexpected fragment in `redirect_uri`: the browser keeps what follows `#` to itself",
            format!("write `{}`", redirect.mended()),
        ),
        _ => Vec::new(),
    }
}

/// A redirect URI names a place, not who may enter it.
pub(crate) fn redirect_user_info(link: &Link<'_>) -> Vec<Found> {
    match Redirect::of(link) {
        Some(redirect) if redirect.authority.contains('@') => redirect
            .found("unexpected user name or password in `redirect_uri`", format!("write `{}`", redirect.mended())),
        _ => Vec::new(),
    }
}

/// TrueLayer compares the whole address: there are no wildcards (RFC 9700 §2.1).
pub(crate) fn redirect_wildcard(link: &Link<'_>) -> Vec<Found> {
    match Redirect::of(link) {
        Some(redirect) if redirect.authority.contains('*') || has_wildcard_segment(redirect) => {
            redirect.found("unexpected wildcard in `redirect_uri`", "write one whole address, registered in Console")
        }
        _ => Vec::new(),
    }
}

fn has_wildcard_segment(redirect: &Redirect<'_>) -> bool {
    let path = redirect.tail.split(['?', '#']).next().unwrap_or_default();
    path.split('/').any(|segment| !segment.is_empty() && segment.bytes().all(|byte| byte == b'*'))
}

/// What the callback adds does not stand there already.
pub(crate) fn redirect_query(link: &Link<'_>) -> Vec<Found> {
    let Some(redirect) = Redirect::of(link) else {
        return Vec::new();
    };
    let query = redirect.tail.split('#').next().and_then(|tail| tail.split_once('?')).map_or("", |(_, query)| query);
    let taken = pairs(query.as_bytes()).filter_map(|(name, _)| decode(name).ok());
    let Some(name) = taken.into_iter().find(|name| CALLBACK_PARAMETERS.contains(&name.as_ref())) else {
        return Vec::new();
    };
    redirect.found(
        format!("unexpected `{name}` in the query of `redirect_uri`: the callback brings its own"),
        format!("rename or remove `{name}`"),
    )
}

/// Scheme and host stand as a browser writes them, since that is what comes back.
pub(crate) fn redirect_form(link: &Link<'_>) -> Vec<Found> {
    let Some(redirect) = Redirect::of(link) else {
        return Vec::new();
    };
    let Some(url) = &redirect.parsed else {
        return Vec::new();
    };
    let host = redirect.authority.rsplit('@').next().unwrap_or_default();
    let form = match url.host() {
        Some(Host::Domain(_) | Host::Ipv4(_) | Host::Ipv6(_)) if is_web(redirect.scheme) => {
            let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
            format!("{}://{}{port}", url.scheme(), url.host_str().unwrap_or_default())
        }
        _ => format!(
            "{}:{}",
            url.scheme(),
            if redirect.rest.starts_with("//") { format!("//{host}") } else { String::new() }
        ),
    };
    let stands = if redirect.rest.starts_with("//") {
        format!("{}://{host}", redirect.scheme)
    } else {
        format!("{}:", redirect.scheme)
    };
    if stands == form {
        return Vec::new();
    }
    redirect.found(
        format!("`redirect_uri` begins `{stands}`, which a browser writes `{form}`"),
        format!("write `{}`", redirect.mended()),
    )
}
