//! The rule of `allow`.

use crate::diagnostic::{Finding, LintLevel, Rule};
use crate::text::join;
use crate::view::DraftView;
use crate::vocabulary::parameter::Param;
use crate::vocabulary::similar::nearest;

/// Only rules of the level [`LintLevel::Deny`] can be allowed.
pub(crate) fn unknown_allowed_rule(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let words = view.words(Param::Allow);
    if words.is_empty() {
        return;
    }
    let mut allowable = Vec::new();
    for rule in view.rules.into_iter().flatten() {
        if rule.level == LintLevel::Deny {
            allowable.push(rule.name);
        }
    }
    for word in words {
        if allowable.contains(&word.text) {
            continue;
        }
        let message = match view.rules.into_iter().flatten().find(|rule| rule.name == word.text) {
            Some(Rule { name, level: LintLevel::Warn }) => format!("`{name}` only warns"),
            Some(Rule { name, .. }) => format!("`{name}` cannot be allowed"),
            None => format!("unknown rule `{}`", word.text),
        };
        let help = match nearest(word.text, &allowable) {
            Some(name) => format!("a similar rule exists: `{name}`"),
            None if message.ends_with("warns") => "write `#[allow(deprecated)]` on the item to silence it".to_owned(),
            None => format!("the rules that can be allowed are `{}`", join(&allowable, "`, `")),
        };
        findings.push(Finding::new(word.location, message, help));
    }
}
