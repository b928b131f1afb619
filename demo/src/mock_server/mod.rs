//! TrueLayer's part, played on this machine: the dialog, the token endpoint, Mock Bank and its Data API.
//!
//! It holds a sign-in to TrueLayer's rules, and knows nothing of the application but its client id, secret and redirect URI.

mod api;
mod bank;
mod dialog;
mod link;
mod page;
mod token;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::{delete, get, post};

use self::link::Link;
use crate::bounded::Bounded;
use crate::random::random;

/// What the application registered, as it would in TrueLayer's Console.
pub(crate) struct Registration {
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) redirect_uri: String,
    /// For how long an access token lasts.
    pub(crate) token_life: Duration,
}

/// The client id at the stand-in.
pub(crate) const CLIENT_ID: &str = "sandbox-demo-5fe1a2";

/// Its secret. It opens nothing but the stand-in.
pub(crate) const CLIENT_SECRET: &str = "the-stand-in-knows-it";

/// How long a code lasts.
const CODE_LIFE: Duration = Duration::from_secs(300);

/// How long anything else is remembered, and how many of each kind.
const LIFE: Duration = Duration::from_secs(24 * 60 * 60);
const MOST: usize = 2000;

struct MockServer {
    registration: Registration,
    /// Dialogs that a user is at.
    dialogs: Mutex<Bounded<Dialog>>,
    /// The code challenges of links that have served: a link is for one use.
    served: Mutex<Bounded<()>>,
    codes: Mutex<Bounded<Grant>>,
    connections: Mutex<Bounded<Connection>>,
}

/// A link that was followed, and who signed in at the bank.
struct Dialog {
    link: Link,
    user: Option<String>,
}

/// What the user allowed.
struct Grant {
    link: Link,
    user: String,
}

/// A user's bank, opened to the application. Only its newest tokens are valid.
struct Connection {
    user: String,
    scope: Vec<String>,
    since: u64,
    access_token: String,
    expires_at: Instant,
    refresh_token: Option<String>,
}

type Shared = Arc<MockServer>;

/// The server.
pub(crate) fn router(registration: Registration) -> Router {
    let mock_server = MockServer {
        registration,
        dialogs: Mutex::new(Bounded::new(LIFE, MOST)),
        served: Mutex::new(Bounded::new(LIFE, MOST)),
        codes: Mutex::new(Bounded::new(CODE_LIFE, MOST)),
        connections: Mutex::new(Bounded::new(LIFE, MOST)),
    };
    Router::new()
        .route("/", get(dialog::open))
        .route("/bank", get(dialog::bank).post(dialog::sign_in))
        .route("/consent", get(dialog::consent))
        .route("/answer", post(dialog::answer))
        .route("/style.css", get(crate::assets::style))
        .route("/send.js", get(crate::assets::send))
        .route("/connect/token", post(token::give))
        .route("/api/delete", delete(token::delete))
        .route("/api/providers", get(api::providers))
        .route("/data/v1/me", get(api::me))
        .route("/data/v1/info", get(api::info))
        .route("/data/v1/accounts", get(api::accounts))
        .route("/data/v1/accounts/{id}/balance", get(api::balance))
        .route("/data/v1/accounts/{id}/transactions", get(api::transactions))
        .with_state(Arc::new(mock_server))
}

/// Takes a lock; a request that panicked does not end the server.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Connection {
    /// New tokens under the connection's id, in place of those before.
    fn renew(&mut self, id: &str, life: Duration) {
        self.access_token = format!("{id}.{}", random());
        self.expires_at = Instant::now() + life;
        self.refresh_token = self.can_be_renewed().then(|| format!("{id}.{}", random()));
    }

    fn can_be_renewed(&self) -> bool {
        self.scope.iter().any(|word| word == "offline_access")
    }
}
