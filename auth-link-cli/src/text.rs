//! The beginning and the end of a text, the characters that end a link, and the escaping of text from outside.

use std::fmt::Write;

/// Returns at most `length` bytes of the beginning of `text`.
pub(crate) fn first(text: &str, length: usize) -> &str {
    (0..=length.min(text.len())).rev().find_map(|end| text.get(..end)).unwrap_or_default()
}

/// Returns at most `length` bytes of the end of `text`.
pub(crate) fn last(text: &str, length: usize) -> &str {
    let start = text.len().saturating_sub(length);
    (start..=text.len()).find_map(|start| text.get(start..)).unwrap_or_default()
}

/// Returns whether the character ends a link in every kind of text.
pub(crate) fn ends_link(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "\"'`<>\\|^“”„«»‘’".contains(c)
}

/// Returns whether a character is invisible, or changes the place or the direction of other text.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Escapes a text from outside, such as a file name, so that it is part of one line: control, invisible and bidirectional
/// characters, line separators and commands of a workflow. A text of more than 500 bytes is cut.
pub(crate) fn escape(text: &str) -> String {
    const LONGEST: usize = 500;
    let mut escaped = String::new();
    for (at, c) in text.char_indices() {
        if escaped.len() >= LONGEST {
            escaped.push('…');
            break;
        }
        let is_command = c == ':' && escaped.trim_start().is_empty() && text[at..].starts_with("::");
        if is_command || is_hidden(c) {
            let _ = write!(escaped, "\\u{{{:x}}}", u32::from(c));
        } else {
            escaped.push(c);
        }
    }
    break_commands(&escaped)
}

/// Escapes a whole output: colours and line breaks stay, all other control and bidirectional characters are escaped.
/// A workflow obeys `##[` anywhere in a line.
pub(crate) fn escape_output(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if is_hidden(c) && c != '\n' && !(c == '\u{1b}' && is_colour(&text[at..])) {
            let _ = write!(escaped, "\\u{{{:x}}}", u32::from(c));
        } else {
            escaped.push(c);
        }
    }
    break_commands(&escaped)
}

/// Escapes the JSON of an output, which stays the same JSON.
pub(crate) fn escape_json(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if is_hidden(c) && c != '\n' {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
    }
    escaped.replace("##[", "#\\u0023[")
}

fn break_commands(text: &str) -> String {
    if text.contains("##[") { text.replace("##[", "#\\u{23}[") } else { text.to_owned() }
}

/// Returns whether an escape sequence only sets colours: `ESC [ digits m`.
fn is_colour(text: &str) -> bool {
    let sequence = text.strip_prefix("\u{1b}[");
    sequence.is_some_and(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').starts_with('m'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_outside_stays_within_its_line() {
        for (text, expected) in [
            ("plain é …", "plain é …"),
            ("a\u{1b}[8mb\u{9b}c\u{7}", "a\\u{1b}[8mb\\u{9b}c\\u{7}"),
            ("a\r\n\u{85}\u{2028}\u{2029}b", "a\\u{d}\\u{a}\\u{85}\\u{2028}\\u{2029}b"),
            ("a\u{202e}b\u{2066}c\u{200b}\u{feff}", "a\\u{202e}b\\u{2066}c\\u{200b}\\u{feff}"),
            ("::error::x", "\\u{3a}:error::x"),
            (" ::error::x", " \\u{3a}:error::x"),
            ("a ##[error]x", "a #\\u{23}[error]x"),
            ("####[x", "###\\u{23}[x"),
        ] {
            assert_eq!(escape(text), expected, "{text:?}");
        }
        assert!(escape(&"a".repeat(2000)).len() < 600);
    }

    #[test]
    fn an_output_keeps_its_colours_and_lines() {
        assert_eq!(escape_output("\u{1b}[1;31ma\u{1b}[0m\nb"), "\u{1b}[1;31ma\u{1b}[0m\nb");
        assert_eq!(escape_output("\u{1b}]0;x\u{7}\rb\u{202e}##[c"), "\\u{1b}]0;x\\u{7}\\u{d}b\\u{202e}#\\u{23}[c");
    }

    #[test]
    fn escaped_json_has_the_same_value() {
        let value = serde_json::json!({ "a": "##[x \u{202e}\u{9b}\u{e0041}\u{1b}\u{2028}", "b": "::c" });
        let escaped = escape_json(&format!("{value:#}"));
        assert!(!escaped.contains("##[") && !escaped.chars().any(|c| c != '\n' && is_hidden(c)), "{escaped}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&escaped).unwrap(), value);
    }
}
