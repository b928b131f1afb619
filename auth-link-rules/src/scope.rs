//! Rules of `scope`.

use crate::Param;
use crate::distance::nearest;
use crate::link::{Link, Token, Word};
use crate::problem::Found;
use crate::provider::Known;

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
    SCOPES.iter().any(|(scope, _)| *scope == word)
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
pub(crate) fn scope_unknown(link: &Link<'_>) -> Vec<Found> {
    link.words(Param::Scope).iter().filter(|word| !is_scope(word.text)).map(unknown).collect()
}

fn unknown(word: &Word<'_>) -> Found {
    let Word { place, text, .. } = *word;
    if let Some((_, api)) = ELSEWHERE.iter().find(|(scope, _)| *scope == text) {
        let help = format!("the scopes of a link are {}", list());
        return Found::new(place, format!("unexpected scope `{text}`: it belongs to {api}"), help);
    }
    let help = if text.contains([',', ';']) {
        format!("separate scopes by spaces: `{}`", text.replace([',', ';'], " "))
    } else {
        nearest(&text.to_lowercase(), SCOPES.map(|(scope, _)| scope))
            .map_or_else(|| format!("the scopes are {}", list()), |scope| format!("did you mean `{scope}`?"))
    };
    Found::new(place, format!("unknown scope `{text}`"), help)
}

fn list() -> String {
    SCOPES.map(|(scope, _)| scope).join(", ")
}

/// A scope stands once.
pub(crate) fn scope_repeated(link: &Link<'_>) -> Vec<Found> {
    if link.is_pasted(Param::Scope) {
        return Vec::new();
    }
    let words = link.words(Param::Scope);
    let repeated = words.iter().enumerate().filter(|(index, word)| words[..*index].iter().any(|w| w.text == word.text));
    repeated.map(|(_, word)| Found::new(word.place, format!("duplicate scope `{}`", word.text), "remove it")).collect()
}

/// What a scope gives is reached through another: TrueLayer's descriptions of the scopes say which must be combined.
pub(crate) fn scope_needs(link: &Link<'_>) -> Vec<Found> {
    let words = link.words(Param::Scope);
    if !link.is_whole(Param::Scope) || words.iter().any(|word| !is_scope(word.text)) {
        return Vec::new();
    }
    let has = |scope: &str| words.iter().any(|word| word.text == scope);
    let missing = |word: &&Word<'_>| match word.text {
        "balance" | "transactions" if !has("accounts") && !has("cards") => Some("`accounts` or `cards`"),
        "direct_debits" | "standing_orders" if !has("accounts") => Some("`accounts`"),
        _ => None,
    };
    let lacking = words.iter().filter_map(|word| Some((word, missing(&word)?)));
    lacking
        .map(|(word, needs)| {
            Found::new(word.place, format!("scope `{}` needs {needs}", word.text), format!("add {needs} to `scope`"))
        })
        .collect()
}

/// `offline_access` renews access to what the other scopes give.
pub(crate) fn scope_offline_alone(link: &Link<'_>) -> Vec<Found> {
    match link.words(Param::Scope) {
        [word] if word.text == "offline_access" && link.is_whole(Param::Scope) => {
            let help = "add the scopes of the data to read, such as `accounts`";
            vec![Found::new(word.place, "scope `offline_access` alone gives access to nothing", help)]
        }
        _ => Vec::new(),
    }
}

/// A card issuer has no accounts to show.
pub(crate) fn scope_cards_only(link: &Link<'_>) -> Vec<Found> {
    let words = link.words(Param::Scope);
    let Some(accounts) = words.iter().find(|word| word.text == "accounts") else {
        return Vec::new();
    };
    // The one that is chosen, or else all that are listed.
    let of = if link.has(Param::ProviderId) { Param::ProviderId } else { Param::Providers };
    let tokens = link.tokens(of);
    let issuer = |token: &Token<'_>| match token.known {
        Some(Known::Provider(provider)) => Some(provider).filter(|it| it.offers("cards") && !it.offers("accounts")),
        _ => None,
    };
    match tokens.iter().map(issuer).collect::<Option<Vec<_>>>().as_deref() {
        Some([provider, ..]) => {
            let fault = format!("{} (`{}`) is known to offer cards, not accounts", provider.name, provider.id);
            vec![Found::new(accounts.place, fault, "write `cards` instead of `accounts`")]
        }
        _ => Vec::new(),
    }
}
