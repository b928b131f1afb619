//! Rules of `redirect_uri`. TrueLayer compares it to the registered ones character by character, so it is sent byte for byte:
//! `url` only judges it.

use url::Url;

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

/// The address, where no character of it is impossible.
fn sound<'d>(link: &Link<'d>) -> Option<(Place, &'d str)> {
    let (place, text) = written(link)?;
    impossible(link, text).is_none().then_some((place, text))
}

impl<'d> Redirect<'d> {
    /// The redirect URI, where its characters and its scheme are sound.
    fn of<'l>(link: &'l Link<'d>) -> Option<&'l Self> {
        link.redirect.get_or_init(|| Self::read(link)).as_ref()
    }

    fn read(link: &Link<'d>) -> Option<Self> {
        let (place, text) = sound(link)?;
        let (scheme, rest) = parted(text)?;
        if is_refused(scheme) {
            return None;
        }
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
                let port = match url.port() {
                    Some(80 | 443) if over_tls => String::new(),
                    port => with_colon(port),
                };
                format!("{}://{name}{port}{tail}", if over_tls { "https" } else { "http" })
            }
            _ if self.rest.starts_with("//") => format!("{}://{host}{tail}", self.scheme.to_lowercase()),
            _ => format!("{}:{tail}", self.scheme.to_lowercase()),
        }
    }

    fn found(&self, fault: impl Into<String>, help: impl Into<String>) -> Found {
        Found::new(self.place, fault, help)
    }
}

/// The port as an address holds it.
fn with_colon(port: Option<u16>) -> String {
    port.map_or_else(String::new, |port| format!(":{port}"))
}

/// A URI has no white space, control characters or backslashes (RFC 3986 §2).
pub(crate) fn redirect_characters(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some((place, text)) = written(link) else { return };
    let (fault, help) = match impossible(link, text) {
        None => return,
        Some('\\') => ("unexpected `\\` in `redirect_uri`".to_owned(), "write `/`"),
        Some(' ') => ("unexpected space in `redirect_uri`".to_owned(), "remove it, or write `%20`"),
        Some(c) => (format!("unexpected `{}` in `redirect_uri`", c.escape_default()), "remove it"),
    };
    found.push(Found::new(place, fault, help));
}

/// A redirect URI is absolute (RFC 6749 §3.1.2).
pub(crate) fn redirect_absolute(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some((place, text)) = sound(link) else { return };
    if parted(text).is_some() {
        return;
    }
    if let Some((scheme, _)) = text.split_once("://")
        && let Some(c) = scheme.chars().find(|c| !c.is_ascii_alphanumeric() && !"+-.".contains(*c))
        && !scheme.contains('/')
        && !scheme.to_lowercase().starts_with("http")
    {
        let fault = format!("unexpected `{c}` in the scheme of `redirect_uri`");
        let help = "a scheme is of letters, digits, `+`, `-` and `.` (RFC 3986 §3.1)";
        found.push(Found::new(place, fault, help));
        return;
    }
    let lower = text.to_ascii_lowercase();
    let (fault, help) = if lower.starts_with("http%3a") || lower.starts_with("https%3a") {
        let help = "write it plain: `https://…`; the link's encoding is added when it is made";
        ("`redirect_uri` is percent-encoded already", help.to_owned())
    } else {
        ("`redirect_uri` has no scheme", format!("write the whole address, such as `{}`", whole(text)))
    };
    found.push(Found::new(place, fault, help));
}

