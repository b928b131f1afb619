//! Finds auth links in text of any kind: source, templates, documentation.
//!
//! A link is taken as the file means it: `&amp;` of HTML and `\u0026` of JSON stand for `&`, and what a template fills in, or the
//! program adds behind the end of a literal, is a *hole*, about which nothing is said.

use std::ops::Range;

use auth_link_rules::{Param, TRUELAYER, decode, pairs};

use crate::placeholder;

/// A link in a text.
#[derive(Clone, Debug)]
pub(crate) struct LinkMatch {
    /// Where it stands in the text.
    pub(crate) place: Range<usize>,
    /// The link as the rules read it. Holes are `%`, which is no value.
    pub(crate) link: String,
    /// Where each byte of the link begins in its place, and where that ends.
    at: Vec<usize>,
    /// Ranges of the link that are known only elsewhere.
    holes: Vec<Range<usize>>,
    /// Parameters may be added elsewhere, too.
    pub(crate) is_open: bool,
}

impl LinkMatch {
    /// A link that stands whole at the byte `start` of a text.
    pub(crate) fn whole(text: &str, start: usize) -> Self {
        Self {
            place: start..start + text.len(),
            link: text.to_owned(),
            at: (0..=text.len()).collect(),
            holes: Vec::new(),
            is_open: false,
        }
    }

    /// The same range in the text as it stands, from the beginning of the link.
    pub(crate) fn written(&self, range: &Range<usize>) -> Range<usize> {
        self.at[range.start.min(self.link.len())]..self.at[range.end.min(self.link.len())]
    }

    /// Whether the range has to do with a hole.
    pub(crate) fn has_hole(&self, range: &Range<usize>) -> bool {
        let next = self.holes.partition_point(|hole| hole.end <= range.start);
        self.holes.get(next).is_some_and(|hole| hole.start < range.end.max(range.start + 1))
    }

    /// How many values are known only elsewhere.
    pub(crate) fn holes(&self) -> usize {
        self.holes.len()
    }
}

/// The endings of files that are HTML, XML or make it, where a character may be written as an entity.
const MARKUP: [&str; 26] = [
    "html",
    "htm",
    "xhtml",
    "xml",
    "svg",
    "md",
    "markdown",
    "mdx",
    "vue",
    "svelte",
    "jsx",
    "tsx",
    "astro",
    "erb",
    "ejs",
    "hbs",
    "handlebars",
    "mustache",
    "twig",
    "liquid",
    "njk",
    "jinja",
    "jinja2",
    "j2",
    "cshtml",
    "jsp",
];

/// Whether a file of that ending may write characters as entities.
pub(crate) fn is_markup(extension: &str) -> bool {
    MARKUP.contains(&extension.to_ascii_lowercase().as_str())
}

/// The auth links of `text`, in order.
pub(crate) fn links(text: &str, is_markup: bool) -> Vec<LinkMatch> {
    let lower = text.to_ascii_lowercase();
    let mut found: Vec<LinkMatch> = Vec::new();
    for (at, _) in lower.match_indices("auth.truelayer") {
        let is_host = |server: &str| {
            let host = server.trim_start_matches("https://");
            lower[at..].strip_prefix(host).is_some_and(|rest| rest.starts_with(['/', '?', ':', '#']))
        };
        if found.last().is_some_and(|last| at < last.place.end) || !TRUELAYER.iter().any(|server| is_host(server)) {
            continue;
        }
        if let Some(start) = scheme(text, at) {
            let reader = Reader::new(text, is_markup, start);
            found.extend(Some(reader.read()).filter(is_auth_link));
        }
    }
    found
}

/// Where the URL begins whose host is at `host`.
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

/// At most so many bytes of the end of `text`.
fn last(text: &str, length: usize) -> &str {
    let start = text.len().saturating_sub(length);
    (start..=text.len()).find_map(|start| text.get(start..)).unwrap_or_default()
}

/// At most so many bytes of the beginning of `text`.
pub(crate) fn first(text: &str, length: usize) -> &str {
    (0..=length.min(text.len())).rev().find_map(|end| text.get(..end)).unwrap_or_default()
}

