//! A mock server for TrueLayer, to test applications against: a library and the program `auth-link-mock`.
//!
//! [`MockTrueLayer`] runs the dialog, the token endpoint, Mock Bank and its Data API at a free port of this machine. It needs
//! no account and no network. It checks links and requests by TrueLayer's rules, and knows nothing of the application but its
//! registration. The page [Testing](https://docs.rs/auth-link/latest/auth_link/testing/index.html) of `auth-link` leads to a first test.
//!
//! # Faithfulness
//!
//! No part was compared with the real server. *Known* is a documented behavior or a recorded response, *likely* is one that
//! several independent clients agree on, and the rest is a *guess*.
//!
//! | behavior | grade |
//! |---|---|
//! | exact redirect URI; `S256` alone; a code works once, for five minutes | known |
//! | one link works once (recognized by its code challenge, or else by its state) | known; how it is recognized is a guess |
//! | a link without `providers` does not cover Mock Bank | known |
//! | cancel: `error=access_denied`, with or without the state | likely |
//! | other errors in the callback (`User::Fails`) have the state | guess |
//! | a request body is a form or JSON | known (form), likely (both) |
//! | errors of the token endpoint: RFC 6749, with 401 for `invalid_client` | guess; TrueLayer's specification says 400 |
//! | a refresh token works once, and its second use ends the connection | guess: TrueLayer's pages contradict each other |
//! | only the newest access token is valid | known |
//! | a verifier without a code challenge is refused (RFC 9700 §2.1.1) | guess |
//! | codes and statuses of errors of the Data API | known |
//! | which requests fail for Mock Bank's logins `error.…` | guess |
//! | `john` with the password `eternal` has a consent without an end | guess |
//! | `sca_exceeded` five minutes after the authorization for more than 90 days | known |
//! | `sca_exceeded` for direct debits and standing orders; transactions of 90 days by default | guess |
//! | 403 `access_denied` after a revoked consent, and `invalid_grant` for its refresh | likely |
//! | four calls a day without `X-PSU-IP`, if [`Builder::unattended_limit`] asks for it | likely |
//! | 501 `endpoint_not_supported` where a provider lacks an endpoint | known |
//! | 202 with `results_uri`, `status` and `task_id` for `async=true` | known; the path of the results is a guess, and `webhook_uri` is ignored |
//! | a period of 72 months is `invalid_date_range` | one operator's report |
//! | the members of payloads | known; the data is generated |
//! | `/connections/extend`: tokens while the consent lasts, else `authentication_needed` | guess |
//! | `/v1/tracked-events`: the names of events and their members | known; when each is recorded is a guess |
//! | metadata (RFC 8414) and Basic authentication of the client | not TrueLayer's: for plain OAuth clients |
//!
//! `/batch/transactions` is missing: no source shows its request and its results.
//!
//! # The admin endpoint
//!
//! It does the same while the program runs, for programs on this machine alone:
//!
//! ```sh
//! curl -d '{"endpoint": "token", "status": 503}' http://127.0.0.1:3001/_mock/fail-next
//! curl -X POST http://127.0.0.1:3001/_mock/expire-tokens      # or revoke-consent, end-history-window
//! curl http://127.0.0.1:3001/_mock/requests                   # without secrets; DELETE forgets them
//! ```
//!
//! # Limits
//!
//! A request body has at most 1 MiB. The server keeps 2,000 dialogs, codes and connections, and drops the oldest. It serves
//! 512 connections, each client has 30 seconds for its headers and for its body, and the requests are kept up to 16 MiB.
//!
//! # Features
//!
//! - `program` (default): the program. Tests leave it out: `cargo add --dev auth-link-mock --no-default-features`.
//! - `scenario`: parses a [`Scenario`] from a TOML text.
#![forbid(unsafe_code)]

mod admin;
mod assets;
mod authorization;
mod bounded_map;
mod builder;
mod client_auth;
mod clock;
mod connection;
mod connection_requests;
mod data;
mod dialog;
mod endpoint;
mod failure;
mod history;
mod intercept;
mod journal;
mod journey;
mod link;
mod metadata;
mod mock;
mod page;
mod payload;
mod profile;
mod random;
mod router;
mod scenario;
#[cfg(feature = "scenario")]
mod scenario_file;
mod server;
mod settings;
mod state;
mod token;
mod tracked_events;
mod url;

pub use self::builder::{Builder, StartError};
pub use self::endpoint::{Endpoint, UnknownEndpoint};
pub use self::failure::Failure;
pub use self::journal::{ReceivedRequest, Requests};
pub use self::mock::{AuthorizeError, CallbackRequest, MockTrueLayer};
pub use self::profile::User;
pub use self::scenario::{Account, Bank, BankUser, Scenario};
#[cfg(feature = "scenario")]
pub use self::scenario_file::ScenarioError;
pub use self::settings::{CLIENT_ID, CLIENT_SECRET, ResponseMode};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
