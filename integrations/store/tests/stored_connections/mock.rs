//! A TrueLayer in memory: it exchanges codes, rotates refresh tokens, and counts its requests.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use auth_link::client::{Call, Client, ClientSecret, RequestBody, TransportError, TransportErrorKind};
use auth_link::http::{Response, StatusCode};
use auth_link::{AuthLink, AuthorizationCode, Callback, Error, auth_link};
use auth_link_store::Transport;
use tokio::sync::{OwnedRwLockWriteGuard, RwLock};

static CONNECT: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts, offline_access],
    providers = [uk_ob_all],
);

/// Returns the client of the tests.
pub(crate) fn client() -> Client {
    CONNECT.client(ClientSecret::new("s3cret").unwrap())
}

/// Returns a code, as a callback brings it.
pub(crate) fn code() -> AuthorizationCode {
    let request = CONNECT.begin().unwrap();
    let state = request.url.split(['?', '&']).find_map(|part| part.strip_prefix("state=")).unwrap();
    let query = format!("code=c0de&state={state}");
    request.pending.finish(Callback::from_query(&query).unwrap()).unwrap()
}

/// The failure of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The request is carried out, and its response is lost.
    LostResponse,
    /// The request is not carried out; the status is the response.
    Status(u16),
    /// The request is refused with `invalid_grant`.
    InvalidGrant,
}

/// A TrueLayer in memory. Its clones share everything.
#[derive(Clone, Default)]
pub(crate) struct Mock {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    /// The number of the last token.
    last: u32,
    /// The valid refresh tokens, and the access token of each.
    connections: BTreeMap<String, String>,
    expired: BTreeSet<String>,
    /// The lifetime of new access tokens.
    expires_in: u64,
    /// Whether new tokens have no refresh token.
    without_refresh_token: bool,
    failures: BTreeMap<&'static str, Vec<Failure>>,
    requests: BTreeMap<&'static str, usize>,
    delay: Duration,
    /// The kinds whose responses wait until their gate opens.
    gates: BTreeMap<&'static str, Arc<RwLock<()>>>,
}

impl Mock {
    pub(crate) fn set_expires_in(&self, seconds: u64) {
        self.state.lock().unwrap().expires_in = seconds;
    }

    /// Leaves the refresh token out of the next responses, as without the scope `offline_access`.
    pub(crate) fn leave_refresh_tokens_out(&self) {
        self.state.lock().unwrap().without_refresh_token = true;
    }

    /// Delays each response.
    pub(crate) fn set_delay(&self, delay: Duration) {
        self.state.lock().unwrap().delay = delay;
    }

    /// Holds the responses to a kind of requests back, until the returned guard is dropped.
    pub(crate) fn hold(&self, kind: &'static str) -> OwnedRwLockWriteGuard<()> {
        let gate = self.state.lock().unwrap().gates.entry(kind).or_default().clone();
        gate.try_write_owned().unwrap()
    }

    /// Waits for that many requests of a kind.
    pub(crate) async fn wait_for(&self, kind: &'static str, count: usize) {
        let begin = Instant::now();
        while self.requests(kind) < count {
            assert!(begin.elapsed() < Duration::from_secs(60), "no request arrives");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Adds a failure of the next request of a kind: `exchange`, `refresh`, `accounts` or `delete`.
    pub(crate) fn fail(&self, kind: &'static str, failure: Failure) {
        self.state.lock().unwrap().failures.entry(kind).or_default().push(failure);
    }

    /// Makes each valid access token expire at the server, unknown to the application.
    pub(crate) fn expire_access_tokens(&self) {
        let state = &mut *self.state.lock().unwrap();
        state.expired.extend(state.connections.values().cloned());
    }

    /// Ends all connections.
    pub(crate) fn revoke(&self) {
        self.state.lock().unwrap().connections.clear();
    }

    pub(crate) fn connections(&self) -> usize {
        self.state.lock().unwrap().connections.len()
    }

    pub(crate) fn requests(&self, kind: &'static str) -> usize {
        self.state.lock().unwrap().requests.get(kind).copied().unwrap_or_default()
    }
}

impl State {
    fn respond(&mut self, kind: &str, body: &str, bearer: &str) -> (u16, String) {
        match kind {
            "exchange" => self.tokens(),
            "refresh" => {
                let token = body.split('&').find_map(|field| field.strip_prefix("refresh_token=")).unwrap();
                match self.connections.remove(token) {
                    Some(_) => self.tokens(),
                    None => (400, r#"{"error":"invalid_grant"}"#.to_owned()),
                }
            }
            _ => {
                let owner = self.connections.iter().find(|(_, token)| *token == bearer).map(|(owner, _)| owner.clone());
                match owner.filter(|_| !self.expired.contains(bearer)) {
                    None => (401, r#"{"error":"invalid_token"}"#.to_owned()),
                    Some(owner) if kind == "delete" => {
                        self.connections.remove(&owner);
                        (200, String::new())
                    }
                    Some(_) => (200, r#"{"results":[]}"#.to_owned()),
                }
            }
        }
    }

    fn tokens(&mut self) -> (u16, String) {
        self.last += 1;
        let (last, expires_in) = (self.last, self.expires_in);
        self.connections.insert(format!("r{last}"), format!("a{last}"));
        let refresh_token =
            if self.without_refresh_token { String::new() } else { format!(r#""refresh_token":"r{last}","#) };
        let json =
            format!(r#"{{"access_token":"a{last}",{refresh_token}"token_type":"Bearer","expires_in":{expires_in}}}"#);
        (200, json)
    }
}

impl Transport for Mock {
    async fn send<T: Send + 'static>(&self, call: Call<T>) -> Result<T, Error> {
        let path = call.request.uri().path().to_owned();
        let bearer = call.request.headers().get("authorization").map(|value| value.to_str().unwrap().to_owned());
        let body = String::from_utf8(call.request.map(RequestBody::expose).into_body()).unwrap();
        let kind = match path.as_str() {
            "/connect/token" if body.contains("grant_type=authorization_code") => "exchange",
            "/connect/token" => "refresh",
            "/api/delete" => "delete",
            "/data/v1/accounts" => "accounts",
            other => panic!("{other}"),
        };
        let (failure, (status, text), delay, gate) = {
            let state = &mut *self.state.lock().unwrap();
            *state.requests.entry(kind).or_default() += 1;
            let failures = state.failures.entry(kind).or_default();
            let failure = if failures.is_empty() { None } else { Some(failures.remove(0)) };
            let response = match failure {
                Some(Failure::Status(401)) => (401, r#"{"error":"invalid_token"}"#.to_owned()),
                Some(Failure::Status(status)) => (status, r#"{"error":"temporary"}"#.to_owned()),
                Some(Failure::InvalidGrant) => (400, r#"{"error":"invalid_grant"}"#.to_owned()),
                _ => state.respond(kind, &body, bearer.unwrap_or_default().trim_start_matches("Bearer ")),
            };
            (failure, response, state.delay, state.gates.entry(kind).or_default().clone())
        };
        tokio::time::sleep(delay).await;
        let _open = gate.read().await;
        if failure == Some(Failure::LostResponse) {
            return Err(TransportError::new(TransportErrorKind::Interrupted, "connection reset").into());
        }
        let mut response = Response::new(text);
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        Ok(call.parser.parse(response)?)
    }
}
