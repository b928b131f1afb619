//! Reads one auth link from a text of any kind: finds its end, decodes its escapes and marks its placeholders.

use std::ops::Range;

use auth_link_rules::Param;

use crate::escapes::{parameter_name, unescape};
use crate::link_match::{LONGEST_LINK, LinkMatch};
use crate::literal::{Completion, ExtendedVariables, Literal, is_continued_at};
use crate::placeholder;
use crate::setting;
use crate::text::{ends_link, first};

/// Reads the link that begins at the byte `start` of `text`. `extended` are the variables that code adds text to.
pub(crate) fn read(text: &str, start: usize, extended: &ExtendedVariables) -> LinkMatch {
    let (link, is_mixed) = Reader::new(text, true, start).read(extended);
    // `&amp;` is an escape of a link that has no other `&`.
    if is_mixed { Reader::new(text, false, start).read(extended).0 } else { link }
}

/// Brackets: a closing one ends a link that has not opened it.
const BRACKETS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('{', '}')];

/// The state of reading one link.
struct Reader<'t> {
    text: &'t str,
    /// Whether `&amp;` is `&`.
    has_entities: bool,
    start: usize,
    /// The offset of the next character in the text.
    at: usize,
    link: String,
    sources: Vec<(u32, u32)>,
    placeholders: Vec<Range<usize>>,
    part: Part,
    /// The literal that the link begins.
    literal: Option<Literal>,
    /// Whether blanks belong to the link, once the first is read.
    takes_blanks: Option<bool>,
    /// Whether a placeholder is in the place of a name, so that it may be any number of parameters.
    has_open_placeholder: bool,
    /// Whether the link has `&amp;`, and `&` in front of a parameter.
    ampersands: (bool, bool),
}

