//! Rules of `scope`.

use crate::diagnostic::Finding;
use crate::text::join;
use crate::view::{DraftView, Word};
use crate::vocabulary::parameter::Param;
use crate::vocabulary::provider::Known;
use crate::vocabulary::provider_list::Provider;
use crate::vocabulary::scope::{OTHER_SCOPES, SCOPES, is_scope};
use crate::vocabulary::similar::nearest;
use crate::vocabulary::table::{lookup, words};

/// TrueLayer's Data API knows eight scopes.
pub(crate) fn unknown_scope(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    for word in view.words(Param::Scope) {
        if !is_scope(word.text) {
            findings.push(unknown(word));
        }
    }
}

fn unknown(&Word { location, text, .. }: &Word<'_>) -> Finding {
    let scopes = words(&SCOPES);
    if let Some(api) = lookup(&OTHER_SCOPES, text) {
        let help = format!("the scopes of a link are {}", join(&scopes, ", "));
        return Finding::new(location, format!("unexpected scope `{text}`: it belongs to {api}"), help);
    }
    let help = if text.contains([',', ';']) {
        format!("separate scopes by spaces: `{}`", text.replace([',', ';'], " "))
    } else {
        match nearest(&text.to_lowercase(), &scopes) {
            Some(scope) => format!("a similar scope exists: `{scope}`"),
            None => format!("the scopes are {}", join(&scopes, ", ")),
        }
    };
    Finding::new(location, format!("unknown scope `{text}`"), help)
}

/// A scope is listed once.
pub(crate) fn duplicate_scope(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    if view.is_pasted(Param::Scope) {
        return;
    }
    let words = view.words(Param::Scope);
    for (index, word) in words.iter().enumerate() {
        if has(&words[..index], word.text) {
            findings.push(Finding::new(word.location, format!("duplicate scope `{}`", word.text), "remove it"));
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
    for word in words {
        let needs = match word.text {
            "balance" | "transactions" if !has(words, "accounts") && !has(words, "cards") => "`accounts` or `cards`",
            "direct_debits" | "standing_orders" if !has(words, "accounts") => "`accounts`",
            _ => continue,
        };
        let message = format!("scope `{}` needs {needs}", word.text);
        findings.push(Finding::new(word.location, message, format!("add {needs} to `scope`")));
    }
}

/// `offline_access` prolongs the access of the other scopes.
pub(crate) fn offline_access_alone(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    if let [Word { location, text: "offline_access", .. }] = *view.words(Param::Scope)
        && view.is_fully_readable(Param::Scope)
    {
        let help = "add the scopes of the data to read, such as `accounts`";
        findings.push(Finding::new(location, "scope `offline_access` alone gives no access to data", help));
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
            Some(Known::Provider(provider)) if provider.offers("cards") && !provider.offers("accounts") => {
                issuer.get_or_insert(provider);
            }
            _ => return,
        }
    }
    if let Some(Provider { id, name, .. }) = issuer {
        let message = format!("{name} (`{id}`) is known to offer cards, not accounts");
        findings.push(Finding::new(accounts.location, message, "write `cards` instead of `accounts`"));
    }
}
