//! The application: its link, its client and its connections.

use std::time::Duration;

use auth_link::client::{Call, ClientSecret};
use auth_link::{AuthLink, AuthorizationCode, Callback, Error, auth_link};
use auth_link_reqwest::HttpClient;
use auth_link_store::{Connections, Key, Keys, StoreError, Transport};

use crate::database::Database;

static CONNECT: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts, offline_access],
    providers = [uk_ob_all],
);

/// The connections of the application.
pub type Bank = Connections<Database, PausingClient>;

/// Returns the connections in a database, whose requests go to a server.
///
/// `pause` is `before` or `after` to stop at each refresh before its request or after its response, and print a line.
/// A lock ends after one and a half times the limit of a request.
///
/// # Errors
///
/// Returns the error of the store.
pub async fn bank(database: &str, origin: &str, limit: Duration, pause: &str) -> Result<Bank, StoreError> {
    let client = CONNECT.client(ClientSecret::new("s3cret").expect("a secret"));
    let client = client.with_server_origin(origin).expect("an origin");
    let http = PausingClient { http: HttpClient::new().expect("a client"), pause: pause.to_owned() };
    let keys = Keys::new(Key::from_bytes([7; 32]));
    let bank = Connections::new(client, http, Database::open(database).await?, keys);
    Ok(bank.with_request_limit(limit))
}

/// Returns a code, as a callback brings it.
pub fn code() -> AuthorizationCode {
    let request = CONNECT.begin().expect("a link");
    let state = request.url.split(['?', '&']).find_map(|part| part.strip_prefix("state=")).expect("a state");
    let query = format!("code=c0de&state={state}");
    request.pending.finish(Callback::from_query(&query).expect("a callback")).expect("a code")
}

/// The HTTP client, which may stop so that its process can be killed at a certain point.
pub struct PausingClient {
    http: HttpClient,
    pause: String,
}

impl PausingClient {
    async fn pause(&self, point: &str) {
        if self.pause == point {
            println!("{point}");
            tokio::time::sleep(Duration::from_secs(300)).await;
        }
    }
}

impl Transport for PausingClient {
    async fn send<T: Send + 'static>(&self, call: Call<T>) -> Result<T, Error> {
        self.pause("before").await;
        let result = Transport::send(&self.http, call).await;
        self.pause("after").await;
        result
    }
}
