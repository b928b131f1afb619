//! One reported diagnostic: its text without secrets, and its range in the shown text.

use std::ops::Range;

use auth_link_rules::{Diagnostic, Rule, Syntax};
use serde_json::{Value as Json, json};

use crate::position::Extent;
use crate::redact::Redacted;
use crate::source_edit::SourceEdit;
use crate::suggestions;
use crate::text::escape;

/// One reported diagnostic. It contains no secret.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    pub(crate) is_warning: bool,
    pub(crate) rule: &'static Rule,
    /// The field that it is about.
    pub(crate) field: Option<String>,
    pub(crate) message: String,
    pub(crate) help: Vec<String>,
    /// The range in the shown text.
    pub(crate) range: Range<usize>,
    /// The extent of the text in front of the range, and up to its end. The shown text has more characters where a secret is hidden.
    pub(crate) extents: Range<Extent>,
    /// The suggestions as JSON.
    pub(crate) suggestions: Vec<Json>,
    /// The change of the shown text that certainly corrects the mistake.
    pub(crate) edit: Option<SourceEdit>,
}

impl Report {
    /// Builds the report of a diagnostic at `range` of `text`, with its help in the reader's syntax.
    pub(crate) fn new(
        diagnostic: &Diagnostic,
        range: Range<usize>,
        text: &str,
        redacted: &Redacted,
        syntax: Syntax,
    ) -> Self {
        let extent = |end: usize| Extent::of(text.get(..end).unwrap_or(text));
        Self {
            extents: extent(range.start)..extent(range.end.max(range.start)),
            is_warning: diagnostic.is_warning(),
            rule: diagnostic.rule(),
            field: diagnostic.field().map(|field| escape(&redacted.redact_value(field))),
            message: escape(&redacted.redact(diagnostic.message())),
            help: diagnostic.help(syntax).iter().map(|line| escape(&redacted.redact(line))).collect(),
            range,
            suggestions: suggestions::to_json(diagnostic, redacted),
            edit: None,
        }
    }

    /// Returns the name of its level.
    pub(crate) fn level(&self) -> &'static str {
        if self.is_warning { "warning" } else { "error" }
    }

    /// Returns the report as JSON. The shown text begins at the byte `start` of its file.
    pub(crate) fn json(&self, start: usize) -> Json {
        let edit = self.edit.as_ref().map(
            |SourceEdit { range, text }| json!({ "range": [start + range.start, start + range.end], "text": text }),
        );
        json!({
            "level": self.level(),
            "rule": self.rule.name,
            "url": self.rule.url(),
            "field": self.field,
            "message": self.message,
            "help": self.help,
            "suggestions": self.suggestions,
            "edit": edit,
        })
    }
}