/// Whether a URL of TrueLayer's auth server is a link for a browser, not one of its API's addresses.
fn is_auth_link(found: &LinkMatch) -> bool {
    const API: [&str; 4] = ["/api/", "/v1/", "/.well-known/", "/connect/token"];
    let split = |at| found.link.split_once(at);
    let (address, query) = split('?').or_else(|| split('#')).unwrap_or((&found.link, ""));
    let path = address.splitn(4, '/').nth(3).unwrap_or_default();
    let is_known = |name: &[u8]| {
        let name = decode(name).unwrap_or_default();
        Param::from_name(name.trim_start_matches("amp;")).is_some_and(Param::is_in_url)
    };
    !API.iter().any(|api| format!("/{path}/").starts_with(api))
        && pairs(query.as_bytes()).any(|(name, _)| is_known(name))
}

/// What ends a link in any text.
pub(crate) fn ends(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "\"'`<>\\|^“”„«»‘’".contains(c)
}

/// Brackets, which end a link that did not open them.
const BRACKETS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('{', '}')];

/// Reads one link.
struct Reader<'t> {
    text: &'t str,
    is_markup: bool,
    at: usize,
    link: String,
    positions: Vec<usize>,
    holes: Vec<Range<usize>>,
    part: Part,
    /// A hole stands where a name does: it may be any number of parameters.
    has_open_hole: bool,
}

/// Where a reader is in a link.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Address,
    Name,
    Value,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, is_markup: bool, at: usize) -> Self {
        let (positions, holes) = (Vec::new(), Vec::new());
        Self { text, is_markup, at, link: String::new(), positions, holes, part: Part::Address, has_open_hole: false }
    }

    fn read(mut self) -> LinkMatch {
        let start = self.at;
        let mut open = Vec::new();
        while let Some(c) = self.text[self.at..].chars().next() {
            let rest = &self.text[self.at..];
            if let Some(length) = placeholder::length(rest, &self.link) {
                self.push_hole(length);
                continue;
            }
            let (c, length) = escaped(rest, self.is_markup).unwrap_or((c, c.len_utf8()));
            if length == c.len_utf8() && ends(c) || matches!(c, '"' | '<' | '>') {
                break;
            }
            if let Some((_, close)) = BRACKETS.iter().find(|(open, _)| *open == c) {
                open.push(*close);
            } else if BRACKETS.iter().any(|(_, close)| *close == c) && open.pop() != Some(c) {
                break;
            }
            self.push(c, length);
        }
        let rest = &self.text[self.at..];
        let is_open = is_continued(rest) || self.link.ends_with(['=', '&', '?']);
        if !is_open && !rest.starts_with(['"', '\'', '`', '<', '>']) {
            self.trim();
        }
        let end = self.at;
        if is_open {
            self.push_hole(0);
        }
        self.positions.push(end);
        let at = self.positions.iter().map(|position| position - start).collect();
        LinkMatch { place: start..end, link: self.link, at, holes: self.holes, is_open: is_open || self.has_open_hole }
    }

    fn push(&mut self, c: char, length: usize) {
        match c {
            '?' if self.part == Part::Address => self.part = Part::Name,
            '=' if self.part == Part::Name => self.part = Part::Value,
            '&' if self.part == Part::Value => self.part = Part::Name,
            _ => {}
        }
        self.link.push(c);
        self.positions.extend(std::iter::repeat_n(self.at, c.len_utf8()));
        self.at += length;
    }

    /// What is filled in elsewhere, as what no value can be.
    fn push_hole(&mut self, length: usize) {
        let start = self.link.len();
        // What a document leaves out at the end may be more than a value.
        let rest = &self.text[self.at + length..];
        let is_cut = self.text[self.at..].starts_with(['…', '.']) && rest.chars().next().is_none_or(ends);
        self.has_open_hole |= self.part == Part::Name || is_cut;
        self.link.push('%');
        self.positions.push(self.at);
        self.at += length;
        self.holes.push(start..start + 1);
    }

    /// Leaves out what belongs to the sentence around.
    fn trim(&mut self) {
        while self.link.ends_with(['.', ',', ';', ':', '!', '?', '*', '_']) {
            self.link.pop();
            self.at = self.positions.pop().unwrap_or(self.at);
        }
    }
}

/// A character that is written as an entity, and the length of that.
fn escaped(rest: &str, is_markup: bool) -> Option<(char, usize)> {
    const ENTITIES: [(&str, char); 8] = [
        ("&amp;", '&'),
        ("&#38;", '&'),
        ("&#x26;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&#34;", '"'),
        ("&#61;", '='),
    ];
    if rest.starts_with("\\u0026") {
        return Some(('&', "\\u0026".len()));
    }
    let entity = ENTITIES.iter().find(|(entity, _)| is_markup && rest.starts_with(entity));
    entity.map(|&(entity, c)| (c, entity.len()))
}