/// What may have been meant by an address without a scheme.
fn whole(text: &str) -> String {
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

/// The browser comes back over http(s), or to an app by a scheme of its own (RFC 8252 §7).
pub(crate) fn redirect_scheme(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some((place, text)) = sound(link) else { return };
    if let Some((scheme, rest)) = parted(text)
        && is_refused(scheme)
    {
        let help = if REFUSED.contains(&&*scheme.to_lowercase()) {
            "write an `https://` address, or an app's own scheme such as `com.example.app:/callback`".to_owned()
        } else {
            format!("did you mean `https:{rest}`?")
        };
        found.push(Found::new(place, format!("unexpected scheme `{scheme}` in `redirect_uri`"), help));
    }
}

/// A browser can read it.
pub(crate) fn redirect_address(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some(redirect) = Redirect::of(link) else { return };
    if redirect.parsed.is_some() {
        return;
    }
    let reason = match Url::parse(redirect.text) {
        Err(reason) if !redirect.authority.is_empty() => reason.to_string(),
        _ if redirect.authority.contains(['{', '}', '$']) => "a placeholder for the host".to_owned(),
        _ => "no host".to_owned(),
    };
    let help = "write scheme, host and path, such as `https://app.example.com/callback`";
    found.push(redirect.found(format!("`redirect_uri` is not an address: {reason}"), help));
}

/// The code travels in the address: over TLS, or within one machine (RFC 6749 §3.1.2.1, RFC 8252 §8.3).
pub(crate) fn redirect_https(link: &Link<'_>, found: &mut Vec<Found>) {
    let fault = "unexpected `http` in `redirect_uri`: anyone on the way can read the code";
    without_tls(link, Reach::Public, fault, found);
}

/// A network of one's own may do without TLS, if that is known.
pub(crate) fn redirect_private(link: &Link<'_>, found: &mut Vec<Found>) {
    let fault = "unexpected `http` in `redirect_uri` for a host that is not this machine";
    without_tls(link, Reach::Private, fault, found);
}

fn without_tls(link: &Link<'_>, to: Reach, fault: &str, found: &mut Vec<Found>) {
    let Some(redirect) = Redirect::of(link) else { return };
    if let Some(url) = &redirect.parsed
        && url.scheme() == "http"
        && url.host_str().map(reach) == Some(to)
    {
        found.push(redirect.found(fault, format!("write `{}`", redirect.mended())));
    }
}

/// A redirect URI has no fragment (RFC 6749 §3.1.2).
pub(crate) fn redirect_fragment(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some(redirect) = Redirect::of(link) else { return };
    if redirect.text.contains('#') {
        let fault = "unexpected fragment in `redirect_uri`: the browser keeps what follows `#` to itself";
        found.push(redirect.found(fault, format!("write `{}`", redirect.mended())));
    }
}

/// A redirect URI names a place, not who may enter it.
pub(crate) fn redirect_user_info(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some(redirect) = Redirect::of(link) else { return };
    if redirect.authority.contains('@') {
        let fault = "unexpected user name or password in `redirect_uri`";
        found.push(redirect.found(fault, format!("write `{}`", redirect.mended())));
    }
}

/// TrueLayer compares the whole address: there are no wildcards (RFC 9700 §2.1).
pub(crate) fn redirect_wildcard(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some(redirect) = Redirect::of(link) else { return };
    let path = redirect.tail.split(['?', '#']).next().unwrap_or_default();
    let is_wild = |segment: &str| !segment.is_empty() && segment.bytes().all(|byte| byte == b'*');
    if redirect.authority.contains('*') || path.split('/').any(is_wild) {
        let help = "write one whole address, registered in Console";
        found.push(redirect.found("unexpected wildcard in `redirect_uri`", help));
    }
}

/// What the callback adds does not stand there already.
pub(crate) fn redirect_query(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some(redirect) = Redirect::of(link) else { return };
    let address = redirect.tail.split('#').next().unwrap_or_default();
    let (_, query) = address.split_once('?').unwrap_or_default();
    for (name, _) in pairs(query.as_bytes()) {
        let Ok(name) = decode(name) else { continue };
        if CALLBACK_PARAMETERS.contains(&name.as_ref()) {
            let fault = format!("unexpected `{name}` in the query of `redirect_uri`: the callback brings its own");
            found.push(redirect.found(fault, format!("rename or remove `{name}`")));
            break;
        }
    }
}

/// Scheme and host stand as a browser writes them, since that is what comes back.
pub(crate) fn redirect_form(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some(redirect) = Redirect::of(link) else { return };
    let Some(url) = &redirect.parsed else { return };
    let slashes = if redirect.rest.starts_with("//") { "//" } else { "" };
    let host = redirect.authority.rsplit('@').next().unwrap_or_default();
    let form = match url.host_str() {
        Some(name) if is_web(redirect.scheme) => format!("{}://{name}{}", url.scheme(), with_colon(url.port())),
        _ => format!("{}:{slashes}{host}", url.scheme()),
    };
    let stands = format!("{}:{slashes}{host}", redirect.scheme);
    if stands != form {
        let fault = format!("`redirect_uri` begins `{stands}`, which a browser writes `{form}`");
        found.push(redirect.found(fault, format!("write `{}`", redirect.mended())));
    }
}
