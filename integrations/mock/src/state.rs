//! The data that the mock server's handlers share.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::bounded_map::BoundedMap;
use crate::connection::Connection;
use crate::endpoint::Endpoint;
use crate::failure::Failure;
use crate::journal::Journal;
use crate::journey::Journeys;
use crate::link::Link;
use crate::profile::Profile;
use crate::scenario::Bank;
use crate::settings::Settings;

/// The lifetime of a code.
const CODE_LIFETIME: Duration = Duration::from_secs(300);

/// The lifetime of a token that belongs to the client and not to a connection.
pub(crate) const CLIENT_TOKEN_LIFETIME: Duration = Duration::from_secs(3600);

/// The lifetime of other entries.
const LIFETIME: Duration = Duration::from_secs(86_400);

/// The most entries of each kind.
const CAPACITY: usize = 2000;

/// The most failures of an endpoint that wait for requests.
const MAX_FAILURES: usize = 1000;

/// The mock server.
pub(crate) struct MockServer {
    pub(crate) settings: Settings,
    /// Its own origin, such as `http://127.0.0.1:3001`.
    pub(crate) origin: String,
    state: Mutex<State>,
}

/// A [`MockServer`] behind a pointer, as axum's state.
pub(crate) type Shared = Arc<MockServer>;

/// The data that changes.
pub(crate) struct State {
    /// The open dialogs.
    pub(crate) dialogs: BoundedMap<Dialog>,
    /// The keys of used links. Each link works once.
    pub(crate) used_links: BoundedMap<()>,
    pub(crate) codes: BoundedMap<Grant>,
    pub(crate) connections: BoundedMap<Connection>,
    /// The results of asynchronous calls, with the id of the connection.
    pub(crate) tasks: BoundedMap<(String, serde_json::Value)>,
    /// The scopes of the tokens that belong to the client and not to a connection.
    pub(crate) client_tokens: BoundedMap<String>,
    pub(crate) journeys: Journeys,
    failures: HashMap<Endpoint, VecDeque<Failure>>,
    pub(crate) journal: Journal,
}

impl MockServer {
    pub(crate) fn new(settings: Settings, origin: String) -> Self {
        let state = State {
            dialogs: BoundedMap::new(LIFETIME, CAPACITY),
            used_links: BoundedMap::new(LIFETIME, CAPACITY),
            codes: BoundedMap::new(CODE_LIFETIME, CAPACITY),
            connections: BoundedMap::new(LIFETIME, CAPACITY),
            tasks: BoundedMap::new(CODE_LIFETIME, CAPACITY / 10),
            client_tokens: client_tokens(),
            journeys: Journeys::new(LIFETIME, CAPACITY),
            failures: HashMap::new(),
            journal: Journal::default(),
        };
        Self { settings: settings.bounded(), origin, state: Mutex::new(state) }
    }

    /// Locks the state. A handler that panicked does not stop the server.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the failure of the next request of an endpoint, if it is to fail.
    pub(crate) fn next_failure(&self, endpoint: Endpoint) -> Option<Failure> {
        let once = self.state().failures.get_mut(&endpoint).and_then(VecDeque::pop_front);
        let always = || self.settings.scenario.failures.iter().find(|failure| failure.0 == endpoint);
        once.or_else(|| always().map(|failure| failure.1.clone()))
    }

    /// Makes the next request of an endpoint fail, after those that are to fail already. Ignores failures beyond a limit.
    pub(crate) fn fail_next(&self, endpoint: Endpoint, failure: Failure) {
        let mut state = self.state();
        let failures = state.failures.entry(endpoint).or_default();
        if failures.len() < MAX_FAILURES {
            failures.push_back(failure);
        }
    }

    /// Ends the validity of all access tokens.
    pub(crate) fn expire_tokens(&self) {
        let mut state = self.state();
        state.connections.values_mut().for_each(|connection| connection.expires_at = connection.started_at());
        state.client_tokens = client_tokens();
    }

    /// Ends all consents.
    pub(crate) fn revoke_consent(&self) {
        self.state()
            .connections
            .values_mut()
            .for_each(|connection| connection.consent_until = Some(connection.started_at()));
    }

    /// Ends the minutes after each authorization in which the long history is readable.
    pub(crate) fn end_history_window(&self) {
        self.state().connections.values_mut().for_each(|connection| connection.history_until = None);
    }
}

fn client_tokens() -> BoundedMap<String> {
    BoundedMap::new(CLIENT_TOKEN_LIFETIME, CAPACITY)
}

/// A link that a user opened.
pub(crate) struct Dialog {
    pub(crate) link: Link,
    /// The chosen bank.
    pub(crate) bank: Option<Bank>,
    /// The user after signing in at the bank.
    pub(crate) user: Option<Profile>,
}

/// A user's consent to a link.
pub(crate) struct Grant {
    pub(crate) link: Link,
    pub(crate) scope: Vec<String>,
    pub(crate) bank: Bank,
    pub(crate) user: Profile,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_failures_of_an_endpoint_wait() {
        let mock_server = MockServer::new(Settings::default(), String::new());
        for status in (0..1000).map(|_| 500).chain([503]) {
            mock_server.fail_next(Endpoint::Token, Failure::status(status));
        }
        let failures: Vec<_> = std::iter::from_fn(|| mock_server.next_failure(Endpoint::Token)).collect();
        assert_eq!((failures.len(), failures.last()), (1000, Some(&Failure::status(500))));
    }
}