/// Whether a literal that ends here is followed by more of the text: `" +`, `" .`, another literal, a line that goes on.
fn is_continued(rest: &str) -> bool {
    let Some(quote) = rest.chars().next() else { return false };
    if quote == '\\' {
        return rest[1..].trim_start_matches([' ', '\r']).starts_with('\n');
    }
    if !matches!(quote, '"' | '\'' | '`') {
        return false;
    }
    let after = rest[1..].trim_start();
    let is_operator = |operator: &&str| {
        let next = after.strip_prefix(*operator).map(str::trim_start);
        next.is_some_and(|next| next.starts_with(|c: char| c.is_alphanumeric() || "\"'`$_(@&".contains(c)))
    };
    // `.to_string()` is a call, `. $name` is more text.
    let is_dot = after.strip_prefix('.').is_some_and(|next| next.starts_with(['$', '"', '\'', ' ']));
    let is_literal = after.len() < rest.len() - 1 && (after.starts_with(quote) || after.starts_with("f\""));
    ["+", "..", "&", "||", "~", "<>"].iter().any(is_operator) || is_dot || is_literal
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    const LINK: &str = "https://auth.truelayer.com/?client_id=acme-1&scope=info";

    /// The links of a text, as the rules read them, and whether each is open.
    fn found(text: &str) -> Vec<(String, bool)> {
        links(text, false).into_iter().map(|found| (found.link, found.is_open)).collect()
    }

    fn only(text: &str) -> LinkMatch {
        let mut found = links(text, true);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found.remove(0)
    }

    #[test]
    fn a_link_ends_with_what_is_around_it() {
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
            assert_eq!(found(text), [(LINK.to_owned(), false)], "{text}");
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
            assert_eq!(found(link), [(link.to_owned(), false)]);
        }
        let two = format!("{LINK} {LINK}");
        assert_eq!(found(&two).len(), 2);
        assert_eq!(links(&two, false)[1].place, LINK.len() + 1..two.len());
    }

    #[test]
    fn other_addresses_are_no_auth_links() {
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
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn an_entity_is_a_character_of_html_and_keeps_its_place() {
        let text = "<a href=\"https://auth.truelayer.com/?client_id=a&amp;scope=inf\">";
        let link = only(text);
        assert_eq!(link.link, "https://auth.truelayer.com/?client_id=a&scope=inf");
        let at = link.link.find("inf").unwrap();
        let written = link.written(&(at..at + 3));
        assert_eq!(&text[link.place.clone()][written], "inf");
        assert_eq!(found(text)[0].0, "https://auth.truelayer.com/?client_id=a&amp;scope=inf", "not outside of HTML");
        assert_eq!(
            only("\"https://auth.truelayer.com/?client_id=a\\u0026scope=info\"").link,
            "https://auth.truelayer.com/?client_id=a&scope=info"
        );
        assert_eq!(
            only("u=&quot;https://auth.truelayer.com/?scope=info&quot;").link,
            "https://auth.truelayer.com/?scope=info"
        );
    }

    #[test]
    fn a_placeholder_is_a_hole() {
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
            let link = only(&text);
            assert_eq!(link.link, "https://auth.truelayer.com/?client_id=%&scope=info", "{placeholder}");
            assert!(!link.is_open && link.holes() == 1, "{placeholder}");
            let scope = link.link.find("info").unwrap();
            assert_eq!(&text[link.place.clone()][link.written(&(scope..scope + 4))], "info", "{placeholder}");
            assert!(!link.has_hole(&(scope..scope + 4)) && link.has_hole(&(38..39)));
        }
        assert_eq!(
            only("https://auth.truelayer.com/?scope=info%20cards&x=%zz").holes(),
            0,
            "percent-encoding is no placeholder"
        );
    }

    #[test]
    fn a_link_that_goes_on_elsewhere_is_open() {
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
            assert!(only(text).is_open, "{text}");
        }
    }

    #[test]
    fn long_texts_take_no_more_than_their_length_in_time() {
        /// The fastest of three runs over a text of such parts, alone and as a value.
        fn time(part: &str, length: usize) -> Duration {
            let text = part.repeat(length / part.len());
            let run = |_| {
                let began = Instant::now();
                for text in [text.clone(), format!("https://auth.truelayer.com/?client_id={text}")] {
                    for found in links(&text, true) {
                        let _ = crate::redact::Redacted::new(&text[found.place]);
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
