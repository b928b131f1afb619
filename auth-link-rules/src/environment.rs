//! Rules of `environment` and `auth_server`: where a link leads.

use crate::host::{Reach, reach};
use crate::link::{Link, Word};
use crate::problem::Found;
use crate::{Param, Place, provider, provider_id, providers};

/// The origins of TrueLayer's auth server, live and sandbox.
pub const TRUELAYER: [&str; 2] = ["https://auth.truelayer.com", "https://auth.truelayer-sandbox.com"];

/// The origins of TrueLayer's API, in the order of [`TRUELAYER`].
pub const API: [&str; 2] = ["https://api.truelayer.com", "https://api.truelayer-sandbox.com"];

/// The origins of what TrueLayer records of a journey, in the order of [`TRUELAYER`].
pub const TRACKING: [&str; 2] =
    ["https://client-tracking.truelayer.com", "https://client-tracking.truelayer-sandbox.com"];

/// The values of `environment`, in the order of [`TRUELAYER`].
pub(crate) const ENVIRONMENTS: [&str; 2] = ["live", "sandbox"];

/// The prefix of client ids that TrueLayer gives out for its sandbox.
const SANDBOX_PREFIX: &str = "sandbox-";

/// The origin that `link`, which holds every rule, leads to; empty where what decides on it is known only later.
pub(crate) fn origin(link: &Link<'_>) -> String {
    match link.single(Param::AuthServer) {
        Some(server) => without_default_port(server.text.strip_suffix('/').unwrap_or(server.text)).to_owned(),
        None => is_sandbox(link).map_or_else(String::new, |sandbox| TRUELAYER[usize::from(sandbox)].to_owned()),
    }
}

fn without_default_port(origin: &str) -> &str {
    let port = if origin.starts_with("https:") { ":443" } else { ":80" };
    origin.strip_suffix(port).unwrap_or(origin)
}

fn has_sandbox_id(link: &Link<'_>) -> bool {
    link.single(Param::ClientId).is_some_and(|id| id.text.starts_with(SANDBOX_PREFIX))
}

fn is_sandbox(link: &Link<'_>) -> Option<bool> {
    if link.has(Param::Environment) {
        return link.single(Param::Environment).map(|environment| environment.text == "sandbox");
    }
    link.single(Param::ClientId).map(|_| has_sandbox_id(link))
}

/// TrueLayer has two environments.
pub(crate) fn environment_unknown(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some(Word { place, text, .. }) = link.single(Param::Environment) else { return };
    if !ENVIRONMENTS.contains(&text) {
        let fault = format!("expected `live` or `sandbox` for `environment`, found `{text}`");
        let help = "write one of the two, or leave it out: a client id that begins with `sandbox-` says enough";
        found.push(Found::new(place, fault, help));
    }
}

/// The environment, where it is written and no stand-in takes its place.
fn written<'d>(link: &Link<'d>, value: &str) -> Option<Word<'d>> {
    link.single(Param::Environment).filter(|word| word.text == value && !link.has(Param::AuthServer))
}

/// A sandbox id is not known to the live server.
pub(crate) fn environment_client(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some(environment) = written(link, "live") else { return };
    if has_sandbox_id(link) {
        let is_pasted = link.is_pasted(Param::Environment);
        let sandbox = if is_pasted { "auth.truelayer-sandbox.com" } else { "environment = sandbox" };
        let help = format!("write `{sandbox}`, or the client id of the live environment");
        let fault = "`client_id` is one of the sandbox, but this is the live environment";
        found.push(Found::new(environment.place, fault, help));
    }
}

/// The sandbox knows ids of its own, which so far begin with `sandbox-`.
pub(crate) fn environment_other_client(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some(environment) = written(link, "sandbox") else { return };
    if !has_sandbox_id(link) && link.single(Param::ClientId).is_some() {
        let help = "write the client id of the sandbox, which begins with `sandbox-`";
        let fault = "this is the sandbox, but `client_id` does not begin with `sandbox-`";
        found.push(Found::new(environment.place, fault, help));
    }
}

