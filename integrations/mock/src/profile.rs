//! The users who can sign in, and their accounts.

use crate::scenario::{Account, Scenario};

/// A user of the library's [`authorize`](crate::MockTrueLayer::authorize): who signs in, and how the authorization ends.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum User {
    /// Mock Bank's `john`, who grants all requested scopes.
    John,
    /// Mock Bank's `john1`, `john2` and so on.
    Numbered(u32),
    /// Mock Bank's `john` with the password `iban`: accounts with an IBAN in euros.
    Iban,
    /// Mock Bank's `john` with the password `eternal`: a consent without an end.
    Eternal,
    /// Mock Bank's `john`, who grants only these scopes.
    Grants(Vec<String>),
    /// A user of the scenario, by the user name.
    Named(String),
    /// Mock Bank's `error.…`, such as `error.provider_error`: the user authorizes, and the requests after it fail with the code.
    Error(String),
    /// A user who cancels. The callback has the error `access_denied` and the state.
    Cancels,
    /// A user who cancels, and whose callback has no state: TrueLayer's cancellation page may lose it.
    CancelsWithoutState,
    /// A user whose authorization fails with the code of an error, such as `server_error`, in the callback.
    Fails(String),
}

/// A user who signed in.
#[derive(Clone, Debug)]
pub(crate) struct Profile {
    pub(crate) name: String,
    pub(crate) full_name: String,
    pub(crate) accounts: Vec<Account>,
    /// The scopes that the user grants, unless it is all.
    pub(crate) granted: Option<Vec<String>>,
    /// The code of the error of each later request.
    pub(crate) error: Option<String>,
    /// Whether the consent has no end.
    pub(crate) is_eternal: bool,
}

/// Returns the user with this name and password, if there is one.
pub(crate) fn sign_in(scenario: &Scenario, name: &str, password: &str) -> Option<Profile> {
    if let Some(user) = scenario.users.iter().find(|user| user.name == name) {
        return (user.password == password).then(|| Profile {
            full_name: user.full_name.clone().unwrap_or_else(|| user.name.clone()),
            accounts: if user.accounts.is_empty() { accounts() } else { user.accounts.clone() },
            granted: user.granted.clone(),
            error: user.error.clone(),
            ..profile(name)
        });
    }
    if let Some(code) = name.strip_prefix("error.") {
        let is_code = !code.is_empty() && code.len() < 64 && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        return (password == "error" && is_code).then(|| Profile { error: Some(code.to_owned()), ..profile(name) });
    }
    let number = name.strip_prefix("john")?;
    if number.len() > 9 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let john = Profile { full_name: format!("John{number} Doe"), ..profile(name) };
    match (password, number) {
        ("doe", _) => Some(john),
        ("eternal", "") => Some(Profile { is_eternal: true, ..john }),
        ("iban", "") => {
            let numbers = ["FR7630006000011234567890189", "FR7630006000011234567890286"];
            let accounts = accounts().into_iter().filter(|account| account.id != "mock-card").zip(numbers);
            let accounts = accounts.map(|(account, iban)| account.currency("EUR").iban(iban));
            Some(Profile { accounts: accounts.collect(), ..john })
        }
        _ => None,
    }
}

/// Returns the password of a user of the scenario.
pub(crate) fn password_of<'s>(scenario: &'s Scenario, name: &str) -> Option<&'s str> {
    scenario.users.iter().find(|user| user.name == name).map(|user| user.password.as_str())
}

fn profile(name: &str) -> Profile {
    let (name, full_name) = (name.to_owned(), name.to_owned());
    Profile { name, full_name, accounts: accounts(), granted: None, error: None, is_eternal: false }
}

/// Returns the accounts of `john`.
fn accounts() -> Vec<Account> {
    vec![Account::current("mock-current"), Account::savings("mock-savings"), Account::card("mock-card")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::BankUser;

    #[test]
    fn a_user_of_the_scenario_has_its_own_name_accounts_scopes_and_error() {
        let mary = BankUser::new("mary", "secret").full_name("Mary Major").account(Account::current("a"));
        let mary = mary.grants(["info"]).error("provider_error");
        let scenario = Scenario::default().user(BankUser::new("joe", "secret")).user(mary);
        let user = sign_in(&scenario, "mary", "secret").unwrap();
        assert_eq!((user.name.as_str(), user.full_name.as_str(), user.accounts.len()), ("mary", "Mary Major", 1));
        assert_eq!((user.granted, user.error.as_deref()), (Some(vec!["info".to_owned()]), Some("provider_error")));
        let user = sign_in(&scenario, "joe", "secret").unwrap();
        assert_eq!((user.name.as_str(), user.full_name.as_str(), user.accounts.len()), ("joe", "joe", 3));
        assert!(sign_in(&scenario, "joe", "other").is_none());
    }

    #[test]
    fn the_names_of_mock_banks_users_are_bounded() {
        let is_known = |name: &str, password| sign_in(&Scenario::default(), name, password).is_some();
        assert!(
            is_known(&format!("john{}", "1".repeat(9)), "doe") && !is_known(&format!("john{}", "1".repeat(10)), "doe")
        );
        let error = |length| format!("error.{}", "a".repeat(length));
        assert!(is_known(&error(63), "error") && !is_known(&error(64), "error"));
        assert!(is_known("error.a_b", "error") && !is_known("error.A", "error") && !is_known("error.a", "doe"));
    }

    #[test]
    fn the_consent_of_the_password_eternal_has_no_end() {
        let is_eternal = |password| sign_in(&Scenario::default(), "john", password).unwrap().is_eternal;
        assert_eq!(["doe", "iban", "eternal"].map(is_eternal), [false, false, true]);
    }
}
