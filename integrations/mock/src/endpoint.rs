//! The endpoints of TrueLayer that the mock server has.

use std::fmt;
use std::str::FromStr;

macro_rules! endpoints {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $method:literal, $path:literal;)*) => {
        /// An endpoint of TrueLayer.
        ///
        /// Its name in scenarios and at the admin endpoint is that of the variant in lowercase, such as `card_balance`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Endpoint {
            $($(#[$doc])* #[doc = concat!(" (`", $method, " ", $path, "`).")] $variant,)*
        }

        /// Each endpoint with its name, method and path.
        const ENDPOINTS: &[(Endpoint, &str, &str, &str)] = &[$((Endpoint::$variant, $name, $method, $path),)*];
    };
}

endpoints! {
    /// The auth link
    AuthLink = "auth_link", "GET", "/";
    /// Codes and refresh tokens for access tokens
    Token = "token", "POST", "/connect/token";
    /// The deletion of a connection
    Delete = "delete", "DELETE", "/api/delete";
    /// The id of a connection for TrueLayer's support
    Debug = "debug", "POST", "/api/debug";
    /// The list of providers
    Providers = "providers", "GET", "/api/providers";
    /// Direct bank authentication
    AuthUri = "auth_uri", "POST", "/v1/authuri";
    /// The reauthentication of a connection
    ReauthUri = "reauth_uri", "POST", "/v1/reauthuri";
    /// The events of the journeys with a `tracking_id`
    TrackedEvents = "tracked_events", "GET", "/v1/tracked-events";
    /// The extension of a connection
    Extend = "extend", "POST", "/connections/extend";
    /// The connection's consent and provider
    Me = "me", "GET", "/data/v1/me";
    /// The user's name
    Info = "info", "GET", "/data/v1/info";
    /// The accounts
    Accounts = "accounts", "GET", "/data/v1/accounts";
    /// One account
    Account = "account", "GET", "/data/v1/accounts/{id}";
    /// An account's balance
    Balance = "balance", "GET", "/data/v1/accounts/{id}/balance";
    /// An account's transactions
    Transactions = "transactions", "GET", "/data/v1/accounts/{id}/transactions";
    /// An account's pending transactions
    PendingTransactions = "pending_transactions", "GET", "/data/v1/accounts/{id}/transactions/pending";
    /// An account's direct debits
    DirectDebits = "direct_debits", "GET", "/data/v1/accounts/{id}/direct_debits";
    /// An account's standing orders
    StandingOrders = "standing_orders", "GET", "/data/v1/accounts/{id}/standing_orders";
    /// The cards
    Cards = "cards", "GET", "/data/v1/cards";
    /// One card
    Card = "card", "GET", "/data/v1/cards/{id}";
    /// A card's balance
    CardBalance = "card_balance", "GET", "/data/v1/cards/{id}/balance";
    /// A card's transactions
    CardTransactions = "card_transactions", "GET", "/data/v1/cards/{id}/transactions";
    /// A card's pending transactions
    CardPendingTransactions = "card_pending_transactions", "GET", "/data/v1/cards/{id}/transactions/pending";
    /// The results of an asynchronous call
    Results = "results", "GET", "/data/v1/results/{id}";
}

impl Endpoint {
    /// Returns all endpoints.
    pub fn all() -> impl Iterator<Item = Self> {
        ENDPOINTS.iter().map(|entry| entry.0)
    }

    /// Returns the name in scenarios and at the admin endpoint, such as `card_balance`.
    #[must_use]
    pub fn name(self) -> &'static str {
        ENDPOINTS.iter().find(|entry| entry.0 == self).map_or("", |entry| entry.1)
    }

    /// Returns the endpoint of a request, and the raw id in its path.
    pub(crate) fn of<'p>(method: &str, path: &'p str) -> Option<(Self, &'p str)> {
        ENDPOINTS.iter().filter(|entry| entry.2 == method).find_map(|entry| Some((entry.0, id_in(entry.3, path)?)))
    }

    /// Returns whether the endpoint belongs to the Data API.
    pub(crate) fn is_data(self) -> bool {
        ENDPOINTS.iter().any(|entry| entry.0 == self && entry.3.starts_with("/data/"))
    }
}

/// Returns the segment of a path that stands for `{id}` in a pattern: empty without one, `None` if the path differs.
fn id_in<'p>(pattern: &str, path: &'p str) -> Option<&'p str> {
    let Some((before, after)) = pattern.split_once("{id}") else {
        return (pattern == path).then_some("");
    };
    let id = path.strip_prefix(before)?.strip_suffix(after)?;
    (!id.is_empty() && !id.contains('/')).then_some(id)
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Endpoint {
    type Err = UnknownEndpoint;

    /// Parses a name such as `card_balance`.
    ///
    /// # Errors
    ///
    /// Returns an error if no endpoint has the name.
    fn from_str(text: &str) -> Result<Self, UnknownEndpoint> {
        let found = ENDPOINTS.iter().find(|entry| entry.1 == text);
        found.map(|entry| entry.0).ok_or_else(|| UnknownEndpoint(text.chars().take(64).collect()))
    }
}

/// The error of a name that no [`Endpoint`] has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownEndpoint(String);

impl fmt::Display for UnknownEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = ENDPOINTS.iter().map(|entry| format!("`{}`", entry.1)).collect();
        write!(f, "unknown endpoint `{}`: expected one of {}", self.0.escape_debug(), names.join(", "))
    }
}

impl std::error::Error for UnknownEndpoint {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_endpoint_and_id_of_a_request_are_found() {
        assert_eq!(Endpoint::of("GET", "/data/v1/accounts/a1/balance"), Some((Endpoint::Balance, "a1")));
        assert_eq!(Endpoint::of("GET", "/data/v1/accounts/a1"), Some((Endpoint::Account, "a1")));
        assert_eq!(
            Endpoint::of("GET", "/data/v1/cards/c/transactions/pending"),
            Some((Endpoint::CardPendingTransactions, "c"))
        );
        for (method, path) in [
            ("POST", "/data/v1/accounts"),
            ("GET", "/data/v1/accounts/"),
            ("GET", "/data/v1/accounts/a/b/balance"),
            ("GET", "/data/v1/accounts//balance"),
        ] {
            assert_eq!(Endpoint::of(method, path), None, "{method} {path}");
        }
    }

    #[test]
    fn each_endpoint_is_found_by_its_name() {
        for endpoint in Endpoint::all() {
            assert_eq!(endpoint.name().parse(), Ok(endpoint));
        }
        let error = "tokens".parse::<Endpoint>().expect_err("an unknown name").to_string();
        assert!(error.starts_with("unknown endpoint `tokens`: expected one of `auth_link`, `token`"), "{error}");
    }

    #[test]
    fn the_endpoints_of_the_data_api_are_those_under_its_path() {
        let data: Vec<_> = Endpoint::all().filter(|endpoint| endpoint.is_data()).collect();
        assert_eq!((data.len(), data[0], data.last()), (15, Endpoint::Me, Some(&Endpoint::Results)));
        assert!(!Endpoint::Token.is_data());
    }
}
