//! String literals: whether the code around one may add more text to it.

use std::cell::OnceCell;
use std::collections::HashSet;

use crate::text::{first, last};

/// The bytes around a literal that are read.
const NEAR: usize = 300;

/// Method calls that return the same text.
const CONVERSIONS: [&str; 9] = [
    ".to_string()",
    ".to_owned()",
    ".into()",
    ".trim()",
    ".strip()",
    ".toString()",
    ".freeze",
    ".html_safe",
    ".as_str()",
];

/// The prefixes of literals.
const PREFIXES: [&str; 24] = [
    "f", "r", "b", "u", "F", "R", "B", "U", "L", "u8", "rb", "br", "fr", "rf", "$", "@", "$@", "@$", "r#", "r##",
    "br#", "c", "N", "E",
];

/// A literal that begins right in front of a link.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Literal {
    /// The character that closes it.
    pub(crate) quote: char,
    /// Whether the quotes are escaped: the literal is in another one.
    is_escaped: bool,
    /// The offset of the opening quote.
    start: usize,
}

/// The part of a link that code may add to a literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Completion {
    /// The literal is the whole link.
    Nothing,
    /// More parameters.
    Parameters,
    /// Any text, so that the last value may go on.
    Text,
}

/// The code in front of a literal.
enum Lead<'t> {
    /// A statement, or nothing.
    Statement,
    /// `name = `, or the attribute of an element.
    Assignment(&'t str),
    /// `name: `, `name => `.
    Property,
}

impl Literal {
    /// Returns the literal that begins right in front of the byte `link`.
    pub(crate) fn before(text: &str, link: usize) -> Option<Self> {
        let quote = text[..link].chars().next_back().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        let before = last(&text[..link], NEAR).trim_end_matches(quote);
        let is_escaped = before.ends_with('\\');
        let before = before.trim_end_matches('\\');
        let start = link - (last(&text[..link], NEAR).len() - before.len());
        Some(Self { quote, is_escaped, start })
    }

    /// Returns the length of the literal's rest, if it ends in this line.
    pub(crate) fn rest_of_line(&self, rest: &str) -> Option<usize> {
        const LONGEST: usize = 4096;
        let rest = first(rest, LONGEST);
        let end = rest.find([self.quote, '\n'])?;
        rest[end..].starts_with(self.quote).then_some(end)
    }

    /// Returns what code may add to the literal, which ends at `end` of `text`.
    pub(crate) fn completion(&self, text: &str, end: usize, extended: &ExtendedVariables) -> Completion {
        let Some(after) = self.after(text, end) else { return Completion::Nothing };
        let line = after.trim_start_matches([' ', '\t', '\r']);
        let has_text = is_continued(line.trim_start(), self.quote);
        let Some(lead) = self.lead(text) else {
            let is_text = has_text || self.is_joined(text, after);
            return if is_text { Completion::Text } else { Completion::Parameters };
        };
        if matches!(lead, Lead::Statement) && self.quote == '`' && is_prose(line) {
            return Completion::Nothing;
        }
        if matches!(lead, Lead::Assignment(name) if is_end(line) && extended.contains(name)) || has_text {
            return Completion::Text;
        }
        let is_whole = match line.chars().next() {
            None | Some(';' | '}' | '>' | '\n') => !is_continued(line.trim_start(), self.quote),
            Some(',') => matches!(lead, Lead::Property) && !has_parameters(line),
            Some(']') => matches!(lead, Lead::Property),
            Some('#') => true,
            _ if ["/>", "//", "/*", "-- ", "</", "<!", "<br"].iter().any(|end| line.starts_with(end)) => true,
            // The next attribute of an element.
            _ if matches!(lead, Lead::Assignment(_)) && line.len() < after.len() => {
                let name = line.trim_start_matches(|c: char| c.is_alphanumeric() || "_-:.@".contains(c));
                name.len() < line.len() && name.starts_with(['=', '>'])
            }
            Some(_) => false,
        };
        if is_whole { Completion::Nothing } else { Completion::Parameters }
    }

