//! The networks that a host name or address belongs to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The network of a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// This machine.
    Loopback,
    /// A private network: private addresses, and names that are reserved for private networks.
    Private,
    /// Names that are often private but that no RFC reserves: single labels, `.corp`, `.lan`.
    Unreserved,
    /// Addresses that are valid on one link only, such as a cloud's metadata service, and the unspecified address.
    LinkLocal,
    /// The internet.
    Public,
}

/// Domains that are reserved for private use: RFC 6761, RFC 6762, RFC 8375, and ICANN's `.internal`.
const RESERVED: [&str; 4] = ["local", "internal", "test", "home.arpa"];

/// Domains that are often private, though nothing reserves them.
const UNRESERVED: [&str; 5] = ["lan", "intranet", "corp", "private", "svc"];

/// Returns the network of `host`: a name, an IPv4 address, or an IPv6 address in brackets.
pub(crate) fn reach(host: &str) -> Reach {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    if let Ok(address) = host.trim_start_matches('[').trim_end_matches(']').parse() {
        return reach_of_address(address);
    }
    let within = |domains: &[&str]| {
        domains.iter().any(|domain| host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.')))
    };
    if host == "localhost" || within(&["localhost"]) {
        Reach::Loopback
    } else if within(&RESERVED) {
        Reach::Private
    } else if !host.contains('.') || within(&UNRESERVED) {
        Reach::Unreserved
    } else {
        Reach::Public
    }
}

fn reach_of_address(address: IpAddr) -> Reach {
    let v4 = |address: Ipv4Addr| match address {
        _ if address.is_loopback() => Reach::Loopback,
        _ if address.is_link_local() || address.is_unspecified() => Reach::LinkLocal,
        _ if address.is_private() => Reach::Private,
        _ => Reach::Public,
    };
    match address {
        IpAddr::V4(address) => v4(address),
        IpAddr::V6(Ipv6Addr::LOCALHOST) => Reach::Loopback,
        IpAddr::V6(address) if address.is_unspecified() || address.is_unicast_link_local() => Reach::LinkLocal,
        IpAddr::V6(address) if address.is_unique_local() => Reach::Private,
        IpAddr::V6(address) => address.to_ipv4_mapped().map_or(Reach::Public, v4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_host_belongs_to_one_network() {
        let table = [
            ("localhost", Reach::Loopback),
            ("app.localhost", Reach::Loopback),
            ("LOCALHOST.", Reach::Loopback),
            ("127.0.0.1", Reach::Loopback),
            ("127.9.9.9", Reach::Loopback),
            ("[::1]", Reach::Loopback),
            ("[::ffff:127.0.0.1]", Reach::Loopback),
            ("app", Reach::Unreserved),
            ("proxy.corp", Reach::Unreserved),
            ("x.ns.svc", Reach::Unreserved),
            ("printer.local", Reach::Private),
            ("10.1.2.3", Reach::Private),
            ("172.16.0.1", Reach::Private),
            ("192.168.0.1", Reach::Private),
            ("[::ffff:10.0.0.1]", Reach::Private),
            ("[fd00::1]", Reach::Private),
            ("169.254.169.254", Reach::LinkLocal),
            ("0.0.0.0", Reach::LinkLocal),
            ("[::]", Reach::LinkLocal),
            ("[fe80::1]", Reach::LinkLocal),
            ("example.com", Reach::Public),
            ("mylocalhost.com", Reach::Public),
            ("localhost.evil.example", Reach::Public),
            ("notlocalhost", Reach::Unreserved),
            ("172.32.0.1", Reach::Public),
            ("100.64.0.1", Reach::Public),
            ("8.8.8.8", Reach::Public),
            ("[::ffff:8.8.8.8]", Reach::Public),
            ("[2001:db8::1]", Reach::Public),
        ];
        for (host, expected) in table {
            assert_eq!(reach(host), expected, "{host}");
        }
    }
}
