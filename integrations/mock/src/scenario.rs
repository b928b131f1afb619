//! A scenario: the banks, users, accounts and failures of a mock server.

use crate::endpoint::Endpoint;
use crate::failure::Failure;

/// The banks, the users and the failing endpoints of a mock server, in addition to Mock Bank and its users.
///
/// ```
/// use auth_link_mock::{Account, Bank, BankUser, Endpoint, Failure, Scenario};
///
/// let scenario = Scenario::default()
///     .bank(Bank::new("ob-acme", "Acme Bank").without(Endpoint::StandingOrders))
///     .user(BankUser::new("mary", "secret").account(Account::current("acc-1").balance(12_345)).grants(["accounts", "balance"]))
///     .failure(Endpoint::Info, Failure::status(503));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Scenario {
    pub(crate) banks: Vec<Bank>,
    pub(crate) users: Vec<BankUser>,
    pub(crate) failures: Vec<(Endpoint, Failure)>,
}

impl Scenario {
    /// Adds a bank. One with the id `mock` replaces Mock Bank.
    pub fn bank(mut self, bank: Bank) -> Self {
        self.banks.push(bank);
        self
    }

    /// Adds a user. The user can sign in at every bank.
    pub fn user(mut self, user: BankUser) -> Self {
        self.users.push(user);
        self
    }

    /// Makes each request of an endpoint fail.
    pub fn failure(mut self, endpoint: Endpoint, failure: Failure) -> Self {
        self.failures.push((endpoint, failure));
        self
    }
}

/// A bank.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Bank {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) country: String,
    pub(crate) unsupported: Vec<Endpoint>,
}

impl Bank {
    /// Creates a bank in the United Kingdom with TrueLayer's id and a name, such as `ob-acme` and `Acme Bank`.
    pub fn new(id: impl Into<String>, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into(), country: "uk".to_owned(), unsupported: Vec::new() }
    }

    /// Sets the country, such as `fr`.
    pub fn country(self, country: impl Into<String>) -> Self {
        Self { country: country.into(), ..self }
    }

    /// Removes an endpoint: it responds with 501 `endpoint_not_supported`.
    pub fn without(mut self, endpoint: Endpoint) -> Self {
        self.unsupported.push(endpoint);
        self
    }

    /// Returns TrueLayer's Mock Bank.
    pub(crate) fn mock() -> Self {
        Self::new("mock", "Mock Bank")
    }

    /// Returns whether an entry of the link's `providers` covers the bank: its id, its country and id, or a group.
    pub(crate) fn is_covered_by(&self, entry: &str) -> bool {
        let of_country = entry.strip_prefix(&*self.country).and_then(|rest| rest.strip_prefix('-'));
        if self.id == "mock" {
            return matches!(entry, "mock" | "uk-cs-mock");
        }
        let kind = self.id.split('-').next().unwrap_or_default();
        entry == self.id || of_country.is_some_and(|rest| rest == self.id || rest.strip_suffix("-all") == Some(kind))
    }
}

/// A user of the banks.
#[derive(Clone, PartialEq, Eq)]
#[must_use]
pub struct BankUser {
    pub(crate) name: String,
    pub(crate) password: String,
    pub(crate) full_name: Option<String>,
    pub(crate) accounts: Vec<Account>,
    pub(crate) granted: Option<Vec<String>>,
    pub(crate) error: Option<String>,
}

impl std::fmt::Debug for BankUser {
    /// Shows no password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BankUser").field("name", &self.name).field("accounts", &self.accounts).finish_non_exhaustive()
    }
}

impl BankUser {
    /// Creates a user with a user name and a password. Without an account, the user has those of `john`.
    pub fn new(name: impl Into<String>, password: impl Into<String>) -> Self {
        let (name, password) = (name.into(), password.into());
        Self { name, password, full_name: None, accounts: Vec::new(), granted: None, error: None }
    }

    /// Sets the full name.
    pub fn full_name(self, name: impl Into<String>) -> Self {
        Self { full_name: Some(name.into()), ..self }
    }

    /// Adds an account.
    pub fn account(mut self, account: Account) -> Self {
        self.accounts.push(account);
        self
    }

    /// Sets the scopes that the user grants, as far as a link requests them.
    pub fn grants<S: Into<String>>(self, scopes: impl IntoIterator<Item = S>) -> Self {
        Self { granted: Some(scopes.into_iter().map(Into::into).collect()), ..self }
    }

    /// Makes each request of the user's data fail with the code of an error, such as `provider_error`.
    pub fn error(self, code: impl Into<String>) -> Self {
        Self { error: Some(code.into()), ..self }
    }
}

/// An account or a card. Its transactions are generated for the current day.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Account {
    pub(crate) id: String,
    pub(crate) kind: AccountKind,
    pub(crate) name: String,
    pub(crate) currency: String,
    pub(crate) iban: Option<String>,
    pub(crate) balance: Option<i64>,
}

/// The kind of an [`Account`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AccountKind {
    Current,
    Savings,
    Card,
}

impl Account {
    /// Creates a current account with an id.
    pub fn current(id: impl Into<String>) -> Self {
        Self::of(id, AccountKind::Current, "Current account")
    }

    /// Creates a savings account with an id.
    pub fn savings(id: impl Into<String>) -> Self {
        Self::of(id, AccountKind::Savings, "Savings account")
    }

    /// Creates a credit card with an id.
    pub fn card(id: impl Into<String>) -> Self {
        Self::of(id, AccountKind::Card, "Credit card")
    }

    pub(crate) fn of(id: impl Into<String>, kind: AccountKind, name: &str) -> Self {
        let (id, name, currency) = (id.into(), name.to_owned(), "GBP".to_owned());
        Self { id, kind, name, currency, iban: None, balance: None }
    }

    /// Sets the name.
    pub fn name(self, name: impl Into<String>) -> Self {
        Self { name: name.into(), ..self }
    }

    /// Sets the currency, such as `EUR`.
    pub fn currency(self, currency: impl Into<String>) -> Self {
        Self { currency: currency.into(), ..self }
    }

    /// Sets the IBAN.
    pub fn iban(self, iban: impl Into<String>) -> Self {
        Self { iban: Some(iban.into()), ..self }
    }

    /// Sets today's balance in hundredths of the currency, such as pence.
    pub fn balance(self, hundredths: i64) -> Self {
        Self { balance: Some(hundredths), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bank_is_covered_by_its_id_with_or_without_its_country_and_by_its_group() {
        let bank = Bank::new("ob-acme", "Acme Bank").country("fr");
        for entry in ["ob-acme", "fr-ob-acme", "fr-ob-all"] {
            assert!(bank.is_covered_by(entry), "{entry}");
        }
        for entry in ["", "fr-oauth-all", "uk-ob-all", "fr-ob-other", "fr-ob", "ob-all", "mock", "uk-cs-mock"] {
            assert!(!bank.is_covered_by(entry), "{entry}");
        }
        assert!(["mock", "uk-cs-mock"].iter().all(|entry| Bank::mock().is_covered_by(entry)));
        assert!(["uk-ob-all", "uk-cs-all", "ob-acme"].iter().all(|entry| !Bank::mock().is_covered_by(entry)));
    }
}
