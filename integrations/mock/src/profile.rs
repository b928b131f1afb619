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
