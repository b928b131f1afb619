//! Finds auth links in texts of any kind: source code, templates, documentation.
//!
//! Escapes are decoded: `&amp;` of HTML and `\u0026` of JSON are `&`. A value that a template or the program fills in is a
//! placeholder, which is not checked.

use auth_link_rules::{Param, TRUELAYER, decode, pairs};

use crate::link_match::LinkMatch;
use crate::link_reader;
use crate::text::last;

/// Returns the auth links of `text`, in order.
pub(crate) fn links(text: &str, is_markup: bool) -> Vec<LinkMatch> {
    let lower = text.to_ascii_lowercase();
    let mut matches: Vec<LinkMatch> = Vec::new();
    for (at, _) in lower.match_indices("auth.truelayer") {
        let is_host = |server: &str| {
            let host = server.trim_start_matches("https://");
            lower[at..].strip_prefix(host).is_some_and(|rest| rest.starts_with(['/', '?', ':', '#']))
        };
        if matches.last().is_some_and(|last| at < last.range.end) || !TRUELAYER.iter().any(|server| is_host(server)) {
            continue;
        }
        if let Some(start) = scheme(text, at) {
            matches.extend(Some(link_reader::read(text, is_markup, start)).filter(is_auth_link));
        }
    }
    matches
}

/// Returns the start of the URL whose host begins at the byte `host`.
fn scheme(text: &str, host: usize) -> Option<usize> {
    // No user name, password or scheme is longer.
    const LONGEST: usize = 300;
    let before = last(&text[..host], LONGEST);
    let offset = host - before.len();
    let ends = |c: char| c.is_whitespace() || "\"'`<>()[]{}=,".contains(c);
    let word = before.rfind(ends).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let colon = before[word..].rfind("://")? + word;
    let is_user_info = before[colon + 3..].is_empty() || before.ends_with('@');
    let letters = before[..colon].bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    let run = before[colon - letters..colon].to_ascii_lowercase();
    // `\nhttps` is an escape in front of a scheme.
    let scheme = ["https", "http"].iter().find(|web| run.ends_with(*web)).map_or(letters, |web| web.len());
    (is_user_info && scheme > 0).then_some(offset + colon - scheme)
}

