//! Finds auth links in texts of any kind: source code, templates, documentation.
//!
//! Escapes are decoded: `&amp;` of HTML and `\u0026` of JSON are `&`. A value that a template or the program fills in is a
//! placeholder, which is not checked.

use auth_link_rules::{Param, TRUELAYER, decode, pairs};

use crate::escapes::unescape;
use crate::link_match::LinkMatch;
use crate::link_reader;
use crate::literal::ExtendedVariables;
use crate::text::{ends_link, last};

/// Returns the auth links of `text`, in order.
pub(crate) fn links(text: &str) -> Vec<LinkMatch> {
    if !names_truelayer(text.as_bytes()) {
        return Vec::new();
    }
    let lower = text.to_ascii_lowercase();
    let mut matches: Vec<LinkMatch> = Vec::new();
    let extended = ExtendedVariables::new(text);
    let mut end = 0;
    for (at, _) in lower.match_indices(TRUELAYER_NAME) {
        // Each byte is part of one address, so that the time grows linearly with the text.
        if at < end {
            continue;
        }
        let Some(start) = start(text, &lower, at).filter(|start| *start >= end) else { continue };
        let link = link_reader::read(text, start, &extended);
        end = link.range.end;
        matches.extend(Some(link).filter(|link| is_auth_link(link) && !is_regular_expression(text, link)));
    }
    matches
}

/// The part of each host of TrueLayer, in lowercase.
const TRUELAYER_NAME: &str = "truelayer";

/// Returns whether the text contains TrueLayer's name, in any case.
fn names_truelayer(text: &[u8]) -> bool {
    // Three letters of the name that few words contain, and the number of letters before them.
    const RARE: [u8; 3] = *b"uel";
    const BEFORE: usize = 2;
    const BLOCK: usize = 256;
    let name = TRUELAYER_NAME.as_bytes();
    let is_at = |at: usize| text.get(at..at + name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name));
    let differs = |byte: u8, letter: u8| (byte | 0x20) ^ letter;
    let mut start = 0;
    while let Some(rest) = text.get(start + BEFORE..).filter(|rest| rest.len() >= RARE.len()) {
        let length = BLOCK.min(rest.len() - (RARE.len() - 1));
        // The smallest difference, without a branch, so that the compiler compares many bytes at once.
        let (u, e, l) = (&rest[..length], &rest[1..=length], &rest[2..length + 2]);
        let difference = u.iter().zip(e).zip(l).fold(u8::MAX, |smallest, ((u, e), l)| {
            smallest.min(differs(*u, RARE[0]) | differs(*e, RARE[1]) | differs(*l, RARE[2]))
        });
        if difference == 0 && (start..start + length).any(is_at) {
            return true;
        }
        start += length;
    }
    false
}

/// Returns the start of the URL whose host, a server of TrueLayer, contains the byte `at`.
fn start(text: &str, lower: &str, at: usize) -> Option<usize> {
    // No user name and password are longer.
    const LONGEST: usize = 300;
    let before = last(&lower[..at], LONGEST);
    let offset = at - before.len();
    let web = before.rfind("http").map(|http| offset + http);
    // Another scheme, which is an error.
    let other = before.strip_suffix("://auth.").map(|before| {
        let letters = before.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
        offset + before.len() - letters
    });
    web.into_iter().chain(other).find(|start| *start < at && is_server(text, *start, LONGEST))
}

