//! The data that the mock server's handlers share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::link::Link;
use super::registration::Registration;
use crate::bounded_map::BoundedMap;
use crate::random::random;

/// The lifetime of a code.
const CODE_LIFETIME: Duration = Duration::from_secs(300);

/// The lifetime of other entries.
const LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);

/// The most entries of each kind.
const CAPACITY: usize = 2000;

/// The state of the mock server.
pub(super) struct MockServer {
    pub(super) registration: Registration,
    /// The open dialogs.
    pub(super) dialogs: Mutex<BoundedMap<Dialog>>,
    /// The code challenges of used links. Each link works once.
    pub(super) used_links: Mutex<BoundedMap<()>>,
    pub(super) codes: Mutex<BoundedMap<Grant>>,
    pub(super) connections: Mutex<BoundedMap<Connection>>,
}

/// A [`MockServer`] behind a pointer, as axum's state.
pub(super) type Shared = Arc<MockServer>;

impl MockServer {
    pub(super) fn new(registration: Registration) -> Self {
        Self {
            registration,
            dialogs: Mutex::new(BoundedMap::new(LIFETIME, CAPACITY)),
            used_links: Mutex::new(BoundedMap::new(LIFETIME, CAPACITY)),
            codes: Mutex::new(BoundedMap::new(CODE_LIFETIME, CAPACITY)),
            connections: Mutex::new(BoundedMap::new(LIFETIME, CAPACITY)),
        }
    }
}

/// Locks a mutex. A handler that panicked does not stop the server.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A link that a user opened, and the user's name after signing in at the bank.
pub(super) struct Dialog {
    pub(super) link: Link,
    pub(super) user: Option<String>,
}

/// A user's consent to a link.
pub(super) struct Grant {
    pub(super) link: Link,
    pub(super) user: String,
}

/// The application's access to a user's bank. Only its newest tokens are valid.
pub(super) struct Connection {
    pub(super) user: String,
    pub(super) scope: Vec<String>,
    /// When it was created, in seconds since 1970.
    pub(super) created_at: u64,
    pub(super) access_token: String,
    pub(super) expires_at: Instant,
    /// Present if the scope contains `offline_access`.
    pub(super) refresh_token: Option<String>,
}

impl Connection {
    /// Replaces the tokens by new ones, which begin with the connection's id.
    pub(super) fn replace_tokens(&mut self, id: &str, lifetime: Duration) {
        let is_offline = self.scope.iter().any(|word| word == "offline_access");
        self.access_token = format!("{id}.{}", random());
        self.expires_at = Instant::now() + lifetime;
        self.refresh_token = is_offline.then(|| format!("{id}.{}", random()));
    }
}
