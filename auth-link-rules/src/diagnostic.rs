//! The findings of rules: their location, their message, and their help.

use std::fmt;
use std::ops::Range;

use crate::suggestion::{Context, Help, Suggestion, Syntax};
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
    /// A warning, unless `allow = [rule]` silences it: the link may work.
    Warn,
}

/// The page that explains each rule. The name of a rule is its fragment.
pub const RULES_PAGE: &str = "https://docs.rs/auth-link/latest/auth_link/rules/index.html";

/// A rule of a link.
///
/// `allow = [name]` takes its name, unless its [level](LintLevel) is `Forbid`.
pub struct Rule {
    /// The name of the rule, which names the mistake.
    pub name: &'static str,
    /// The level of the rule.
    pub level: LintLevel,
}

impl Rule {
    /// Returns the address of the rule's documentation.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{RULES_PAGE}#{}", self.name)
    }
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
/// Its text is the message, then a line `help: …` with what to write instead, and a line that says how to allow its rule.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    pub(crate) rule: &'static Rule,
    pub(crate) level: LintLevel,
    pub(crate) location: Location,
    pub(crate) field: Option<String>,
    pub(crate) range: Option<Range<usize>>,
    pub(crate) message: String,
    pub(crate) help: Help,
    pub(crate) context: Context,
    /// The change of the pasted link that certainly corrects the mistake.
    pub(crate) edit: Option<Edit>,
    /// The syntax of its text.
    pub(crate) syntax: Syntax,
    /// The link has the field `allow` already.
    pub(crate) has_allow: bool,
}

/// A change of a pasted link.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edit {
    /// The bytes to replace.
    pub range: Range<usize>,
    /// The text to write instead, percent-encoded where the link needs it.
    pub text: String,
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

    /// Returns the mistake, on one line.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns the lines of help in the syntax of a reader, each without the word `help`.
    #[must_use]
    pub fn help(&self, syntax: Syntax) -> Vec<String> {
        let mut lines = vec![self.help.text(syntax, &self.context), self.help.note.clone()];
        lines.retain(|line| !line.is_empty());
        if self.rule.level == LintLevel::Forbid {
            return lines;
        }
        let (rule, is_first) = (self.rule.name, !self.has_allow);
        let allow = match syntax {
            Syntax::Macro if is_first => format!("add `allow = [{rule}]`"),
            Syntax::Macro => format!("add `{rule}` to `allow`"),
            Syntax::Query | Syntax::Flag => format!("add `--allow {rule}`"),
            // At run time these rules only warn.
            Syntax::Builder => return lines,
        };
        lines.push(format!("if this is intentional, {allow}"));
        lines
    }

    /// Returns the suggestions: alternatives, the most likely one first.
    pub fn suggestions(&self) -> impl Iterator<Item = &Suggestion> {
        self.help.choices.iter().map(|(suggestion, _)| suggestion)
    }

    /// Returns the change of the pasted link that certainly corrects the mistake as its author intended, if there is one.
    #[must_use]
    pub const fn edit(&self) -> Option<&Edit> {
        self.edit.as_ref()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        for line in self.help(self.syntax) {
            write!(f, "\nhelp: {line}")?;
        }
        Ok(())
    }
}

/// The most diagnostics of one link. Rules stop soon after, so that a check of a hostile link stays cheap.
pub(crate) const MAX_FINDINGS: usize = 50;

/// The finding of one rule.
pub(crate) struct Finding {
    pub(crate) location: Location,
    /// The missing field, for a finding about the whole link.
    pub(crate) field: Option<Param>,
    pub(crate) message: String,
    pub(crate) help: Help,
    /// Whether the finding rests on the dated list of providers.
    pub(crate) is_dated: bool,
}

impl Finding {
    pub(crate) fn new(location: Location, message: impl Into<String>) -> Self {
        Self { location, field: None, message: escape(&message.into()), help: Help::default(), is_dated: false }
    }

    /// Adds a suggestion, as an alternative to the ones before.
    pub(crate) fn suggest(self, suggestion: Suggestion) -> Self {
        self.suggest_with(suggestion, "")
    }

    /// Adds a suggestion with a comment.
    pub(crate) fn suggest_with(mut self, suggestion: Suggestion, comment: impl Into<String>) -> Self {
        self.help.choices.push((suggestion, comment.into()));
        self
    }

    /// Adds a text that no tool can apply.
    pub(crate) fn advise(self, text: impl Into<String>) -> Self {
        let text = text.into();
        self.advise_for(text.clone(), text)
    }

    /// Adds a text that no tool can apply: for macro calls and builders, and for links and flags.
    pub(crate) fn advise_for(self, rust: impl Into<String>, other: impl Into<String>) -> Self {
        self.suggest(Suggestion::Advice { rust: rust.into(), other: other.into() })
    }

    /// Adds the reason for the suggestions.
    pub(crate) fn because(mut self, reason: impl Into<String>) -> Self {
        self.help.reason = reason.into();
        self
    }

    /// Marks the only suggestion as what the author certainly intended.
    pub(crate) fn certainly(mut self) -> Self {
        self.help.is_certain = true;
        self
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
