//! A scenario as a TOML text.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use toml::Spanned;

use crate::endpoint::Endpoint;
use crate::failure::Failure;
use crate::link::SCOPES;
use crate::scenario::{Account, AccountKind, Bank, BankUser, Scenario};

/// The most bytes of a scenario.
const MAX_LEN: usize = 1024 * 1024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "bank")]
    banks: Vec<FileBank>,
    #[serde(default, rename = "user")]
    users: Vec<FileUser>,
    #[serde(default, rename = "failure")]
    failures: Vec<FileFailure>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileBank {
    id: Spanned<String>,
    name: String,
    country: Option<String>,
    #[serde(default)]
    unsupported: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileUser {
    name: Spanned<String>,
    password: String,
    full_name: Option<String>,
    grants: Option<Vec<Spanned<String>>>,
    error: Option<String>,
    #[serde(default, rename = "account")]
    accounts: Vec<FileAccount>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileAccount {
    id: Spanned<String>,
    kind: Spanned<String>,
    name: Option<String>,
    currency: Option<String>,
    iban: Option<String>,
    balance: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileFailure {
    endpoint: Spanned<String>,
    status: Option<Spanned<u16>>,
    error: Option<String>,
    description: Option<String>,
}

impl FromStr for Scenario {
    type Err = ScenarioError;

    /// Parses a TOML text.
    ///
    /// ```
    /// use auth_link_mock::Scenario;
    ///
    /// let text = r#"
    /// [[bank]]
    /// id = "ob-acme"
    /// name = "Acme Bank"
    /// country = "uk"
    /// unsupported = ["standing_orders"]   # responds with 501
    ///
    /// [[user]]
    /// name = "mary"
    /// password = "secret"
    /// full_name = "Mary Major"
    /// grants = ["accounts", "balance"]    # all requested scopes without it
    ///
    /// [[user.account]]
    /// id = "acc-1"
    /// kind = "current"                    # or "savings", "card"
    /// name = "Household"
    /// balance = 12345                     # in hundredths: 123.45
    ///
    /// [[failure]]
    /// endpoint = "info"
    /// error = "provider_error"
    /// "#;
    /// assert!(text.parse::<Scenario>().is_ok());
    /// let error = "[[bank]]\nid = 'ob-acme'\ntitle = 'Acme'".parse::<Scenario>().unwrap_err();
    /// assert_eq!(error.line(), 3);
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error with its line if:
    ///
    /// - the text is not TOML, or longer than 1 MiB;
    /// - a key is unknown or missing, or a value has the wrong type;
    /// - an endpoint, a scope or a kind of account is unknown;
    /// - an id or a user name is duplicate or empty.
    fn from_str(text: &str) -> Result<Self, ScenarioError> {
        if text.len() > MAX_LEN {
            return Err(ScenarioError { line: 1, message: "expected at most 1 MiB".to_owned() });
        }
        let at = |offset: usize, message: String| {
            let before = text.get(..offset).unwrap_or(text);
            let line = 1 + before.matches('\n').count();
            ScenarioError { line, message }
        };
        let file: File = toml::from_str(text)
            .map_err(|error| at(error.span().map_or(0, |span| span.start), error.message().to_owned()))?;
        file.scenario().map_err(|(offset, message)| at(offset, message))
    }
}

/// An offset in the text, and a message.
type Invalid = (usize, String);

impl File {
    fn scenario(self) -> Result<Scenario, Invalid> {
        unique(self.banks.iter().map(|bank| &bank.id), "bank")?;
        unique(self.users.iter().map(|user| &user.name), "user")?;
        let mut scenario = Scenario::default();
        for FileBank { id, name, country, unsupported } in self.banks {
            let unsupported = unsupported.iter().map(endpoint).collect::<Result<_, _>>()?;
            let bank = Bank::new(id.into_inner(), name);
            let country = country.unwrap_or_else(|| bank.country.clone());
            scenario.banks.push(Bank { country, unsupported, ..bank });
        }
        for user in self.users {
            unique(user.accounts.iter().map(|account| &account.id), "account")?;
            let granted =
                user.grants.map(|words| words.into_iter().map(scope).collect::<Result<_, _>>()).transpose()?;
            let accounts = user.accounts.into_iter().map(account).collect::<Result<_, _>>()?;
            let known = BankUser::new(user.name.into_inner(), user.password);
            scenario.users.push(BankUser { full_name: user.full_name, granted, accounts, error: user.error, ..known });
        }
        for failure in self.failures {
            let endpoint = endpoint(&failure.endpoint)?;
            scenario.failures.push((endpoint, failure.failure()?));
        }
        Ok(scenario)
    }
}

impl FileFailure {
    fn failure(self) -> Result<Failure, Invalid> {
        if let Some(status) = &self.status
            && !(400..600).contains(status.get_ref())
        {
            return Err((status.span().start, "expected a status from 400 to 599 for `status`".to_owned()));
        }
        let status = self.status.map(Spanned::into_inner);
        let failure = match (self.error, status) {
            (Some(code), Some(status)) => Failure::error(code).with_status(status),
            (Some(code), None) => Failure::error(code),
            (None, Some(status)) => Failure::status(status),
            (None, None) => {
                return Err((self.endpoint.span().start, "missing `status` or `error` of a failure".to_owned()));
            }
        };
        Ok(match self.description {
            Some(description) => failure.with_description(description),
            None => failure,
        })
    }
}

fn account(account: FileAccount) -> Result<Account, Invalid> {
    let (kind, name) = match account.kind.get_ref().as_str() {
        "current" => (AccountKind::Current, "Current account"),
        "savings" => (AccountKind::Savings, "Savings account"),
        "card" => (AccountKind::Card, "Credit card"),
        other => {
            let other = other.escape_debug();
            let message = format!("unknown kind `{other}`: expected one of `current`, `savings`, `card`");
            return Err((account.kind.span().start, message));
        }
    };
    let known = Account::of(account.id.into_inner(), kind, name);
    Ok(Account {
        name: account.name.unwrap_or(known.name),
        currency: account.currency.unwrap_or(known.currency),
        iban: account.iban,
        balance: account.balance,
        ..known
    })
}

fn endpoint(name: &Spanned<String>) -> Result<Endpoint, Invalid> {
    name.get_ref().parse().map_err(|error: crate::endpoint::UnknownEndpoint| (name.span().start, error.to_string()))
}

fn scope(word: Spanned<String>) -> Result<String, Invalid> {
    if SCOPES.iter().any(|known| known.0 == word.get_ref()) {
        return Ok(word.into_inner());
    }
    let names: Vec<_> = SCOPES.iter().map(|scope| format!("`{}`", scope.0)).collect();
    let found = word.get_ref().escape_debug();
    Err((word.span().start, format!("unknown scope `{found}`: expected one of {}", names.join(", "))))
}

/// Checks that each text is there once and not empty.
fn unique<'t>(texts: impl Iterator<Item = &'t Spanned<String>>, kind: &str) -> Result<(), Invalid> {
    let mut seen = std::collections::HashSet::new();
    for text in texts {
        if text.get_ref().is_empty() {
            return Err((text.span().start, format!("empty name of a {kind}")));
        }
        if !seen.insert(text.get_ref()) {
            return Err((text.span().start, format!("duplicate {kind} `{}`", text.get_ref().escape_debug())));
        }
    }
    Ok(())
}

/// The error of a scenario, with its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioError {
    line: usize,
    message: String,
}

impl ScenarioError {
    /// Returns the line, the first of which is 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// Returns the message without the line.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for ScenarioError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invalid_scenario_names_the_line_and_the_correction() {
        for (text, line, message) in [
            ("[[bank]]\nid = \"a\"\n\ntitle = \"A\"", 4, "unknown field `title`"),
            ("\n[[bank]]\nid = \"a\"", 2, "missing field `name`"),
            ("[[user]]\nname = \"a\"\npassword = 1", 3, "expected a string"),
            ("[[bank", 1, ""),
            ("[[failure]]\nendpoint = \"tokens\"\nstatus = 503", 2, "unknown endpoint `tokens`: expected one of"),
            ("[[failure]]\nendpoint = \"token\"\nstatus = 200", 3, "expected a status from 400 to 599"),
            ("[[failure]]\nendpoint = \"token\"", 2, "missing `status` or `error`"),
            ("[[user]]\nname = \"a\"\npassword = \"b\"\ngrants = [\n  \"account\",\n]", 5, "unknown scope `account`"),
            (
                "[[user]]\nname = \"a\"\npassword = \"b\"\n[[user.account]]\nid = \"1\"\nkind = \"loan\"",
                6,
                "unknown kind `loan`: expected one of `current`",
            ),
            ("[[bank]]\nid = \"a\"\nname = \"A\"\n[[bank]]\nid = \"a\"\nname = \"B\"", 5, "duplicate bank `a`"),
        ] {
            let error = text.parse::<Scenario>().expect_err(text);
            assert_eq!(error.line(), line, "{error} in {text}");
            assert!(error.message().contains(message), "{error} in {text}");
        }
    }

    #[test]
    fn a_file_has_the_scenario_of_the_same_calls() {
        let text = r#"
            [[bank]]
            id = "ob-acme"
            name = "Acme"
            country = "fr"
            unsupported = ["standing_orders"]
            [[bank]]
            id = "ob-other"
            name = "Other"
            [[user]]
            name = "mary"
            password = "secret"
            full_name = "Mary Major"
            grants = ["accounts"]
            error = "provider_error"
            [[user.account]]
            id = "1"
            kind = "current"
            balance = -1
            [[user.account]]
            id = "2"
            kind = "savings"
            currency = "EUR"
            iban = "FR7630006000011234567890189"
            [[user.account]]
            id = "3"
            kind = "card"
            name = "Card"
            [[failure]]
            endpoint = "token"
            status = 503
            [[failure]]
            endpoint = "info"
            error = "provider_error"
            status = 500
            description = "busy"
        "#;
        let user = BankUser::new("mary", "secret").full_name("Mary Major").grants(["accounts"]).error("provider_error");
        let user = user
            .account(Account::current("1").balance(-1))
            .account(Account::savings("2").currency("EUR").iban("FR7630006000011234567890189"))
            .account(Account::card("3").name("Card"));
        let scenario = Scenario::default()
            .bank(Bank::new("ob-acme", "Acme").country("fr").without(Endpoint::StandingOrders))
            .bank(Bank::new("ob-other", "Other"))
            .user(user)
            .failure(Endpoint::Token, Failure::status(503))
            .failure(Endpoint::Info, Failure::error("provider_error").with_status(500).with_description("busy"));
        assert_eq!(text.parse::<Scenario>(), Ok(scenario));
    }

    #[test]
    fn a_scenario_of_more_than_a_mebibyte_or_with_an_empty_name_is_refused() {
        let long = "#".repeat(1_048_577);
        assert_eq!(long.parse::<Scenario>().unwrap_err().to_string(), "line 1: expected at most 1 MiB");
        assert!("#".repeat(1_048_576).parse::<Scenario>().is_ok());
        let error = "\n[[user]]\nname = \"\"\npassword = \"p\"".parse::<Scenario>().unwrap_err();
        assert_eq!(error.to_string(), "line 3: empty name of a user");
    }

    #[test]
    fn an_empty_scenario_has_mock_bank_alone() {
        assert_eq!("".parse::<Scenario>(), Ok(Scenario::default()));
    }
}
