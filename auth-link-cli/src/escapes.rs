//! Escapes: how languages, shells, Markdown, HTML and XML write the characters of a URL.

/// The longest name of a parameter, in bytes.
const LONGEST_NAME: usize = 40;

/// The characters of a URL that Markdown, shells, JSON and regular expressions write with a backslash.
const PUNCTUATION: &str = "/:?#[]@!$&()*+,;=-._~%{}";

/// The names of entities that are characters of a URL, or end it.
const ENTITIES: [(&str, char); 35] = [
    ("amp", '&'),
    ("AMP", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("num", '#'),
    ("equals", '='),
    ("quest", '?'),
    ("sol", '/'),
    ("colon", ':'),
    ("period", '.'),
    ("comma", ','),
    ("percnt", '%'),
    ("plus", '+'),
    ("lowbar", '_'),
    ("UnderBar", '_'),
    ("hyphen", '-'),
    ("dash", '-'),
    ("ast", '*'),
    ("midast", '*'),
    ("excl", '!'),
    ("dollar", '$'),
    ("semi", ';'),
    ("commat", '@'),
    ("lpar", '('),
    ("rpar", ')'),
    ("lsqb", '['),
    ("lbrack", '['),
    ("rsqb", ']'),
    ("rbrack", ']'),
    ("lcub", '{'),
    ("rcub", '}'),
    ("grave", '`'),
];

/// Returns the character whose escape `rest` begins with, and the length of the escape. `&amp;` is an escape only if
/// `has_entities`.
pub(crate) fn unescape(rest: &str, has_entities: bool) -> Option<(char, usize)> {
    match rest.as_bytes().first()? {
        b'\\' => backslash(rest),
        b'&' => entity(rest).filter(|(c, _)| has_entities || *c != '&'),
        // cmd.exe.
        b'^' => rest.starts_with("^&").then_some(('&', 2)),
        _ => None,
    }
}

/// Returns the name of the parameter that `rest` begins with, in front of `=`.
pub(crate) fn parameter_name(rest: &str) -> Option<String> {
    let (mut name, mut at) = (String::new(), 0);
    while name.len() <= LONGEST_NAME {
        let c = rest[at..].chars().next()?;
        let (c, length) = unescape(&rest[at..], true).unwrap_or((c, c.len_utf8()));
        if c == '=' {
            return (!name.is_empty()).then_some(name);
        }
        if !c.is_ascii_alphanumeric() && !"_-.%".contains(c) {
            return None;
        }
        name.push(c);
        at += length;
    }
    None
}

/// `\/`, `\u003d`, `\u{3d}`, `\x3d`, `\075`, also with the backslashes of a text within a text.
fn backslash(rest: &str) -> Option<(char, usize)> {
    const LONGEST: usize = 4;
    let slashes = rest.bytes().take(LONGEST).take_while(|byte| *byte == b'\\').count();
    let after = &rest[slashes..];
    let kind = after.chars().next()?;
    let digits = |start: usize, length: usize, radix: u32| {
        let digits = after.get(start..start + length)?;
        let is_number = digits.chars().all(|c| c.is_digit(radix));
        let c = u32::from_str_radix(digits, radix).ok().and_then(char::from_u32)?;
        (is_number && (c.is_ascii_graphic() || c == ' ')).then_some((c, slashes + start + length))
    };
    match kind {
        'u' if after.starts_with("u{") => {
            let length = after.bytes().skip(2).take(6).take_while(u8::is_ascii_hexdigit).count();
            let (c, end) = digits(2, length, 16)?;
            after[2 + length..].starts_with('}').then_some((c, end + 1))
        }
        'u' => digits(1, 4, 16),
        'U' => digits(1, 8, 16),
        'x' => digits(1, 2, 16),
        '0' | '1' => digits(0, 3, 8),
        c if PUNCTUATION.contains(c) => Some((c, slashes + 1)),
        _ => None,
    }
}

/// `&amp;`, `&#38;`, `&#x26;`.
fn entity(rest: &str) -> Option<(char, usize)> {
    const LONGEST: usize = 12;
    let end = rest.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &rest[1..end];
    let c = if let Some(number) = name.strip_prefix('#') {
        let (digits, radix) = number.strip_prefix(['x', 'X']).map_or((number, 10), |digits| (digits, 16));
        let is_number = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
        let c = u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
        c.filter(|c| is_number && (c.is_ascii_graphic() || c.is_whitespace()))?
    } else {
        ENTITIES.iter().find(|(known, _)| *known == name)?.1
    };
    Some((c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_of_a_url_has_its_escapes() {
        for c in (0x21_u8..0x7f).map(char::from) {
            let code = u32::from(c);
            for escape in [
                format!("\\u{code:04x}"),
                format!("\\u{code:04X}"),
                format!("\\\\u{code:04x}"),
                format!("\\u{{{code:x}}}"),
                format!("\\U{code:08x}"),
                format!("\\x{code:02x}"),
                format!("\\{code:03o}"),
                format!("&#{code};"),
                format!("&#{code:04};"),
                format!("&#x{code:x};"),
                format!("&#X{code:X};"),
            ] {
                assert_eq!(unescape(&format!("{escape}rest"), true), Some((c, escape.len())), "{escape}");
            }
        }
        for c in PUNCTUATION.chars() {
            assert_eq!(unescape(&format!("\\{c}rest"), false), Some((c, 2)));
            assert_eq!(unescape(&format!("\\\\{c}rest"), false), Some((c, 3)));
        }
        for (name, c) in ENTITIES {
            assert_eq!(unescape(&format!("&{name};rest"), true), Some((c, name.len() + 2)), "{name}");
        }
        assert_eq!(unescape("^&x", false), Some(('&', 2)));
    }

    #[test]
    fn other_text_is_no_escape() {
        for text in [
            "",
            "&",
            "&amp",
            "&scope=info",
            "&scope;",
            "&#;",
            "&#x;",
            "&#1114112;",
            "&#0;",
            "\\",
            "\\n",
            "\\\"",
            "\\'",
            "\\u",
            "\\u12",
            "\\u{",
            "\\u{}",
            "\\u0000",
            "\\u000a",
            "\\x0a",
            "\\xé",
            "\\é",
            "^",
            "^x",
            "é",
        ] {
            assert_eq!(unescape(text, true), None, "{text}");
        }
        for text in ["&amp;x", "&#38;x", "&#x26;x"] {
            assert_eq!(unescape(text, false), None, "{text}");
        }
    }

    #[test]
    fn the_name_of_a_parameter_ends_at_the_equals_sign() {
        for (text, expected) in [
            ("scope=info", Some("scope")),
            ("client\\_id\\=a", Some("client_id")),
            ("client&lowbar;id&#61;a", Some("client_id")),
            ("=a", None),
            ("scope", None),
            ("sc ope=", None),
        ] {
            assert_eq!(parameter_name(text).as_deref(), expected, "{text}");
        }
    }
}