/// Returns whether a URL of TrueLayer's auth server is a link for a browser, not an address of its API.
fn is_auth_link(candidate: &LinkMatch) -> bool {
    const API: [&str; 4] = ["/api/", "/v1/", "/.well-known/", "/connect/token"];
    let split = |at| candidate.link.split_once(at);
    let (address, query) = split('?').or_else(|| split('#')).unwrap_or((&candidate.link, ""));
    let path = address.splitn(4, '/').nth(3).unwrap_or_default();
    let is_known = |name: &[u8]| {
        let name = decode(name).unwrap_or_default();
        Param::from_name(name.trim_start_matches("amp;")).is_some_and(Param::is_in_url)
    };
    !API.iter().any(|api| format!("/{path}/").starts_with(api))
        && pairs(query.as_bytes()).any(|(name, _)| is_known(name))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    const LINK: &str = "https://auth.truelayer.com/?client_id=acme-1&scope=info";

    /// Returns the links of a text, as the rules read them, and whether each is open.
    fn read_links(text: &str) -> Vec<(String, bool)> {
        links(text, false).into_iter().map(|link| (link.link, link.is_open)).collect()
    }

    fn only_link(text: &str) -> LinkMatch {
        let mut matches = links(text, true);
        assert_eq!(matches.len(), 1, "{text}: {matches:?}");
        matches.remove(0)
    }

    #[test]
    fn a_link_ends_where_the_surrounding_text_goes_on() {
        for text in [
            LINK,
            &format!("{LINK}\n"),
            &format!("let a = \"{LINK}\";"),
            &format!("let a = \"{LINK}\".to_string();"),
            &format!("<a href='{LINK}'>"),
            &format!("[bank]({LINK})."),
            &format!("<{LINK}>"),
            &format!("see `{LINK}`, or"),
            &format!("see {LINK}."),
            &format!("**{LINK}**"),
            &format!("{{\"a\":\"{LINK}\"}}"),
            &format!("\"at:\\n{LINK}\\n\""),
            &format!("“{LINK}”"),
            &format!("<a>{LINK}</a>"),
            &format!("links: [{LINK}]"),
            &format!("a=b,{LINK}"),
        ] {
            assert_eq!(read_links(text), [(LINK.to_owned(), false)], "{text}");
        }
    }

    #[test]
    fn every_form_of_the_auth_servers_address_is_found() {
        for link in [
            "http://auth.truelayer.com/?client_id=a",
            "HTTPS://AUTH.TRUELAYER.COM/?client_id=a",
            "https://auth.truelayer-sandbox.com/connect/auth?scope=info",
            "https://auth.truelayer.com?response_type=code",
            "https://auth.truelayer.com:443/?redirect_uri=https://b.example/(x)",
            "https://me:pw@auth.truelayer.com/?client_id=a",
            "https://auth.truelayer.com/#/?client_id=a",
        ] {
            assert_eq!(read_links(link), [(link.to_owned(), false)]);
        }
        let two = format!("{LINK} {LINK}");
        assert_eq!(read_links(&two).len(), 2);
        assert_eq!(links(&two, false)[1].range, LINK.len() + 1..two.len());
    }

    #[test]
    fn other_addresses_are_not_auth_links() {
        for text in [
            "https://auth.truelayer.com",
            "https://auth.truelayer.com/connect/token?client_id=a",
            "https://auth.truelayer.com/api/providers?client_id=a",
            "https://auth.truelayer.com/v1/authuri?client_id=a",
            "https://auth.truelayer.com/?utm=x",
            "auth.truelayer.com/?client_id=a",
            "https://auth.truelayer.com.evil.example/?client_id=a",
            "https://notauth.truelayer.com/?client_id=a",
            "https://b.example/?u=https%3A%2F%2Fauth.truelayer.com%2F?client_id=a",
            "https://auth.truelayer.com/?{{query}}",
            "https://auth.truelayer.com/?…",
        ] {
            assert_eq!(read_links(text), [], "{text}");
        }
    }

    #[test]
    fn an_entity_in_html_is_one_character_with_its_own_range() {
        let text = "<a href=\"https://auth.truelayer.com/?client_id=a&amp;scope=inf\">";
        let link = only_link(text);
        assert_eq!(link.link, "https://auth.truelayer.com/?client_id=a&scope=inf");
        let at = link.link.find("inf").unwrap();
        let range = link.source_range(&(at..at + 3));
        assert_eq!(&text[link.range.clone()][range], "inf");
        assert_eq!(
            read_links(text)[0].0,
            "https://auth.truelayer.com/?client_id=a&amp;scope=inf",
            "not outside of HTML"
        );
        assert_eq!(
            only_link("\"https://auth.truelayer.com/?client_id=a\\u0026scope=info\"").link,
            "https://auth.truelayer.com/?client_id=a&scope=info"
        );
        assert_eq!(
            only_link("u=&quot;https://auth.truelayer.com/?scope=info&quot;").link,
            "https://auth.truelayer.com/?scope=info"
        );
    }

    #[test]
    fn a_placeholder_in_a_value_is_read_as_a_percent_sign() {
        for placeholder in [
            "{{ url_for(\"a b\") }}",
            "${a(\"b c\")}",
            "<client_id>",
            "&lt;client_id&gt;",
            "%s",
            "#{id}",
            "\\(id)",
            "…",
        ] {
            let text = format!("\"https://auth.truelayer.com/?client_id={placeholder}&scope=info\";");
            let link = only_link(&text);
            assert_eq!(link.link, "https://auth.truelayer.com/?client_id=%&scope=info", "{placeholder}");
            assert!(!link.is_open && link.placeholders.len() == 1, "{placeholder}");
            let scope = link.link.find("info").unwrap();
            assert_eq!(&text[link.range.clone()][link.source_range(&(scope..scope + 4))], "info", "{placeholder}");
            assert!(!link.has_placeholder(&(scope..scope + 4)) && link.has_placeholder(&(38..39)));
        }
        assert_eq!(
            only_link("https://auth.truelayer.com/?scope=info%20cards&x=%zz").placeholders.len(),
            0,
            "percent-encoding is no placeholder"
        );
    }

    #[test]
    fn a_link_that_the_program_continues_is_open() {
        for text in [
            "\"https://auth.truelayer.com/?client_id=\" + id",
            "\"https://auth.truelayer.com/?client_id=a\" + \"&scope=info\"",
            "\"https://auth.truelayer.com/?client_id=a\"\n    \"&scope=info\"",
            "'https://auth.truelayer.com/?client_id=a' . $rest",
            "'https://auth.truelayer.com/?client_id=a'.$rest",
            "\"https://auth.truelayer.com/?client_id=a\\\n  &scope=info\"",
            "`https://auth.truelayer.com/?client_id=a&${rest}`",
            "https://auth.truelayer.com/?client_id=a&{{ rest }}&scope=info",
            "https://auth.truelayer.com/?client_id=a&...",
            "see `https://auth.truelayer.com/?client_id=…`",
        ] {
            assert!(only_link(text).is_open, "{text}");
        }
    }

    #[test]
    fn search_time_grows_linearly_with_the_text() {
        /// Returns the fastest of three runs over a text of such parts, alone and as a value.
        fn time(part: &str, length: usize) -> Duration {
            let text = part.repeat(length / part.len());
            let run = |_| {
                let began = Instant::now();
                for text in [text.clone(), format!("https://auth.truelayer.com/?client_id={text}")] {
                    for link in links(&text, true) {
                        let _ = crate::redact::Redacted::new(&text[link.range]);
                    }
                }
                began.elapsed()
            };
            (0..3).map(run).min().unwrap_or_default()
        }
        for part in [
            "auth.truelayer.com/",
            "https://auth.truelayer.com/?client_id=",
            "{{",
            "${",
            "<",
            "%s",
            "a@",
            "://",
            "state=",
            "eyJ",
        ] {
            let (short, long) = (time(part, 1 << 14), time(part, 1 << 17));
            // Eight times the length; its square would be 64 times.
            assert!(long < short * 30 + Duration::from_millis(50), "{part}: {short:?}, {long:?}");
        }
    }
}
