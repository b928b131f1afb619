//! Finds the `auth_link!` calls of a text: Rust code, or a text with Rust code in it.

use std::ops::Range;

/// The name of the macro, and the sign of a call.
const HEAD: &str = "auth_link!";

/// The deepest nesting of brackets that is read. A call needs two.
const DEEPEST: usize = 64;

/// A call without an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UnclosedCall {
    /// The offset of the call, or of the text in quotes without an end.
    pub(crate) at: usize,
    pub(crate) message: &'static str,
}

/// Returns the ranges of the calls, in order. In Rust code, comments and texts in quotes are skipped.
pub(crate) fn calls(text: &str, is_rust: bool) -> Vec<Result<Range<usize>, UnclosedCall>> {
    let (mut calls, mut at) = (Vec::new(), 0);
    while at < text.len() {
        if let Some(open) = head(text, at) {
            let call = close(text, at, open);
            at = match &call {
                Ok(range) => range.end,
                Err((_, next)) => *next,
            };
            calls.push(call.map_err(|(unclosed, _)| unclosed));
            continue;
        }
        let skipped = if is_rust { skip(text, at) } else { Ok(0) };
        match skipped {
            Ok(0) => at += text[at..].chars().next().map_or(1, char::len_utf8),
            Ok(length) => at += length,
            Err(message) => {
                calls.push(Err(UnclosedCall { at, message }));
                break;
            }
        }
    }
    calls
}

/// Returns the offset of the opening bracket of the call at `at`, if there is one.
fn head(text: &str, at: usize) -> Option<usize> {
    let after = text[at..].strip_prefix(HEAD)?;
    let is_whole = !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    let trimmed = after.trim_start();
    (is_whole && trimmed.starts_with(['(', '[', '{'])).then(|| text.len() - trimmed.len())
}

/// Returns the range of the call at `at`; an error comes with the offset to go on from. The next call ends one without an end,
/// so that each byte is read once.
fn close(text: &str, at: usize, open: usize) -> Result<Range<usize>, (UnclosedCall, usize)> {
    let error = |at, message, next| Err((UnclosedCall { at, message }, next));
    let (mut next, mut brackets) = (open, Vec::new());
    while let Some(c) = text[next..].chars().next() {
        if next > open && head(text, next).is_some() {
            break;
        }
        match skip(text, next) {
            Ok(0) => {}
            Ok(length) => {
                next += length;
                continue;
            }
            Err(message) => return error(next, message, text.len()),
        }
        match c {
            '(' => brackets.push(')'),
            '[' => brackets.push(']'),
            '{' => brackets.push('}'),
            ')' | ']' | '}' if brackets.pop() != Some(c) => return error(next, "unexpected closing bracket", next + 1),
            _ => {}
        }
        next += c.len_utf8();
        if brackets.len() > DEEPEST {
            let run = text[next..].bytes().take_while(|byte| b"([{".contains(byte)).count();
            return error(next - 1, "more than 64 brackets in each other", next + run);
        }
        if brackets.is_empty() {
            return Ok(at..next);
        }
    }
    error(at, "the call has no closing bracket", next)
}

/// Returns the length of the comment, the text in quotes or the character that begins at `at`; 0 if none does.
///
/// # Errors
///
/// Returns a message if it has no end.
fn skip(text: &str, at: usize) -> Result<usize, &'static str> {
    const TEXT: &str = "the text in quotes has no end";
    let rest = &text[at..];
    if rest.starts_with("//") {
        return Ok(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return comment(rest).ok_or("the comment has no end");
    }
    if rest.starts_with('"') {
        return quoted(rest).ok_or(TEXT);
    }
    if rest.starts_with('\'') {
        return Ok(character(rest));
    }
    if rest.starts_with('r')
        && !text[..at].ends_with(|c: char| (c.is_alphanumeric() && c != 'b' && c != 'c') || c == '_')
    {
        let hashes = rest[1..].bytes().take_while(|byte| *byte == b'#').count();
        if rest[1 + hashes..].starts_with('"') {
            let start = 2 + hashes;
            let end = format!("\"{}", "#".repeat(hashes));
            return rest[start..].find(&end).map(|length| start + length + end.len()).ok_or(TEXT);
        }
    }
    Ok(0)
}

fn comment(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let (mut depth, mut at) = (0_usize, 0);
    while at + 1 < bytes.len() {
        match &bytes[at..at + 2] {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

fn quoted(rest: &str) -> Option<usize> {
    let mut is_escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Returns the length of a character in quotes, or of the `'` of a lifetime.
fn character(rest: &str) -> usize {
    // `'\u{10ffff}'`
    const LONGEST: usize = 12;
    let mut chars = rest[1..].chars();
    match (chars.next(), chars.next()) {
        (Some('\\'), _) => rest.bytes().take(LONGEST + 1).skip(3).position(|byte| byte == b'\'').map_or(1, |at| at + 4),
        (Some(c), Some('\'')) => c.len_utf8() + 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, is_rust: bool) -> Vec<Result<&str, (usize, &'static str)>> {
        let calls = calls(text, is_rust).into_iter();
        calls.map(|call| call.map(|range| &text[range]).map_err(|error| (error.at, error.message))).collect()
    }

    #[test]
    fn a_call_ends_with_its_bracket() {
        for call in [
            "auth_link!()",
            "auth_link! { scope = [info] }",
            "auth_link![a = \")\", b = \"\\\"]\", c = r#\"\")]\"#, d = ']', e = '\\'', f = '\\u{29}' /* ) /* ] */ ) */ // )\n]",
            "auth_link!(é = b\"x\", r = br\"\\\")",
        ] {
            for text in [call.to_owned(), format!("x::{call};"), format!("é {call} {call}")] {
                for is_rust in [true, false] {
                    let found = found(&text, is_rust);
                    assert!(!found.is_empty() && found.iter().all(|found| *found == Ok(call)), "{text}: {found:?}");
                }
            }
        }
        assert_eq!(found("my_auth_link!() auth_link! auth_link", true), []);
    }

    #[test]
    fn comments_and_texts_are_skipped_in_rust_code_alone() {
        let text = "// auth_link!(a)\n/* auth_link!(b) */ \"auth_link!(c)\" r\"auth_link!(d)\" 'a '\"' auth_link!(e)";
        assert_eq!(found(text, true), [Ok("auth_link!(e)")]);
        assert_eq!(found("It isn't \"hard\n auth_link!(a)", false), [Ok("auth_link!(a)")]);
    }

    #[test]
    fn a_call_without_an_end_does_not_hide_the_next() {
        let text = "auth_link!(a auth_link!(b) auth_link!(] auth_link!(c)";
        let open = (0, "the call has no closing bracket");
        let wrong = (38, "unexpected closing bracket");
        assert_eq!(found(text, true), [Err(open), Ok("auth_link!(b)"), Err(wrong), Ok("auth_link!(c)")]);
        assert_eq!(found("auth_link!(\"a)", false), [Err((11, "the text in quotes has no end"))]);
        assert_eq!(found("auth_link!(/*)", false), [Err((11, "the comment has no end"))]);
        assert_eq!(found("x \"", true), [Err((2, "the text in quotes has no end"))]);
    }

    #[test]
    fn deeply_nested_brackets_are_one_error() {
        let text = format!("auth_link!{}", "[".repeat(200_000));
        assert_eq!(found(&text, true), [Err((74, "more than 64 brackets in each other"))]);
    }
}