/// The sandbox offers nothing but Mock Bank, which the default `providers` do not name.
pub(crate) fn sandbox_mock(link: &Link<'_>, found: &mut Vec<Found>) {
    if link.has(Param::AuthServer) || is_sandbox(link) != Some(true) || !providers::can_be_judged(link) {
        return;
    }
    let listed = link.tokens(Param::Providers);
    // What is chosen and not covered is told by another rule.
    let is_told = provider_id::chosen(link).is_some_and(|(_, id)| id.text == "mock");
    if is_told || listed.iter().any(|token| provider::covers_mock(&token.text)) {
        return;
    }
    let place = link.index(Param::Providers).map_or(Place::Link, Place::Value);
    let help = if listed.is_empty() {
        "add `providers = [uk_cs_mock]`"
    } else if listed.iter().all(|token| token.word.quoted) {
        "add `uk-cs-mock` to `providers`"
    } else {
        "add `uk_cs_mock` to `providers`"
    };
    let fault = "the sandbox offers only Mock Bank, which `providers` does not list";
    found.push(Found::new(place, fault, help).of(Param::Providers));
}

/// A stand-in is named by its origin: scheme, host and port (RFC 6454 §4).
pub(crate) fn auth_server_origin(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some(server) = link.single(Param::AuthServer) else { return };
    if Origin::of(server.text).is_none() {
        let fault = "expected an origin for `auth_server`";
        let help = "write scheme, host and port in small letters, no more: `https://stand-in.example`, `http://localhost:8080`";
        found.push(Found::new(server.place, fault, help));
    }
}

/// What a link carries is for the two ends alone; without TLS that holds on one's own machine and network.
pub(crate) fn auth_server_https(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some(server) = link.single(Param::AuthServer) else { return };
    if let Some(origin) = Origin::of(server.text)
        && !origin.is_private()
    {
        let help = format!("write `https{}`", server.text.trim_start_matches("http"));
        let fault = format!("unexpected `http` for the public host `{}`", origin.host);
        found.push(Found::new(server.place, fault, help));
    }
}

/// Whether `origin` is one that a link may lead to.
#[must_use]
pub fn is_auth_server(origin: &str) -> bool {
    !origin.ends_with('/') && Origin::of(origin).is_some_and(|origin| origin.is_private())
}

/// The longest name of a host that can be looked up (RFC 1035 §2.3.4).
const LONGEST_NAME: usize = 253;

/// Scheme, host and port, as a browser writes them.
struct Origin<'a> {
    is_https: bool,
    host: &'a str,
}

impl<'a> Origin<'a> {
    fn of(text: &'a str) -> Option<Self> {
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

    /// Whether what is sent there stays between the two ends.
    fn is_private(&self) -> bool {
        self.is_https || reach(self.host) != Reach::Public
    }
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        for good in [
            "https://stand-in.example",
            "https://stand-in.example/",
            "http://localhost:8080",
            "http://127.0.0.1:1",
            "http://[::1]:65535",
            "http://[::1]",
            "http://oauth_server:80",
            "http://10.0.0.1:80",
            "https://1password.example",
            "http://3scale",
        ] {
            assert!(Origin::of(good).is_some(), "{good}");
        }
        let longest = |length: usize| format!("https://{}", "a.".repeat(length / 2) + "a");
        assert!(Origin::of(&longest(253)).is_some());
        for bad in [
            &longest(255),
            "",
            "https://",
            "https:///",
            "stand-in.example",
            "ftp://stand-in.example",
            "HTTPS://stand-in.example",
            "https://stand-in.example//",
            "https://stand-in.example/path",
            "https://stand-in.example?x",
            "https://stand-in.example#x",
            "https://user@stand-in.example",
            "https://stand-in.example:",
            "https://stand-in.example:+1",
            "https://stand-in.example:65536",
            "https://stand in.example",
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
            assert!(Origin::of(bad).is_none(), "{bad}");
        }
    }
}