    /// Returns whether the call or the list around the literal joins its texts.
    fn is_joined(&self, text: &str, after: &str) -> bool {
        const CALLS: [&str; 9] =
            ["append(", "concat(", "concat!(", "paste(", "paste0(", "join(", "format!(", "printf(", "write("];
        let before = last(&text[..self.start], NEAR).trim_end();
        let is_list = before.ends_with(['[', ',']) && after.contains("].join(");
        is_list || before.ends_with(['+', '.', '~', '&', '|']) || CALLS.iter().any(|call| before.ends_with(call))
    }

    /// Returns the text behind the closing quote; `None` if the literal does not end at `end`.
    fn after<'t>(&self, text: &'t str, end: usize) -> Option<&'t str> {
        let after = first(&text[end..], NEAR);
        let after = if self.is_escaped { after.trim_start_matches('\\') } else { after };
        let mut after = after.strip_prefix(self.quote)?.trim_start_matches(self.quote);
        if text[..self.start].ends_with('#') {
            after = after.trim_start_matches('#');
        }
        while let Some(rest) = CONVERSIONS.iter().find_map(|call| after.strip_prefix(call)) {
            after = rest;
        }
        Some(after)
    }

    /// Returns the code in front; `None` if it may add text.
    fn lead<'t>(&self, text: &'t str) -> Option<Lead<'t>> {
        let before = last(&text[..self.start], NEAR);
        let prefix = word_at_end(before, "_#$@");
        if !prefix.is_empty() && !PREFIXES.contains(&prefix) {
            // A template literal with a tag.
            return None;
        }
        let before = before[..before.len() - prefix.len()].trim_end();
        let line = before.rsplit('\n').next().unwrap_or_default().trim();
        if before.is_empty() || ["-", "*", "#", "//", "///", "//!", "--", ">"].contains(&line) {
            return Some(Lead::Statement);
        }
        if let Some(target) = before.strip_suffix('=') {
            let is_appended = target.ends_with(['+', '.', '~', '&', '<', '*', '-']);
            let target = target.trim_end_matches([':', '=', '!', '?', '|']).trim_end();
            // An earlier line is no part of it: `https:` of another link would be the name.
            let target = target.rsplit('\n').next().unwrap_or_default();
            // `let url: &str = `
            let name = target.rsplit_once(':').filter(|(name, _)| name.ends_with(char::is_alphanumeric));
            let name = name.map_or(target, |(name, _)| name);
            return (!is_appended).then_some(Lead::Assignment(word_at_end(name, "_")));
        }
        if let Some(target) = before.strip_suffix("<-") {
            return Some(Lead::Assignment(word_at_end(target.trim_end(), "_.")));
        }
        match before.chars().next_back() {
            Some(':') => Some(Lead::Property),
            Some('>') if before.ends_with("=>") => Some(Lead::Property),
            Some('>' | '{' | '}' | ';') => Some(Lead::Statement),
            Some(c) if c.is_alphanumeric() || c == '_' => Some(Lead::Statement),
            _ => None,
        }
    }
}

/// Returns whether more text follows a literal that ends at `rest`: `" +`, `" .`, another literal, a continued line.
pub(crate) fn is_continued_at(rest: &str) -> bool {
    let rest = first(rest, NEAR);
    let Some(quote) = rest.chars().next() else { return false };
    if quote == '\\' {
        return rest[1..].trim_start_matches([' ', '\r']).starts_with('\n');
    }
    if !matches!(quote, '"' | '\'' | '`') {
        return false;
    }
    let after = rest[1..].trim_start();
    (after.len() < rest.len() - 1 || !after.starts_with(quote)) && is_continued(after, quote)
}

/// The variables that the code of a text adds text to: `url += …`, `url + …`, `url.searchParams`, `${url}&…`.
pub(crate) struct ExtendedVariables<'t> {
    text: &'t str,
    /// Their names, once one is looked up.
    names: OnceCell<HashSet<&'t str>>,
}

impl<'t> ExtendedVariables<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, names: OnceCell::new() }
    }

    fn contains(&self, name: &str) -> bool {
        self.names.get_or_init(|| extended_variables(self.text)).contains(name)
    }
}

