//! Reads one auth link from a text of any kind: finds its end, decodes its escapes and marks its placeholders.

use std::ops::Range;

use crate::link_match::LinkMatch;
use crate::markup::unescape;
use crate::placeholder;
use crate::text::ends_link;

/// Reads the link that begins at the byte `start` of `text`.
pub(crate) fn read(text: &str, is_markup: bool, start: usize) -> LinkMatch {
    Reader::new(text, is_markup, start).read()
}

/// Brackets: a closing one ends a link that has not opened it.
const BRACKETS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('{', '}')];

/// The state of reading one link.
struct Reader<'t> {
    text: &'t str,
    is_markup: bool,
    /// The offset of the next character in the text.
    at: usize,
    link: String,
    /// For each byte of the link, its offset in the text.
    offsets: Vec<usize>,
    placeholders: Vec<Range<usize>>,
    part: Part,
    /// Whether a placeholder is in the place of a name, so that it may be any number of parameters.
    has_open_placeholder: bool,
}

/// The part of a link that a reader has come to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Address,
    Name,
    Value,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, is_markup: bool, at: usize) -> Self {
        Self {
            text,
            is_markup,
            at,
            link: String::new(),
            offsets: Vec::new(),
            placeholders: Vec::new(),
            part: Part::Address,
            has_open_placeholder: false,
        }
    }

    fn read(mut self) -> LinkMatch {
        let start = self.at;
        let mut open = Vec::new();
        while let Some(c) = self.text[self.at..].chars().next() {
            let rest = &self.text[self.at..];
            if let Some(length) = placeholder::length(rest, &self.link) {
                self.push_placeholder(length);
                continue;
            }
            let (c, length) = unescape(rest, self.is_markup).unwrap_or((c, c.len_utf8()));
            if length == c.len_utf8() && ends_link(c) || matches!(c, '"' | '<' | '>') {
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
            self.push_placeholder(0);
        }
        self.offsets.push(end);
        LinkMatch {
            range: start..end,
            link: self.link,
            offsets: self.offsets.iter().map(|offset| offset - start).collect(),
            placeholders: self.placeholders,
            is_open: is_open || self.has_open_placeholder,
        }
    }

    fn push(&mut self, c: char, length: usize) {
        match c {
            '?' if self.part == Part::Address => self.part = Part::Name,
            '=' if self.part == Part::Name => self.part = Part::Value,
            '&' if self.part == Part::Value => self.part = Part::Name,
            _ => {}
        }
        self.link.push(c);
        self.offsets.extend(std::iter::repeat_n(self.at, c.len_utf8()));
        self.at += length;
    }

    /// Adds a placeholder as `%`, which is no valid value.
    fn push_placeholder(&mut self, length: usize) {
        let start = self.link.len();
        // `…` at the end of a link may be more than a value.
        let rest = &self.text[self.at + length..];
        let is_cut = self.text[self.at..].starts_with(['…', '.']) && rest.chars().next().is_none_or(ends_link);
        self.has_open_placeholder |= self.part == Part::Name || is_cut;
        self.link.push('%');
        self.offsets.push(self.at);
        self.at += length;
        self.placeholders.push(start..start + 1);
    }

    /// Removes punctuation at the end, which belongs to the surrounding sentence.
    fn trim(&mut self) {
        while self.link.ends_with(['.', ',', ';', ':', '!', '?', '*', '_']) {
            self.link.pop();
            self.at = self.offsets.pop().unwrap_or(self.at);
        }
    }
}

/// Returns whether more text follows a literal that ends at `rest`: `" +`, `" .`, another literal, a continued line.
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
