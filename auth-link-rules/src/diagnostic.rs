//! The findings of rules: their location, their message, and their help.

use std::fmt;
use std::ops::Range;

use crate::text::escape;
use crate::vocabulary::parameter::Param;

/// The level of a rule, as rustc names the levels of its lints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LintLevel {
    /// An error that cannot be allowed: the link cannot work, or TrueLayer's page or an RFC forbids it.
    Forbid,
    /// An error, unless `allow = [rule]` allows it: the link probably does not work.
    Deny,
    /// A warning: the link may work.
    Warn,
}

/// A rule of a link.
///
/// `allow = [name]` takes its name, if its [level](LintLevel) permits that.
pub struct Rule {
    /// The name of the rule, which names the mistake.
    pub name: &'static str,
    /// The level of the rule.
    pub level: LintLevel,
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// The part of a draft that a diagnostic is about. Entries and items are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Location {
    /// The name of an entry.
    Name(usize),
    /// The value of an entry.
    Value(usize),
    /// One word of an entry's value, in a list or in a text with spaces.
    Item(usize, usize),
    /// A range of a pasted link, in bytes.
    Pasted(usize, usize),
    /// The whole link.
    Link,
}

impl Location {
    /// Returns the reading order: the parts of a pasted link, then each field, then the whole link.
    pub(crate) fn order(self) -> (usize, usize) {
        match self {
            Self::Pasted(start, _) => (0, start),
            Self::Name(entry) => (entry + 1, 0),
            Self::Value(entry) => (entry + 1, 1),
            Self::Item(entry, item) => (entry + 1, item + 2),
            Self::Link => (usize::MAX, 0),
        }
    }

    /// Returns the index of the entry that contains the location.
    #[must_use]
    pub const fn entry(self) -> Option<usize> {
        match self {
            Self::Name(entry) | Self::Value(entry) | Self::Item(entry, _) => Some(entry),
            Self::Pasted(..) | Self::Link => None,
        }
    }
}

/// One mistake in a link.
///
/// Its text is the message, then a line `help: …` with what to write instead, and for a rule that can be allowed a line that
/// names it.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub(crate) rule: &'static Rule,
    pub(crate) level: LintLevel,
    pub(crate) location: Location,
    pub(crate) field: Option<String>,
    pub(crate) range: Option<Range<usize>>,
    pub(crate) message: String,
    pub(crate) help: String,
    /// The link already allows other rules.
    pub(crate) has_allow: bool,
}

impl Diagnostic {
    /// Returns the rule that found it.
    #[must_use]
    pub const fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// Returns whether it is a warning, so that the link can be used.
    #[must_use]
    pub const fn is_warning(&self) -> bool {
        matches!(self.level, LintLevel::Warn)
    }

    /// Returns the part of the draft that it is about.
    #[must_use]
    pub const fn location(&self) -> Location {
        self.location
    }

    /// Returns the name of the field that it is about; `None` if it is about the whole link.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// Returns its byte range in a pasted link; `None` if it is about no part of such a link.
    #[must_use]
    pub fn range(&self) -> Option<Range<usize>> {
        self.range.clone()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if !self.help.is_empty() {
            write!(f, "\nhelp: {}", self.help)?;
        }
        if self.level == LintLevel::Deny {
            let (rule, is_first) = (self.rule.name, !self.has_allow);
            f.write_str("\nhelp: if this is intentional, add ")?;
            if is_first { write!(f, "`allow = [{rule}]`")? } else { write!(f, "`{rule}` to `allow`")? }
        }
        Ok(())
    }
}

/// The finding of one rule.
pub(crate) struct Finding {
    pub(crate) location: Location,
    /// The missing field, for a finding about the whole link.
    pub(crate) field: Option<Param>,
    pub(crate) message: String,
    pub(crate) help: String,
    /// Whether the finding rests on the dated list of providers.
    pub(crate) is_dated: bool,
}

impl Finding {
    pub(crate) fn new(location: Location, message: impl Into<String>, help: impl Into<String>) -> Self {
        let (message, help) = (escape(&message.into()), escape(&help.into()));
        Self { location, field: None, message, help, is_dated: false }
    }

    /// Sets the field that is missing.
    pub(crate) fn for_field(mut self, field: Param) -> Self {
        self.field = Some(field);
        self
    }

    /// Sets whether the finding rests on the dated list of providers.
    pub(crate) fn by_dated_list(mut self, is_dated: bool) -> Self {
        self.is_dated = is_dated;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Location::{Item, Link, Name, Pasted, Value};

    #[test]
    fn locations_sort_in_reading_order() {
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
