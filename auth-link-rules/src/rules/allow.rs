//! The rule of `allow`.

use crate::diagnostic::{Finding, LintLevel, Rule};
use crate::suggestion::Suggestion;
use crate::text::join;
use crate::view::DraftView;
use crate::vocabulary::parameter::Param;
use crate::vocabulary::similar::nearest;

/// Only rules of the levels `Deny` and `Warn` can be allowed.
pub(crate) fn unknown_allowed_rule(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let words = view.words(Param::Allow);
    if words.is_empty() {
        return;
    }
    let (mut allowable, mut denied) = (Vec::new(), Vec::new());
    for rule in view.rules.into_iter().flatten() {
        if rule.level != LintLevel::Forbid {
            allowable.push(rule.name);
        }
        if rule.level == LintLevel::Deny {
            denied.push(rule.name);
        }
    }
    for word in words {
        if allowable.contains(&word.text) {
            continue;
        }
        let message = match view.rules.into_iter().flatten().find(|rule| rule.name == word.text) {
            Some(Rule { name, .. }) => format!("`{name}` cannot be allowed"),
            None => format!("unknown rule `{}`", word.text),
        };
        let finding = Finding::new(word.location, message);
        findings.push(match nearest(word.text, &allowable) {
            Some(name) => finding.suggest(Suggestion::Similar("rule", (*name).to_owned())),
            None => finding.advise(format!("the errors that can be allowed are `{}`", join(&denied, "`, `"))),
        });
    }
}
