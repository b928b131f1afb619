//! The reference of the rules of `scope`.

use crate::reference::Reference;
use crate::reference::Source::{Document, Observed, Syntax};

pub(crate) const unknown_scope: Reference = Reference {
    why: "TrueLayer's Data API has eight scopes, and its Verification API one. Scopes of other APIs, such as `payments`, are no scopes of a link.",
    sources: &[Document("Scopes"), Document("OpenAPI description of the authentication server")],
    wrong: "scope = [acounts]",
    right: "scope = [accounts]",
};

pub(crate) const duplicate_scope: Reference = Reference {
    why: "A scope is listed once. A repeated one is a mistake, probably for another scope.",
    sources: &[Syntax],
    wrong: "scope = [accounts, info, accounts]",
    right: "scope = [accounts, info]",
};

pub(crate) const missing_required_scope: Reference = Reference {
    why: "`balance` and `transactions` need `accounts` or `cards`; `direct_debits` and `standing_orders` need `accounts`. Whether TrueLayer refuses such a link is not documented, but its endpoints cannot be reached.",
    sources: &[Document("Scopes")],
    wrong: "scope = [balance]",
    right: "scope = [accounts, balance]",
};

pub(crate) const offline_access_alone: Reference = Reference {
    why: "`offline_access` prolongs the access of other scopes, and gives none by itself.",
    sources: &[Document("Scopes")],
    wrong: "scope = [offline_access]",
    right: "scope = [accounts, offline_access]",
};

pub(crate) const accounts_scope_at_card_provider: Reference = Reference {
    why: "A card issuer has no accounts: its `/accounts` responds with 501 `endpoint_not_supported`.",
    sources: &[Document("Data API errors"), Observed("recorded lists of providers, 2019 to 2022")],
    wrong: "scope = [accounts],\nproviders = [uk_oauth_all],\nprovider_id = oauth_amex",
    right: "scope = [cards],\nproviders = [uk_oauth_all],\nprovider_id = oauth_amex",
};