/// The part of a link that a reader has come to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Scheme,
    Address,
    Name,
    Value,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, has_entities: bool, at: usize) -> Self {
        Self {
            text,
            has_entities,
            start: at,
            at,
            link: String::new(),
            sources: Vec::new(),
            placeholders: Vec::new(),
            part: Part::Scheme,
            literal: Literal::before(text, at),
            takes_blanks: None,
            has_open_placeholder: false,
            ampersands: (false, false),
        }
    }

    /// Reads the link; returns whether it has both `&amp;` and `&`, too.
    fn read(mut self, extended: &ExtendedVariables) -> (LinkMatch, bool) {
        let mut open = Vec::new();
        while let Some(c) = self.text[self.at..].chars().next() {
            let rest = &self.text[self.at..];
            if let Some(length) = placeholder::length(rest, &self.link) {
                self.push_placeholder(length);
                continue;
            }
            let escape = unescape(rest, self.has_entities);
            if escape.is_none()
                && let Some(length) = self.gap(rest)
            {
                self.at += length;
                continue;
            }
            let (c, length) = escape.unwrap_or((c, c.len_utf8()));
            let is_blank = matches!(c, ' ' | '\t') && (escape.is_some() || self.takes_blank(rest));
            if ends_link(c) && !is_blank {
                break;
            }
            if self.part == Part::Address && c == ':' && rest.starts_with("://") {
                // Another address begins.
                self.remove_word();
                break;
            }
            if let Some((_, close)) = BRACKETS.iter().find(|(open, _)| *open == c) {
                open.push(*close);
            } else if BRACKETS.iter().any(|(_, close)| *close == c) && open.pop() != Some(c) {
                break;
            }
            if c == '&' {
                self.ampersands.0 |= rest.starts_with('&') && length > 1;
                self.ampersands.1 |= length == 1 && parameter_name(&rest[1..]).is_some_and(|name| is_known(&name));
            }
            self.push(c, length);
        }
        let rest = &self.text[self.at..];
        let literal = self.literal.filter(|literal| rest.trim_start_matches('\\').starts_with(literal.quote));
        let completion = match literal {
            Some(literal) => literal.completion(self.text, self.at, extended),
            None if is_continued_at(rest) => Completion::Text,
            None => Completion::Nothing,
        };
        let is_cut = completion == Completion::Text || self.link.trim_end().ends_with(['=', '&', '?']);
        if !is_cut && !rest.starts_with(['"', '\'', '`', '<', '>']) {
            self.trim();
        }
        let end = self.at;
        if is_cut {
            self.push_placeholder(0);
        }
        let link = LinkMatch {
            range: self.start..end,
            link: self.link,
            sources: self.sources,
            placeholders: self.placeholders,
            is_open: is_cut
                || completion == Completion::Parameters
                || self.has_open_placeholder
                || setting::is_authorization_endpoint(self.text, self.start),
        };
        (link, self.ampersands == (true, true))
    }

    /// Returns whether the blank at the beginning of `rest` belongs to the link: it is in a literal that ends in this line.
    fn takes_blank(&mut self, rest: &str) -> bool {
        if matches!(self.part, Part::Scheme | Part::Address) || rest.trim_start_matches([' ', '\t']).starts_with("http")
        {
            return false;
        }
        let literal = self.literal;
        *self.takes_blanks.get_or_insert_with(|| literal.is_some_and(|literal| literal.rest_of_line(rest).is_some()))
    }

    /// Returns the length of the blanks, line breaks and signs of continuation in front of the link's next parameter.
    fn gap(&self, rest: &str) -> Option<usize> {
        const LONGEST: usize = 200;
        const COMMENTS: [&str; 7] = ["///", "//!", "//", "#", "*", ">", "--"];
        let c = rest.chars().next()?;
        if !c.is_whitespace() && !matches!(c, '\\' | '^' | '`') {
            return None;
        }
        let window = first(rest, LONGEST);
        let mut after = window;
        if let Some(line_end) = window.trim_start_matches([' ', '\t']).strip_prefix(['\\', '^', '`']) {
            after = line_end.trim_start_matches([' ', '\t', '\r']);
            if !after.starts_with('\n') {
                return None;
            }
        }
        let mut next = after.trim_start();
        let has_line_break = after[..after.len() - next.len()].contains('\n');
        if has_line_break && let Some(rest) = COMMENTS.iter().find_map(|comment| next.strip_prefix(comment)) {
            next = rest.trim_start();
        }
        let c = next.chars().next()?;
        let (c, length) = unescape(next, true).unwrap_or((c, c.len_utf8()));
        let is_next = match c {
            '&' => matches!(self.part, Part::Name | Part::Value) && parameter_name(&next[length..]).is_some(),
            '?' => self.part == Part::Address && parameter_name(&next[length..]).is_some(),
            _ => {
                has_line_break
                    && self.link.ends_with(['&', '?'])
                    && parameter_name(next).is_some_and(|name| is_known(&name))
            }
        };
        is_next.then(|| window.len() - next.len())
    }

    fn push(&mut self, c: char, length: usize) {
        match c {
            '/' if self.part == Part::Scheme && self.link.ends_with(":/") => self.part = Part::Address,
            '?' if self.part == Part::Address => self.part = Part::Name,
            '=' if self.part == Part::Name => self.part = Part::Value,
            '&' if self.part == Part::Value => self.part = Part::Name,
            _ => {}
        }
        if self.link.len() <= LONGEST_LINK {
            self.link.push(c);
            let source = self.source(length);
            self.sources.extend(std::iter::repeat_n(source, c.len_utf8()));
        }
        self.at += length;
    }

    /// Adds a placeholder as `%`, which is no valid value.
    fn push_placeholder(&mut self, length: usize) {
        // `…` at the end of a link may be more than a value.
        let rest = &self.text[self.at + length..];
        let is_cut = self.text[self.at..].starts_with(['…', '.']) && rest.chars().next().is_none_or(ends_link);
        self.has_open_placeholder |= self.part == Part::Name || is_cut;
        if self.link.len() <= LONGEST_LINK {
            let start = self.link.len();
            self.link.push('%');
            self.sources.push(self.source(length));
            self.placeholders.push(start..start + 1);
        }
        self.at += length;
    }

    fn source(&self, length: usize) -> (u32, u32) {
        let offset = |at: usize| u32::try_from(at - self.start).unwrap_or(u32::MAX);
        (offset(self.at), offset(self.at + length))
    }

    /// Removes punctuation at the end, which belongs to the surrounding sentence.
    fn trim(&mut self) {
        while self.link.ends_with(['.', ',', ';', ':', '!', '?', '*', '_']) {
            self.pop();
        }
    }

    /// Removes the scheme of another link and the sign in front of it.
    fn remove_word(&mut self) {
        while self.link.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            self.pop();
        }
    }

    fn pop(&mut self) {
        self.link.pop();
        if let Some((start, _)) = self.sources.pop() {
            self.at = self.start + start as usize;
        }
    }
}

/// Returns whether a link may have a parameter of that name.
fn is_known(name: &str) -> bool {
    Param::from_name(name).is_some_and(Param::is_in_url) || auth_link_rules::DROPPED_PARAMETERS.contains(&name)
}
