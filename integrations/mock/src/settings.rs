//! The settings of a mock server: the application's registration, lifetimes and limits.

use std::time::Duration;

use crate::scenario::{Bank, Scenario};

/// The default client id.
pub const CLIENT_ID: &str = "sandbox-demo-5fe1a2";

/// The default client secret. It is no secret: only the mock server accepts it.
pub const CLIENT_SECRET: &str = "mock-server-client-secret";

/// The time in which a client has to send its request body.
pub(crate) const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// The longest duration of a setting, a hundred years: a longer one can overflow the clock.
const MAX_DURATION: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// The data that an application registers in TrueLayer's Console, and the server's settings.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) application: String,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) redirect_uris: Vec<String>,
    /// The lifetime of an access token.
    pub(crate) token_lifetime: Duration,
    pub(crate) consent_lifetime: Duration,
    /// The time after the authorization in which the long history is readable.
    pub(crate) history_window: Duration,
    pub(crate) latency: Duration,
    /// The calls of the Data API that a connection may make in a minute.
    pub(crate) rate_limit: Option<u32>,
    /// The calls of an endpoint that a connection may make in a day without `X-PSU-IP`.
    pub(crate) unattended_limit: Option<u32>,
    pub(crate) response_mode: Option<ResponseMode>,
    pub(crate) cancels_with_state: bool,
    pub(crate) scenario: Scenario,
}

/// How callbacks arrive, whatever the link requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseMode {
    /// In the query of a redirect.
    Query,
    /// In a form that the browser posts.
    FormPost,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            application: "The application".to_owned(),
            client_id: CLIENT_ID.to_owned(),
            client_secret: CLIENT_SECRET.to_owned(),
            redirect_uris: Vec::new(),
            token_lifetime: Duration::from_secs(3600),
            consent_lifetime: Duration::from_secs(90 * 24 * 60 * 60),
            history_window: Duration::from_secs(300),
            latency: Duration::ZERO,
            rate_limit: None,
            unattended_limit: None,
            response_mode: None,
            cancels_with_state: true,
            scenario: Scenario::default(),
        }
    }
}

impl Settings {
    /// Returns the settings with each duration in the range of the clock.
    pub(crate) fn bounded(mut self) -> Self {
        for duration in [&mut self.token_lifetime, &mut self.consent_lifetime, &mut self.history_window] {
            *duration = (*duration).min(MAX_DURATION);
        }
        self
    }

    /// Returns the banks: Mock Bank, unless the scenario replaces it, and those of the scenario.
    pub(crate) fn banks(&self) -> Vec<Bank> {
        let banks = &self.scenario.banks;
        let mock = (!banks.iter().any(|bank| bank.id == "mock")).then(Bank::mock);
        mock.into_iter().chain(banks.iter().cloned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_at_most_a_hundred_years() {
        let settings =
            Settings { token_lifetime: Duration::MAX, consent_lifetime: Duration::MAX, ..Settings::default() };
        let settings = Settings { history_window: Duration::MAX, ..settings }.bounded();
        let century = Duration::from_secs(3_153_600_000);
        assert_eq!(
            [settings.token_lifetime, settings.consent_lifetime, settings.history_window],
            [century, century, century]
        );
        assert_eq!(Settings::default().bounded().consent_lifetime, Duration::from_secs(7_776_000));
    }

    #[test]
    fn a_bank_of_the_scenario_replaces_mock_bank_if_it_has_its_id() {
        let names = |scenario: Scenario| -> Vec<String> {
            let settings = Settings { scenario, ..Settings::default() };
            settings.banks().into_iter().map(|bank| bank.name).collect()
        };
        let other = Scenario::default().bank(Bank::new("ob-acme", "Acme Bank"));
        assert_eq!(names(other.clone()), ["Mock Bank", "Acme Bank"]);
        assert_eq!(names(other.bank(Bank::new("mock", "Own Bank"))), ["Acme Bank", "Own Bank"]);
    }
}
