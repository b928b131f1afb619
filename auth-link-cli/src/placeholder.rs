//! Placeholders: the parts of a text that a template, a format string or the reader of a document fills in.

use crate::text::{ends_link, first};

/// The longest placeholder, in bytes. No expression in a link is longer.
const LONGEST: usize = 200;

/// The delimiters of an expression: in templates, interpolated strings, shells and format strings.
const DELIMITERS: [(&str, &str); 12] = [
    ("{{{", "}}}"),
    ("{{", "}}"),
    ("{%", "%}"),
    ("{", "}"),
    ("${", "}"),
    ("$(", ")"),
    ("#{", "}"),
    ("%{", "}"),
    ("%(", ")s"),
    ("<%", "%>"),
    ("<?", "?>"),
    ("\\(", ")"),
];

/// Returns the length of the placeholder at the beginning of `rest`, if there is one. `before` is the link up to there.
pub(crate) fn length(rest: &str, before: &str) -> Option<usize> {
    let start = rest.chars().next()?;
    let is_bare = start.is_ascii_uppercase() || start == '_' || start == '@';
    let is_value = before.ends_with('=');
    if is_value && let Some(length) = stand_in(first(rest, LONGEST)) {
        return Some(length);
    }
    if !is_bare && !"{$#%<\\&[.…".contains(start) {
        return None;
    }
    let rest = first(rest, LONGEST);
    if let Some((open, close)) = DELIMITERS.iter().find(|(open, _)| rest.starts_with(open)) {
        let line = rest.split('\n').next()?;
        return Some(open.len() + closing(&line[open.len()..], close)? + close.len());
    }
    let begins_value = before.ends_with(['=', '%', '+', '?', '&']) || before.ends_with("%20");
    match start {
        '%' => format(rest),
        '$' => variable(rest),
        '…' => Some(start.len_utf8()),
        '.' => (begins_value && rest.starts_with("...")).then_some(3),
        '<' if begins_value => words(rest, "<", ">"),
        '&' if begins_value => words(rest, "&lt;", "&gt;"),
        '[' if begins_value => words(rest, "[", "]"),
        // `@Model.ClientId` of Razor.
        '@' if begins_value => {
            Some(1 + run(&rest[1..], |byte| byte.is_ascii_alphanumeric() || b"_.()".contains(&byte)))
        }
        _ => None,
    }
}

/// Returns the length of a whole value that no link has, but documents: `YOUR_CLIENT_ID`, `your-client-id`, `:client_id`,
/// `xxx`, `****`.
fn stand_in(rest: &str) -> Option<usize> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    let start = *rest.as_bytes().first()?;
    let constant = run(rest, |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    let word = run(rest, is_word);
    let length = match start {
        b':' if rest.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) => 1 + run(&rest[1..], is_word),
        b'x' | b'X' | b'*' if run(rest, |byte| byte == start) >= 3 => run(rest, |byte| byte == start),
        b'Y' | b'y' if word > 5 && rest[..4].eq_ignore_ascii_case("your") && b"-_".contains(&rest.as_bytes()[4]) => {
            word
        }
        b'A'..=b'Z' | b'_' if rest[..constant].contains('_') => constant,
        _ => return None,
    };
    // A full stop ends the sentence around the link.
    let after = rest[length..].trim_start_matches(['.', ',', ';', ':', '!', '?', '*']);
    let is_end = |c: char| ends_link(c) || ")]}".contains(c);
    (rest[length..].starts_with('&') || after.chars().next().is_none_or(is_end)).then_some(length)
}

/// Returns the offset of the delimiter that closes an expression, which may contain pairs of brackets.
fn closing(expression: &str, close: &str) -> Option<usize> {
    let (open, close_char) = match close {
        "}" => ('{', '}'),
        ")" => ('(', ')'),
        _ => return expression.find(close),
    };
    let mut depth = 0_usize;
    for (at, c) in expression.char_indices() {
        if c == open {
            depth += 1;
        } else if c == close_char {
            if depth == 0 {
                return Some(at);
            }
            depth -= 1;
        }
    }
    // A bracket in a text of the expression has no counterpart.
    expression.find(close)
}

/// Returns the length of a variable, with the members that PHP reads in a text: `$id`, `$user->id`, `$ids[first]`.
fn variable(rest: &str) -> Option<usize> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let length = 1 + run(&rest[1..], is_name);
    let member = &rest[length..];
    let member_length = if let Some(name) = member.strip_prefix("->") {
        Some(run(name, is_name)).filter(|&name| name > 0).map(|name| 2 + name)
    } else if let Some(index) = member.strip_prefix('[') {
        let index_length = run(index, |byte| is_name(byte) || b"'$-".contains(&byte));
        (index_length > 0 && index[index_length..].starts_with(']')).then_some(index_length + 2)
    } else {
        None
    };
    (length > 1).then_some(length + member_length.unwrap_or_default())
}