/// Returns whether a URL of TrueLayer's auth server begins at the byte `start`.
fn is_server(text: &str, start: usize, longest: usize) -> bool {
    let (mut address, mut at) = (String::new(), start);
    while let Some(c) = text[at..].chars().next().filter(|_| address.len() < longest + 40) {
        let (c, length) = unescape(&text[at..], true).unwrap_or((c, c.len_utf8()));
        let is_authority = address.contains("://");
        if ends_link(c) || (is_authority && matches!(c, '/' | '?' | '#') && !address.ends_with(":/")) {
            break;
        }
        address.push(c.to_ascii_lowercase());
        at += length;
    }
    let Some((scheme, authority)) = address.split_once("://") else { return false };
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    !scheme.is_empty() && TRUELAYER.iter().any(|server| server.trim_start_matches("https://") == host)
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

/// Returns whether a regular expression contains the link, as a pattern for addresses: with `\.` in its host, with `\/` behind
/// the delimiter `/`, or with `\?`. JSON writes `\/` in texts, and a shell `\?` without quotes.
fn is_regular_expression(text: &str, link: &LinkMatch) -> bool {
    let (before, source) = (&text[..link.range.start], &text[link.range.clone()]);
    let address = source.split('?').next().unwrap_or_default();
    let is_delimited = before.ends_with("/^") || (before.ends_with('/') && !before.ends_with("\\/"));
    let is_quoted = before.ends_with(['"', '\'', '`', '^']);
    let has_question = address.len() < source.len() && address.ends_with('\\');
    let has_slashes = address.contains("\\/");
    // `https?://`
    address.eq_ignore_ascii_case("https")
        || address.contains("\\.")
        || (has_slashes && is_delimited)
        || (has_question && (has_slashes || is_quoted))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "https://auth.truelayer.com/?client_id=acme-1&scope=info";

    /// Returns the links of a text, as the rules read them, and whether each is open.
    fn read_links(text: &str) -> Vec<(String, bool)> {
        links(text).into_iter().map(|link| (link.link, link.is_open)).collect()
    }

    fn only_link(text: &str) -> LinkMatch {
        let mut matches = links(text);
        assert_eq!(matches.len(), 1, "{text}: {matches:?}");
        matches.remove(0)
    }

    #[test]
    fn the_name_of_truelayer_is_found_in_any_case_and_at_any_place() {
        for at in (0..70).chain(240..270) {
            for name in ["truelayer", "TRUELAYER", "TrueLayer"] {
                let text = "y".repeat(at) + name;
                assert!(names_truelayer(text.as_bytes()) && names_truelayer((text + "é y").as_bytes()));
            }
            assert!(!names_truelayer(("rue layer truelaye tuelayer trelayer".to_owned() + &"y".repeat(at)).as_bytes()));
        }
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
        assert_eq!(links(&two)[1].range, LINK.len() + 1..two.len());
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
            "`https://auth.truelayer.com/?client_id=a&${rest}`",
            "https://auth.truelayer.com/?client_id=a&{{ rest }}&scope=info",
            "https://auth.truelayer.com/?client_id=a&...",
            "see `https://auth.truelayer.com/?client_id=…`",
        ] {
            assert!(only_link(text).is_open, "{text}");
        }
    }

    /// The link of the following tests, in full.
    const WHOLE: &str =
        "https://auth.truelayer.com/?response_type=code&client_id=acme-1&scope=info&redirect_uri=https://a.example/cb";

    #[test]
    fn a_link_goes_on_in_the_next_line_with_its_next_parameter() {
        for (break_before, text) in [
            ("\n&", "```\nLINK\n```"),
            ("\n  &", "const u = `LINK`;"),
            ("\r\n\t&", "LINK"),
            ("\n   &amp;", "<a href=\"LINK\">"),
            ("\\\n  &", "\"LINK\""),
            (" \\\n  \\&", "open LINK"),
            (" &", "LINK"),
            ("^\n&", "start LINK"),
            ("`\n&", "Start-Process LINK"),
            ("\n//   &", "// LINK\nlet"),
            ("\n# &", "# LINK"),
            ("\n> &", "> LINK"),
            ("&\n  ", "LINK"),
        ] {
            let text = text.replace("LINK", &WHOLE.replace('&', break_before));
            assert_eq!(read_links(&text), [(WHOLE.to_owned(), false)], "{text}");
            let link = only_link(&text);
            let value = link.link.find("acme-1").unwrap();
            assert_eq!(&text[link.range.clone()][link.source_range(&(value..value + 6))], "acme-1", "{text}");
        }
        for address in
            ["https://auth.truelayer.com/\n  ?", "https://auth.truelayer.com/\\\n  ?", "https://auth.truelayer.com\n?"]
        {
            let text = WHOLE.replace("https://auth.truelayer.com/?", address);
            assert_eq!(
                only_link(&text).link,
                WHOLE.replace("com/?", if address.contains("com/") { "com/?" } else { "com?" })
            );
        }
        for text in ["LINK\n& more", "LINK\nscope=info", "LINK &", "LINK\n\tx=1", "LINK\n&amp; x"] {
            assert_eq!(read_links(&text.replace("LINK", WHOLE)), [(WHOLE.to_owned(), false)], "{text}");
        }
    }

    #[test]
    fn the_escapes_of_a_link_are_decoded() {
        for (from, to) in [
            ("/", "\\/"),
            ("/", "\\\\/"),
            ("=", "\\u003d"),
            ("=", "\\\\u003D"),
            ("&", "\\u0026"),
            ("?", "\\u003f"),
            (":", "\\u003a"),
            ("&", "\\x26"),
            ("=", "\\x3d"),
            ("&", "\\046"),
            ("&", "\\u{26}"),
            ("&", "\\&"),
            ("=", "\\="),
            ("_", "\\_"),
            ("-", "\\-"),
            ("&", "^&"),
            ("&", "&amp;"),
            ("&", "&#38;"),
            ("&", "&#x26;"),
            ("=", "&equals;"),
            ("=", "&#61;"),
            ("?", "&quest;"),
            ("/", "&sol;"),
            ("/", "&#x2F;"),
            (":", "&colon;"),
            (".", "&period;"),
            ("_", "&lowbar;"),
        ] {
            let text = format!("'{}'", WHOLE.replace(from, to));
            assert_eq!(read_links(&text), [(WHOLE.to_owned(), false)], "{text}");
        }
        let shell = format!("open {}", WHOLE.replace('?', "\\?").replace('&', "\\&"));
        assert_eq!(read_links(&shell), [(WHOLE.to_owned(), false)]);
    }

    #[test]
    fn a_regular_expression_is_not_a_link() {
        for text in [
            r"page.waitForURL(/https:\/\/auth\.truelayer\.com\/\?response_type=code/)",
            r"page.waitForURL(/^https:\/\/auth.truelayer.com\/\?response_type=code/)",
            r"page.waitForURL(/https:\/\/auth.truelayer.com\/.*client_id=a/)",
            r"page.waitForURL(/https:\/\/auth.truelayer.com\/?client_id=a/)",
            r"page.waitForURL(/https?:\/\/auth\.truelayer\.com\/\?response_type=code/)",
            r#"re.match(r"https://auth\.truelayer\.com/\?client_id=(\w+)", url)"#,
            r#"re.match(r"https://auth.truelayer.com/\?client_id=(\w+)", url)"#,
            r#"re.match(r"^https://auth.truelayer.com/\?client_id=(\w+)", url)"#,
            r#"new RegExp("https://auth\\.truelayer\\.com/\\?client_id=a")"#,
            r"%r{https?://auth\.truelayer\.com/\?client_id=a}",
        ] {
            assert_eq!(read_links(text), [], "{text}");
        }
        for text in [
            r#"{"a": "https:\/\/auth.truelayer.com\/?client_id=a"}"#,
            r#"{"a": "see https:\/\/auth.truelayer.com\/?client_id=a"}"#,
            r#"{"a": "https:\/\/auth.truelayer.com?client_id=a.b\/c"}"#,
            r#"{"a": "x\/https:\/\/auth.truelayer.com\/?client_id=a"}"#,
            r"open https://auth.truelayer.com/\?client_id\=a",
            r"see https://auth.truelayer.com/?client\_id=a",
        ] {
            assert_eq!(links(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn an_ampersand_is_an_entity_unless_the_link_has_another() {
        let mixed = "https://auth.truelayer.com/?client_id=a&amp;state=x&scope=info";
        assert_eq!(only_link(mixed).link, mixed);
        assert_eq!(only_link(&mixed.replace("&scope", "&amp;scope")).link, mixed.replace("&amp;", "&"));
    }

    #[test]
    fn blanks_in_quotes_belong_to_the_link() {
        let link = WHOLE.replace("info", "info accounts balance");
        for text in ["location.href = \"LINK\";", "<a href='LINK'>", "x = `LINK`", "{\\\"a\\\": \\\"LINK\\\"}"] {
            assert_eq!(read_links(&text.replace("LINK", &link)), [(link.clone(), false)], "{text}");
        }
        for text in ["see LINK", "\"see LINK\"", "(LINK)", "\"LINK\n", "<LINK>"] {
            let found = only_link(&text.replace("LINK", &link)).link;
            assert_eq!(found, "https://auth.truelayer.com/?response_type=code&client_id=acme-1&scope=info", "{text}");
        }
        assert_eq!(links(&format!("\"{LINK} {LINK}\"")).len(), 2);
    }

    #[test]
    fn a_literal_that_code_may_complete_is_open() {
        for text in [
            "u = \"LINK\" ++ \"&redirect_uri=\" ++ r",
            "u = [\"LINK\", \"redirect_uri=\" + r].join(\"&\")",
            "u <- paste0(\"LINK\", \"&redirect_uri=\", r)",
            "u <- paste(\"LINK\")",
            "sb.append(\"LINK\").append(r);",
            "sb.append(\"LINK\");",
            "url << \"LINK\" << r;",
            "let u = \"LINK\".to_owned() + &r;",
            "let u = \"LINK\".to_string() + &r;",
            "let u = String::from(\"LINK\") + &r;",
            "u = url_concat(\"LINK\", {})",
            "r = Request(\"GET\", \"LINK\", params=p)",
            "r = get(url=\"LINK\", params=p)",
            "axios({ url: \"LINK\", params: p })",
            "const u = new URL(\"LINK\");",
            "final u = Uri.parse('LINK').replace();",
            "URI(\"LINK\").tap {}",
            "expect(url).toContain(\"LINK\");",
            "assert url.startswith(\"LINK\")",
            "assert \"LINK\" in url",
            "let u = format!(\"LINK{}\", rest);",
            "u = \"LINK%s\" % rest",
            "u = sprintf('LINK%s', rest)",
            "u = 'LINK'\n    + rest;",
            "u = 'LINK'\n    . $rest;",
            "u = 'LINK'\n    .concat(rest);",
            "u += \"LINK\"",
            "var u = \"LINK\";\nu += \"&redirect_uri=\" + r;",
            "$u = 'LINK';\n$u .= '&redirect_uri=' . $r;",
            "const BASE = 'LINK';\nlocation = `${BASE}&redirect_uri=${r}`;",
            "const BASE: &str = \"LINK\";\nlet u = BASE.to_owned() + r; x(BASE + r)",
            "U='LINK'\ncurl \"$U&redirect_uri=$R\"",
            "BASE = \"LINK\"\nget(BASE, params=p)",
            "// See https://a.example\nBASE = \"LINK\"\nget(BASE + rest)",
            "base := \"LINK\"\nu, err := url.Parse(base)",
            "string a = \"LINK\"\nvar u = new Uri(a)",
            "html`LINK`",
            "u = x ? \"LINK\" : y;",
            "curl -G \"LINK\" --data-urlencode x=y",
        ] {
            assert!(only_link(&text.replace("LINK", LINK)).is_open, "{text}");
        }
    }

    #[test]
    fn a_whole_literal_is_not_open() {
        for text in [
            "u = \"LINK\";",
            "u = \"LINK\"\nv = 1",
            "u := \"LINK\" // ours",
            "u = 'LINK' # ours",
            "let u: &'static str = \"LINK\";",
            "u <- \"LINK\"",
            "return \"LINK\";",
            "() => \"LINK\"",
            "{\"u\": \"LINK\", \"v\": 1}",
            "{ u: 'LINK' }",
            "u: \"LINK\"",
            "- \"LINK\"",
            "<a class=\"b\" href=\"LINK\" id=\"c\">",
            "<a href=\"LINK\"\n   id=\"c\">",
            "<a href='LINK'/>",
            "<a href={\"LINK\"}>",
            "<u>\"LINK\"</u>",
            "open 'LINK'",
            "u = \"\"\"LINK\"\"\"",
            "u = r#\"LINK\"#;",
            "u = f\"LINK\"",
            "{\\\"u\\\": \\\"LINK\\\"}",
            "u = \"LINK\";\nv = u;\nshow(v)",
        ] {
            assert!(!only_link(&text.replace("LINK", LINK)).is_open, "{text}");
        }
    }

    #[test]
    fn each_byte_of_a_text_is_part_of_one_link() {
        for part in [
            "https://auth.truelayer.com/",
            "https://auth.truelayer.com/?x=",
            "https://auth.truelayer.com/?client_id=",
            "https://auth.truelayer.com/?client_id=a,",
            "\"https://auth.truelayer.com/?client_id=a b",
            "\"https://auth.truelayer.com/?scope=x\",",
            "auth.truelayer.com/",
            "https://auth.truelayer.com/?client_id=a\n",
        ] {
            let text = part.repeat(200);
            let found = links(&text);
            let total: usize = found.iter().map(|link| link.range.len()).sum();
            assert!(total <= text.len(), "{part}");
            assert!(found.is_sorted_by(|before, after| before.range.end <= after.range.start), "{part}");
            assert!(found.iter().map(|link| link.sources.len()).sum::<usize>() <= text.len() + found.len(), "{part}");
        }
    }

    #[test]
    fn a_link_is_found_behind_an_address_without_parameters() {
        for before in
            ["https://auth.truelayer.com/", "https://auth.truelayer.com/,", "https://auth.truelayer.com/api/providers;"]
        {
            assert_eq!(read_links(&format!("{before}{LINK}")), [(LINK.to_owned(), false)], "{before}");
        }
    }

    #[test]
    fn a_link_that_is_too_long_is_not_kept() {
        let text = format!("{LINK}{}", "&client_id=a".repeat(100_000));
        let link = only_link(&text);
        assert_eq!(link.range, 0..text.len());
        assert!(link.link.len() < 17 << 10 && link.sources.len() == link.link.len());
    }
}
