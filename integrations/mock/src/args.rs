//! The command line of the program.

use std::path::PathBuf;
use std::time::Duration;

use auth_link_mock::{Builder, CLIENT_ID, CLIENT_SECRET, MockTrueLayer, ResponseMode, Scenario};
use clap::{Parser, ValueEnum};

const HELP: &str = "\
Examples:
  auth-link-mock
  auth-link-mock --port 3001 --redirect-uri http://localhost:8080/callback
  auth-link-mock --token-lifetime 5 --cancel without-state

Sign in at Mock Bank as `john` with the password `doe`. As `error.provider_error` with the password
`error`, each later request fails with that error.

While it runs, programs on this machine can change it:
  curl -d '{\"endpoint\": \"token\", \"status\": 503}' http://127.0.0.1:3001/_mock/fail-next
  curl -X POST http://127.0.0.1:3001/_mock/expire-tokens
  curl -X POST http://127.0.0.1:3001/_mock/revoke-consent
  curl -X POST http://127.0.0.1:3001/_mock/end-history-window
  curl http://127.0.0.1:3001/_mock/requests";

/// Run a mock server for TrueLayer on this machine
#[derive(Parser)]
#[command(name = "auth-link-mock", version, after_help = HELP)]
pub(crate) struct Args {
    /// Port, 0 for a free one
    #[arg(long, default_value_t = 0)]
    pub(crate) port: u16,
    /// Redirect URI of the application; can be repeated
    #[arg(long, value_name = "URI", default_value = "http://localhost:3000/callback")]
    pub(crate) redirect_uri: Vec<String>,
    /// Client id of the application
    #[arg(long, value_name = "ID", default_value = CLIENT_ID)]
    client_id: String,
    /// Client secret of the application, a test's own
    #[arg(long, value_name = "TEXT", default_value = CLIENT_SECRET)]
    client_secret: String,
    /// How callbacks arrive, whatever the link requests
    #[arg(long, value_enum, value_name = "MODE")]
    response_mode: Option<Mode>,
    /// Lifetime of access tokens
    #[arg(long, value_name = "SECONDS", default_value_t = 3600)]
    token_lifetime: u64,
    /// Lifetime of consents
    #[arg(long, value_name = "DAYS", default_value_t = 90, value_parser = clap::value_parser!(u64).range(..=36_500))]
    consent_lifetime: u64,
    /// Delay of each response
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 0)]
    latency: u64,
    /// Calls of the Data API that a connection may make in a minute
    #[arg(long, value_name = "CALLS")]
    rate_limit: Option<u32>,
    /// Calls of an endpoint that a connection may make in a day without `X-PSU-IP`; banks allow 4
    #[arg(long, value_name = "CALLS")]
    unattended_limit: Option<u32>,
    /// Whether the callback of a user who cancels has the state
    #[arg(long, value_enum, value_name = "HOW", default_value_t = Cancel::WithState)]
    cancel: Cancel,
    /// Banks, users, accounts and failing endpoints, in TOML
    #[arg(long, value_name = "FILE")]
    pub(crate) scenario: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Mode {
    Query,
    #[value(name = "form_post")]
    FormPost,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Cancel {
    WithState,
    WithoutState,
}

impl Args {
    /// Returns the settings of the server.
    pub(crate) fn builder(&self, scenario: Scenario) -> Builder {
        let mut builder = MockTrueLayer::builder()
            .port(self.port)
            .client(&self.client_id, &self.client_secret)
            .token_lifetime(Duration::from_secs(self.token_lifetime))
            .consent_lifetime(Duration::from_secs(self.consent_lifetime * 24 * 60 * 60))
            .latency(Duration::from_millis(self.latency))
            .cancel_with_state(self.cancel == Cancel::WithState)
            .scenario(scenario);
        for uri in &self.redirect_uri {
            builder = builder.redirect_uri(uri);
        }
        if let Some(mode) = self.response_mode {
            builder = builder.response_mode(match mode {
                Mode::Query => ResponseMode::Query,
                Mode::FormPost => ResponseMode::FormPost,
            });
        }
        if let Some(calls) = self.rate_limit {
            builder = builder.rate_limit(calls);
        }
        if let Some(calls) = self.unattended_limit {
            builder = builder.unattended_limit(calls);
        }
        builder
    }
}