/// Returns the length of a conversion of a format string (`%s`, `%1$s`, `%%`) or a variable (`%NAME%`), but not of a
/// percent-encoded byte.
fn format(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    if rest.starts_with("%%") {
        return Some(2);
    }
    if bytes.get(1..3).is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit)) {
        return None;
    }
    let name = run(&rest[1..], |byte| byte.is_ascii_uppercase() || byte == b'_');
    if name > 0 && bytes.get(1 + name) == Some(&b'%') {
        return Some(name + 2);
    }
    let digits = run(&rest[1..], |byte| byte.is_ascii_digit() || byte == b'$');
    bytes.get(1 + digits).filter(|byte| b"sdivufq@".contains(byte)).map(|_| digits + 2)
}

/// Returns the length of words in brackets, as documents write them: `<your client id>`.
fn words(rest: &str, open: &str, close: &str) -> Option<usize> {
    let inner = rest.strip_prefix(open)?;
    let end = inner.find(close)?;
    let is_word = |c: char| c.is_alphanumeric() || "_-. ".contains(c);
    (end > 0 && inner[..end].chars().all(is_word)).then_some(open.len() + end + close.len())
}

/// Returns the number of bytes at the beginning that have a property.
fn run(text: &str, has: impl Fn(u8) -> bool) -> usize {
    text.bytes().take_while(|&byte| has(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_is_recognized_by_its_form() {
        for placeholder in [
            "{{ url_for(\"a b\") }}",
            "{{{id}}}",
            "{%- id -%}",
            "{client_id}",
            "{}",
            "{'%20'.join(scopes)}",
            "${CLIENT_ID}",
            "${a(\"b c\")}",
            "${f({ id })}",
            "${a ? \"{\" : b}",
            "$CLIENT_ID",
            "$user->id",
            "$ids[first]",
            "$ids['first']",
            "$(f $(g id))",
            "\\(f(id)!)",
            "#{ENV.fetch(\"ID\") { \"x\" }}",
            "$(urlencode id)",
            "#{CGI.escape(id)}",
            "%{id}",
            "%s",
            "%1$s",
            "%@",
            "%%",
            "%CLIENT_ID%",
            "%(id)s",
            "<%= id %>",
            "<?= $id ?>",
            "<client_id>",
            "<your client id>",
            "&lt;client_id&gt;",
            "[client id]",
            "\\(id)",
            "@Model.ClientId",
            "YOUR_CLIENT_ID",
            "__ID__",
            "your-client-id",
            "your_client_id",
            "YOUR-CLIENT-ID",
            ":client_id",
            ":id",
            "xxx",
            "XXXX",
            "****",
            "…",
            "...",
        ] {
            let text = format!("{placeholder}&scope=info");
            assert_eq!(length(&text, "client_id="), Some(placeholder.len()), "{placeholder}");
        }
    }

    #[test]
    fn a_sentence_may_end_behind_a_placeholder() {
        for placeholder in ["YOUR_REDIRECT", "your-redirect-uri", ":redirect_uri", "xxx", "XXXX", "****"] {
            for after in ["", ".", ". Then", ", or", "!", ").", ".**", "\n", "\")"] {
                if placeholder != "****" || !after.contains('*') {
                    let text = format!("{placeholder}{after}");
                    assert_eq!(length(&text, "redirect_uri="), Some(placeholder.len()), "{text}");
                }
            }
        }
    }

    #[test]
    fn literal_text_is_not_a_placeholder() {
        for text in [
            "",
            "acme-7d2f1a",
            "%20cards",
            "%C3%A9",
            "%2",
            "%zz",
            "100%",
            "GB",
            "S256",
            "A_b",
            "A_B.c",
            "x",
            "xx",
            "xxxa",
            "**",
            "your",
            "your-",
            "yourself",
            "your-app.example",
            ":8080",
            ":",
            ".a",
            "&scope",
            "&amp;scope",
            "#top",
            "$",
            "$ 1",
            "[",
            "[]",
            "<",
            "<a href=\"x\">",
            "{ ",
            "{\n}",
            "\\n",
            "é",
        ] {
            assert_eq!(length(text, "client_id="), None, "{text}");
        }
        for text in ["<br>", "[1]", "...", "YOUR_ID", "your-id", ":id", "xxx", "****", "@x", "&lt;b&gt;"] {
            assert_eq!(length(text, "client_id=a"), None, "{text}");
        }
    }
}
