//! The scopes of an auth link.

use crate::vocabulary::table::lookup;

/// The scopes of the Data API, and `verification` of the Verification API, which uses the same links. Each with what it gives access to.
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

/// Returns whether `word` is a scope of an auth link.
pub(crate) fn is_scope(word: &str) -> bool {
    lookup(&SCOPES, word).is_some()
}

/// Scopes of other APIs, each with the API that it belongs to.
pub(crate) const OTHER_SCOPES: [(&str, &str); 16] = [
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
