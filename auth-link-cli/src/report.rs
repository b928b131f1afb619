//! One reported diagnostic: its text without secrets, and its range in the shown text.

use std::ops::Range;

use auth_link_rules::{Diagnostic, Syntax};

use crate::redact::Redacted;

/// One reported diagnostic. It contains no secret.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    pub(crate) is_warning: bool,
    /// The name of the rule.
    pub(crate) rule: &'static str,
    /// The field that it is about.
    pub(crate) field: Option<String>,
    pub(crate) message: String,
    pub(crate) help: Vec<String>,
    /// The range in the shown text.
    pub(crate) range: Range<usize>,
}

impl Report {
    /// Builds the report of a diagnostic at `range`, with its help in the reader's syntax.
    pub(crate) fn new(diagnostic: &Diagnostic, range: Range<usize>, redacted: &Redacted, syntax: Syntax) -> Self {
        Self {
            is_warning: diagnostic.is_warning(),
            rule: diagnostic.rule().name,
            field: diagnostic.field().map(|field| redacted.redact(field)),
            message: redacted.redact(diagnostic.message()),
            help: diagnostic.help(syntax).iter().map(|line| redacted.redact(line)).collect(),
            range,
        }
    }

    /// Returns the name of its level.
    pub(crate) fn level(&self) -> &'static str {
        if self.is_warning { "warning" } else { "error" }
    }
}
