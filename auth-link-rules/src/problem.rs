//! A fault of a link: where it is, what it is, and what to write instead.

use std::fmt;
use std::ops::Range;

use crate::link::Link;
use crate::{Param, Rule};

/// How much a rule weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Level {
    /// The link cannot work, or TrueLayer's page or an RFC forbids it.
    Error,
    /// The link hardly works: refused, unless `allow = [rule]` says that it is meant.
    Allowable,
    /// The link may work.
    Warning,
}

/// The part of a draft that a problem is about. Entries and items are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// The name of an entry.
    Name(usize),
    /// The value of an entry.
    Value(usize),
    /// One word of an entry's value, whether it was written as a list or separated by spaces.
    Item(usize, usize),
    /// A range of a pasted link, in bytes.
    Pasted(usize, usize),
    /// The link as a whole.
    Link,
}

impl Place {
    /// As one reads: a pasted link's frame, then field by field, then what is about the whole.
    fn order(self) -> (usize, usize) {
        match self {
            Self::Pasted(start, _) => (0, start),
            Self::Name(entry) => (entry + 1, 0),
            Self::Value(entry) => (entry + 1, 1),
            Self::Item(entry, item) => (entry + 1, item + 2),
            Self::Link => (usize::MAX, 0),
        }
    }

    /// The entry that the place is in.
    #[must_use]
    pub const fn entry(self) -> Option<usize> {
        match self {
            Self::Name(entry) | Self::Value(entry) | Self::Item(entry, _) => Some(entry),
            Self::Pasted(..) | Self::Link => None,
        }
    }
}

/// A fault of a link.
///
/// It reads `<fault>`, then a line `help: <what to write>`, and for a fault that may be meant the line that says so.
#[derive(Clone, Debug)]
pub struct Problem {
    pub(crate) rule: &'static Rule,
    pub(crate) level: Level,
    pub(crate) place: Place,
    pub(crate) field: Option<String>,
    pub(crate) range: Option<Range<usize>>,
    pub(crate) fault: String,
    pub(crate) help: String,
    /// The link turns rules off already.
    pub(crate) others_allowed: bool,
}

impl Problem {
    /// The rule that found it.
    #[must_use]
    pub const fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// Whether the link is fit for use all the same.
    #[must_use]
    pub const fn is_warning(&self) -> bool {
        matches!(self.level, Level::Warning)
    }

    /// Where it is.
    #[must_use]
    pub const fn place(&self) -> Place {
        self.place
    }

    /// The name of the field that it is about; `None` for what is about the link as such.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// Where it is in a link that was written as a whole, in bytes; `None` for what is in no such link.
    #[must_use]
    pub fn range(&self) -> Option<Range<usize>> {
        self.range.clone()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fault)?;
        if !self.help.is_empty() {
            write!(f, "\nhelp: {}", self.help)?;
        }
        if self.level == Level::Allowable {
            let (rule, is_first) = (self.rule.name, !self.others_allowed);
            f.write_str("\nhelp: if it is meant, add ")?;
            if is_first { write!(f, "`allow = [{rule}]`")? } else { write!(f, "`{rule}` to `allow`")? }
        }
        Ok(())
    }
}

/// What the rules find.
#[derive(Debug)]
pub(crate) struct Problems {
    found: Vec<Problem>,
    /// Names of rules that the link turns off.
    allowed: Vec<String>,
    /// The link already stands and is running: what may be meant, and what rests on the dated catalogue, only warns.
    running: bool,
}

impl Problems {
    /// For a link that is being compiled.
    #[cfg(feature = "url")]
    pub(crate) fn of_compiling(allowed: Vec<String>) -> Self {
        Self { found: Vec::new(), allowed, running: false }
    }

    /// For a link that was checked, and runs.
    pub(crate) fn of_running() -> Self {
        Self { found: Vec::new(), allowed: Vec::new(), running: true }
    }

    /// Records what `rule` found.
    pub(crate) fn add(&mut self, rule: &'static Rule, link: &Link<'_>, found: &mut Vec<Found>) {
        for Found { place, field, fault, help, dated } in found.drain(..) {
            let level = match rule.level {
                Level::Allowable if self.running => Level::Warning,
                Level::Allowable if self.allowed.iter().any(|name| name == rule.name) => continue,
                Level::Error if self.running && dated => Level::Warning,
                level => level,
            };
            let field = match (field, place.entry()) {
                (Some(field), _) => Some(field.name().to_owned()),
                (None, Some(entry)) => Some(link.entries[entry].name.clone()),
                (None, None) => None,
            };
            let (range, others_allowed) = (link.pasted_range(place), !self.allowed.is_empty());
            self.found.push(Problem { rule, level, place, field, range, fault, help, others_allowed });
        }
    }

    /// All of them, in the order of their places.
    pub(crate) fn into_sorted(mut self) -> Vec<Problem> {
        self.found.sort_by_key(|problem| problem.place.order());
        self.found
    }
}

/// One fault, as a rule states it.
pub(crate) struct Found {
    place: Place,
    field: Option<Param>,
    fault: String,
    help: String,
    dated: bool,
}

impl Found {
    pub(crate) fn new(place: Place, fault: impl Into<String>, help: impl Into<String>) -> Self {
        Self { place, field: None, fault: shown(&fault.into()), help: shown(&help.into()), dated: false }
    }

    /// A fault of a field that is not there.
    pub(crate) fn of(mut self, field: Param) -> Self {
        self.field = Some(field);
        self
    }

    /// A fault only as far as the dated catalogue of providers is right.
    pub(crate) fn by_catalogue(mut self, dated: bool) -> Self {
        self.dated = dated;
        self
    }
}

/// Whether a character changes what is seen without being seen.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A message on one line, in which all is seen.
fn shown(text: &str) -> String {
    const LONGEST: usize = 500;
    let mut shown = String::new();
    for c in text.chars() {
        if shown.len() >= LONGEST {
            shown.push('…');
            break;
        }
        if c.is_control() || is_invisible(c) { shown.extend(c.escape_default()) } else { shown.push(c) }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::Place::{Item, Link, Name, Pasted, Value};

    #[test]
    fn places_stand_as_one_reads() {
        let read = [
            Pasted(3, 9),
            Pasted(30, 40),
            Name(0),
            Value(0),
            Item(0, 0),
            Item(0, 1),
            Item(0, 2),
            Name(1),
            Value(1),
            Item(1, 0),
            Name(2),
            Link,
        ];
        assert!(read.is_sorted_by(|a, b| a.order() < b.order()));
    }
}
