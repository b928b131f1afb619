//! Rules of `scope`.

use super::separator::{ReportedTexts, unexpected_separators};
use crate::diagnostic::{Finding, MAX_FINDINGS};
use crate::suggestion::Suggestion;
use crate::text::{Distinct, join};
use crate::view::{DraftView, Word};
use crate::vocabulary::parameter::Param;
use crate::vocabulary::provider::Known;
use crate::vocabulary::provider_list::Provider;
use crate::vocabulary::scope::{OTHER_SCOPES, SCOPES, is_scope};
use crate::vocabulary::similar::nearest;
use crate::vocabulary::table::{lookup, words};

/// TrueLayer's Data API has eight scopes, and its Verification API one.
pub(crate) fn unknown_scope(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    unexpected_separators(view, Param::Scope, findings);
    let reported = ReportedTexts::new(view);
    for word in view.words(Param::Scope) {
        if findings.len() > MAX_FINDINGS {
            break;
        }
        if !is_scope(word.text) && !reported.contain(word.location) {
            findings.push(unknown(word));
        }
    }
}

fn unknown(&Word { location, text, .. }: &Word<'_>) -> Finding {
    let scopes = words(&SCOPES);
    if let Some(api) = lookup(&OTHER_SCOPES, text) {
        let finding = Finding::new(location, format!("unexpected scope `{text}`: it belongs to {api}"));
        return finding.advise(format!("the scopes of a link are {}", join(&scopes, ", ")));
    }
    let finding = Finding::new(location, format!("unknown scope `{text}`"));
    let lower = text.to_lowercase();
    match nearest(&lower, &scopes) {
        _ if is_scope(&lower) => {
            finding.suggest(Suggestion::Replace(lower)).because("scopes are lowercase").certainly()
        }
        Some(scope) => finding.suggest(Suggestion::Similar("scope", (*scope).to_owned())),
        None => finding.advise(format!("the scopes are {}", join(&scopes, ", "))),
    }
}

/// A scope is listed once.
pub(crate) fn duplicate_scope(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    if view.is_pasted(Param::Scope) {
        return;
    }
    let mut seen = Distinct::default();
    for word in view.words(Param::Scope) {
        if !seen.insert(word.text) && findings.len() <= MAX_FINDINGS {
            let finding = Finding::new(word.location, format!("duplicate scope `{}`", word.text));
            findings.push(finding.suggest(Suggestion::Remove).certainly());
        }
    }
}

fn has(words: &[Word<'_>], scope: &str) -> bool {
    words.iter().any(|word| word.text == scope)
}

/// Some scopes need another one: TrueLayer's descriptions of the scopes name the combinations.
pub(crate) fn missing_required_scope(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let words = view.words(Param::Scope);
    if !view.is_fully_readable(Param::Scope) || words.iter().any(|word| !is_scope(word.text)) {
        return;
    }
    let (has_accounts, has_cards) = (has(words, "accounts"), has(words, "cards"));
    let add = |scope: &str| Suggestion::Add(Param::Scope, scope.to_owned());
    for word in words {
        if findings.len() > MAX_FINDINGS {
            break;
        }
        let finding = |needs: &str| Finding::new(word.location, format!("scope `{}` needs {needs}", word.text));
        match word.text {
            "balance" | "transactions" if !has_accounts && !has_cards => {
                findings.push(finding("`accounts` or `cards`").suggest(add("accounts")).suggest(add("cards")));
            }
            "direct_debits" | "standing_orders" if !has_accounts => {
                findings.push(finding("`accounts`").suggest(add("accounts")).certainly());
            }
            _ => {}
        }
    }
}

/// `offline_access` prolongs the access of the other scopes.
pub(crate) fn offline_access_alone(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    if let [Word { location, text: "offline_access", .. }] = *view.words(Param::Scope)
        && view.is_fully_readable(Param::Scope)
    {
        let finding = Finding::new(location, "scope `offline_access` alone gives no access to data");
        findings.push(finding.advise("add the scopes of the data to read, such as `accounts`"));
    }
}

/// A card issuer has no accounts to show.
pub(crate) fn accounts_scope_at_card_provider(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let words = view.words(Param::Scope);
    let Some(accounts) = words.iter().find(|word| word.text == "accounts") else { return };
    // The chosen provider, or all listed ones.
    let param = if view.has(Param::ProviderId) { Param::ProviderId } else { Param::Providers };
    let mut issuer = None;
    for reference in view.provider_refs(param) {
        match reference.known {
            Some(Known::Provider(provider)) if !provider.offers("accounts") && provider.offers("cards") => {
                issuer.get_or_insert(provider);
            }
            _ => return,
        }
    }
    if let Some(Provider { id, name, .. }) = issuer {
        let finding = Finding::new(accounts.location, format!("{name} (`{id}`) is known to offer cards, not accounts"));
        findings.push(finding.suggest(Suggestion::Replace("cards".to_owned())));
    }
}
