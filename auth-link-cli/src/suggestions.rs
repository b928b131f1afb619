//! The suggestions of a diagnostic as JSON.

use auth_link_rules::{Diagnostic, Location, Suggestion, Syntax, assignment, encoded};
use serde_json::{Value as Json, json};

use crate::redact::Redacted;

/// Returns the suggestions of a diagnostic, the most likely one first, without secrets.
///
/// Each has a `kind`; `text` is the text to write in a link, or the advice.
pub(crate) fn to_json(diagnostic: &Diagnostic, redacted: &Redacted) -> Vec<Json> {
    let show = |text: &str| redacted.redact(text);
    // Parts of the address are written unencoded.
    let is_address = matches!(diagnostic.location(), Location::Pasted(..));
    let word = |value: &str| show(&if is_address { value.to_owned() } else { encoded(value) });
    let suggestions = diagnostic.suggestions().map(|suggestion| match suggestion {
        Suggestion::Replace(value) => json!({ "kind": "replace", "value": show(value), "text": word(value) }),
        Suggestion::Similar(_, value) => json!({ "kind": "similar", "value": show(value), "text": word(value) }),
        Suggestion::Remove => json!({ "kind": "remove", "text": "" }),
        Suggestion::Set(param, value) => {
            let text = show(&assignment(Syntax::Query, *param, value));
            json!({ "kind": "set", "parameter": param.name(), "value": show(value), "text": text })
        }
        Suggestion::Add(param, value) => {
            json!({ "kind": "add", "parameter": param.name(), "value": show(value), "text": show(&encoded(value)) })
        }
        Suggestion::Rename(name) => json!({ "kind": "rename", "value": show(name), "text": show(name) }),
        Suggestion::Advice { other, .. } => json!({ "kind": "advice", "text": show(other) }),
        _ => json!({ "kind": "advice", "text": "" }),
    });
    suggestions.collect()
}

#[cfg(test)]
mod tests {
    use auth_link_rules::Param;

    use super::*;
    use crate::lint_options::LintOptions;

    /// Returns the suggestions of every diagnostic of a link.
    fn suggestions(link: &str) -> Vec<Json> {
        let checked = LintOptions::default().draft(link).check();
        let diagnostics = checked.map_or_else(|diagnostics| diagnostics, |checked| checked.warnings);
        let redacted = Redacted::new(link);
        diagnostics.iter().flat_map(|diagnostic| to_json(diagnostic, &redacted)).collect()
    }

    #[test]
    fn each_kind_of_suggestion_has_the_text_to_write() {
        const REST: &str = "client_id=a&redirect_uri=https%3A%2F%2Fa.example%2Fcb";
        let link = |rest: &str| format!("https://auth.truelayer.com/?{REST}&{rest}");
        for (link, expected) in [
            (link("scope=acounts"), json!({ "kind": "similar", "value": "accounts", "text": "accounts" })),
            (
                link("scope=direct_debits"),
                json!({ "kind": "add", "parameter": "scope", "value": "accounts", "text": "accounts" }),
            ),
            (link("scope=INFO"), json!({ "kind": "replace", "value": "info", "text": "info" })),
            (link("scope=info%20info"), json!({ "kind": "remove", "text": "" })),
            (
                link("scope=info,accounts"),
                json!({ "kind": "set", "parameter": "scope", "value": "info accounts", "text": "scope=info%20accounts" }),
            ),
            (
                format!("https://auth.truelayer.com/?{REST}"),
                json!({ "kind": "set", "parameter": "scope", "value": "accounts balance", "text": "scope=accounts%20balance" }),
            ),
            (
                format!("http://auth.truelayer.com/?{REST}&scope=info"),
                json!({ "kind": "replace", "value": "https", "text": "https" }),
            ),
        ] {
            assert!(suggestions(&link).contains(&expected), "{link}: {:#?}", suggestions(&link));
        }
    }

    #[test]
    fn an_environment_is_set_by_the_host_of_a_link() {
        assert_eq!(assignment(Syntax::Query, Param::Environment, "sandbox"), "auth.truelayer-sandbox.com");
        assert_eq!(assignment(Syntax::Query, Param::Environment, "live"), "auth.truelayer.com");
    }

    #[test]
    fn a_secret_in_a_suggestion_is_hidden() {
        let link = "https://auth.truelayer.com/?client_id=a&scope=info&redirect_uri=https%3A%2F%2Fjo%3ASEKRIT%40a.example%2Fcb%3Fstate%3DSEKRIT";
        let found = suggestions(link);
        assert!(!found.is_empty() && !format!("{found:?}").contains("SEKRIT"), "{found:?}");
    }
}