fn extended_variables(text: &str) -> HashSet<&str> {
    const OPERATORS: [&str; 16] = [
        "+", "<<", "..", ".=", ". ", "~", "||", "<>", ".append", ".concat", ".search", ".query", ".join", ".format",
        ".with", ".push",
    ];
    const CALLS: [&str; 8] = ["URL(", "URI(", "Uri(", "parse(", "Parse(", "concat(", "paste(", "paste0("];
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let bytes = text.as_bytes();
    let (mut names, mut at) = (HashSet::new(), 0);
    while at < bytes.len() {
        let length = bytes[at..].iter().take_while(|byte| is_part(**byte)).count();
        if length == 0 {
            at += 1;
            continue;
        }
        let (name, start) = (&text[at..at + length], at);
        at += length;
        let spaces = bytes[at..].iter().take(8).take_while(|byte| **byte == b' ').count();
        let is_candidate = bytes.get(at + spaces).is_some_and(|byte| b"+<.~|&},?".contains(byte))
            || (start > 0 && b"({$".contains(&bytes[start - 1]));
        if !is_candidate {
            continue;
        }
        let after = first(&text[at + spaces..], 40);
        let before = last(&text[..start], 12);
        let is_interpolated = before.ends_with('{')
            && after.strip_prefix('}').is_some_and(|rest| rest.starts_with(['&', '?', '{', '$', '%', '#']));
        let is_shell = before.ends_with('$') && after.starts_with(['&', '?']);
        let is_call = CALLS.iter().any(|call| before.ends_with(call));
        if is_interpolated
            || is_shell
            || is_call
            || OPERATORS.iter().any(|operator| after.starts_with(operator))
            || after.starts_with(',') && has_parameters(after)
            || after.starts_with("& ") && !after.starts_with("& &")
        {
            names.insert(name);
        }
    }
    names
}

/// Returns whether `after`, which follows a literal, adds text to it.
fn is_continued(after: &str, quote: char) -> bool {
    let is_operator = |operator: &&str| {
        let next = after.strip_prefix(*operator).map(str::trim_start);
        next.is_some_and(|next| next.starts_with(|c: char| c.is_alphanumeric() || "\"'`$_(@&".contains(c)))
    };
    // `.to_string()` is a call that adds nothing, `. $name` is more text.
    let dot = after.strip_prefix('.').unwrap_or_default();
    let is_call =
        ["append(", "concat(", "join(", "format(", "replace(", "with", "+"].iter().any(|call| dot.starts_with(call));
    let is_conversion = CONVERSIONS.iter().find_map(|call| after.strip_prefix(call)).is_some_and(|rest| {
        let rest = rest.trim_start();
        rest.starts_with('+')
    });
    ["++", "+", "..", "&", "||", "~", "<>", "<<", "%"].iter().any(is_operator)
        || dot.starts_with(['$', '"', '\'', ' '])
        || is_call
        || is_conversion
        || after.starts_with(quote)
        || after.starts_with("f\"")
        || after.starts_with("f'")
}

/// Returns whether the next argument or property holds parameters of the link.
fn has_parameters(after: &str) -> bool {
    let words = after.trim_start_matches([',', ' ', '\t', '\r', '\n', '{', ':', '"', '\'']);
    ["params", "query", "qs", "searchParams"].iter().any(|word| words.starts_with(word))
}

/// Returns whether the statement ends.
fn is_end(line: &str) -> bool {
    line.is_empty() || line.starts_with([';', '\n'])
}

/// Returns whether a sentence goes on behind code in backticks.
fn is_prose(after: &str) -> bool {
    let is_call = after.strip_prefix('.').is_some_and(|next| next.starts_with(char::is_alphabetic));
    !is_call && after.starts_with(|c: char| c.is_alphanumeric() || ",.:!?)*_".contains(c))
}

/// Returns the word at the end of a text: letters, digits and `others`.
fn word_at_end<'t>(text: &'t str, others: &str) -> &'t str {
    let rest = text.trim_end_matches(|c: char| c.is_alphanumeric() || others.contains(c));
    &text[rest.len()..]
}
