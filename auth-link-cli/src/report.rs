//! One reported diagnostic: its text without secrets, and its range in the shown text.

use std::ops::Range;

use auth_link_rules::{Diagnostic, LintLevel};

use crate::redact::Redacted;
use crate::text::escape;

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
    /// Builds the report of a diagnostic at `range`.
    pub(crate) fn new(diagnostic: &Diagnostic, range: Range<usize>, redacted: &Redacted) -> Self {
        let text = diagnostic.to_string();
        let mut lines = text.lines().map(|line| escape(&redacted.redact(line)));
        let message = lines.next().unwrap_or_default();
        let rule = diagnostic.rule();
        let mut help: Vec<_> = lines.map(|line| line.strip_prefix("help: ").unwrap_or(&line).to_owned()).collect();
        if rule.level == LintLevel::Deny {
            // The last line shows how a macro call allows the rule.
            help.pop();
            help.push(format!("if this is intentional, add `--allow {}`", rule.name));
        }
        let field = diagnostic.field().map(|field| escape(&redacted.redact_value(field)));
        Self { is_warning: diagnostic.is_warning(), rule: rule.name, field, message, help, range }
    }

    /// Returns the name of its level.
    pub(crate) fn level(&self) -> &'static str {
        if self.is_warning { "warning" } else { "error" }
    }
}
