//! Rules of `scope`.

use crate::distance::nearest;
use crate::link::{Link, Word};
use crate::problem::Found;
use crate::provider::Known;
use crate::table::{answer, joined, words};
use crate::{Param, Provider};

/// The scopes of the Data API, and `verification` of the Verification API, which uses the same links; what each gives.
pub const SCOPES: [(&str, &str); 9] = [
    ("info", "The account holder's full name."),
    ("accounts", "Current and savings accounts."),
    ("balance", "Balances of accounts and cards. Needs `accounts` or `cards`."),
    ("transactions", "Transactions of accounts and cards. Needs `accounts` or `cards`."),
    ("cards", "Credit cards."),
    ("direct_debits", "Direct debits, at open-banking providers. Needs `accounts`."),
    ("standing_orders", "Standing orders, at open-banking providers. Needs `accounts`."),
    ("offline_access", "Access for 90 days: without it there is no refresh token."),
    ("verification", "The Verification API, for clients of that API."),
];

pub(crate) fn is_scope(word: &str) -> bool {
    answer(&SCOPES, word).is_some()
}

/// Scopes that belong elsewhere, and where.
const ELSEWHERE: [(&str, &str); 16] = [
    ("payments", "the Payments API"),
    ("recurring_payments:sweeping", "the Payments API"),
    ("recurring_payments:commercial", "the Payments API"),
    ("payouts", "the Payouts API"),
    ("paydirect", "the PayDirect API"),
    ("signupplus", "the Signup+ API"),
    ("verification:fr", "the Verification API's client credentials"),
    ("verification:bank_lookup", "the Verification API's client credentials"),
    ("tracking", "the tracking API's client credentials"),
    ("data", "the Data API v3's client credentials"),
    ("openid", "OpenID Connect"),
    ("profile", "OpenID Connect"),
    ("email", "OpenID Connect"),
    ("identity", "other data APIs"),
    ("products", "TrueLayer's API of 2018"),
    ("beneficiaries", "TrueLayer's API of 2018"),
];

/// TrueLayer's Data API knows eight scopes.
pub(crate) fn scope_unknown(link: &Link<'_>, found: &mut Vec<Found>) {
    for word in link.words(Param::Scope) {
        if !is_scope(word.text) {
            found.push(unknown(word));
        }
    }
}

fn unknown(&Word { place, text, .. }: &Word<'_>) -> Found {
    let scopes = words(&SCOPES);
    if let Some(api) = answer(&ELSEWHERE, text) {
        let help = format!("the scopes of a link are {}", joined(&scopes, ", "));
        return Found::new(place, format!("unexpected scope `{text}`: it belongs to {api}"), help);
    }
    let help = if text.contains([',', ';']) {
        format!("separate scopes by spaces: `{}`", text.replace([',', ';'], " "))
    } else {
        match nearest(&text.to_lowercase(), &scopes) {
            Some(scope) => format!("did you mean `{scope}`?"),
            None => format!("the scopes are {}", joined(&scopes, ", ")),
        }
    };
    Found::new(place, format!("unknown scope `{text}`"), help)
}

/// A scope stands once.
pub(crate) fn scope_repeated(link: &Link<'_>, found: &mut Vec<Found>) {
    if link.is_pasted(Param::Scope) {
        return;
    }
    let words = link.words(Param::Scope);
    for (index, word) in words.iter().enumerate() {
        if has(&words[..index], word.text) {
            found.push(Found::new(word.place, format!("duplicate scope `{}`", word.text), "remove it"));
        }
    }
}

fn has(words: &[Word<'_>], scope: &str) -> bool {
    words.iter().any(|word| word.text == scope)
}

/// What a scope gives is reached through another: TrueLayer's descriptions of the scopes say which must be combined.
pub(crate) fn scope_needs(link: &Link<'_>, found: &mut Vec<Found>) {
    let words = link.words(Param::Scope);
    if !link.is_whole(Param::Scope) || words.iter().any(|word| !is_scope(word.text)) {
        return;
    }
    for word in words {
        let needs = match word.text {
            "balance" | "transactions" if !has(words, "accounts") && !has(words, "cards") => "`accounts` or `cards`",
            "direct_debits" | "standing_orders" if !has(words, "accounts") => "`accounts`",
            _ => continue,
        };
        let fault = format!("scope `{}` needs {needs}", word.text);
        found.push(Found::new(word.place, fault, format!("add {needs} to `scope`")));
    }
}

/// `offline_access` renews access to what the other scopes give.
pub(crate) fn scope_offline_alone(link: &Link<'_>, found: &mut Vec<Found>) {
    if let [Word { place, text: "offline_access", .. }] = *link.words(Param::Scope)
        && link.is_whole(Param::Scope)
    {
        let help = "add the scopes of the data to read, such as `accounts`";
        found.push(Found::new(place, "scope `offline_access` alone gives access to nothing", help));
    }
}

/// A card issuer has no accounts to show.
pub(crate) fn scope_cards_only(link: &Link<'_>, found: &mut Vec<Found>) {
    let words = link.words(Param::Scope);
    let Some(accounts) = words.iter().find(|word| word.text == "accounts") else { return };
    // The one that is chosen, or else all that are listed.
    let of = if link.has(Param::ProviderId) { Param::ProviderId } else { Param::Providers };
    let mut issuer = None;
    for token in link.tokens(of) {
        match token.known {
            Some(Known::Provider(provider)) if provider.offers("cards") && !provider.offers("accounts") => {
                issuer.get_or_insert(provider);
            }
            _ => return,
        }
    }
    if let Some(Provider { id, name, .. }) = issuer {
        let fault = format!("{name} (`{id}`) is known to offer cards, not accounts");
        found.push(Found::new(accounts.place, fault, "write `cards` instead of `accounts`"));
    }
}
