//! A small TrueLayer on this machine, for the tests of `connect`.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// The client's secret in every test.
pub(crate) const SECRET: &str = "s3cret-of-the-client";

/// The access token in every test.
pub(crate) const ACCESS_TOKEN: &str = "access-t0ken";

const TOKENS: &str =
    r#"{"access_token": "access-t0ken", "refresh_token": "refresh-t0ken", "token_type": "Bearer", "expires_in": 3600}"#;

const ME: &str = r#"{"results": [{"client_id": "sandbox-acme-7d2f1a", "credentials_id": "c1", "consent_status": "Authorised",
    "consent_created_at": "2026-01-02T03:04:05Z", "consent_expires_at": "2026-04-02T03:04:05Z",
    "provider": {"provider_id": "mock", "display_name": "Mock Bank"}, "scopes": ["accounts", "balance"]}]}"#;

const ACCOUNTS: &str = r#"{"results": [
    {"account_id": "a1", "account_type": "TRANSACTION", "display_name": "Current account", "currency": "GBP", "provider": {"provider_id": "mock"}},
    {"account_id": "a2", "account_type": "SAVINGS", "display_name": "Café\u001b[8m savings", "currency": "EUR"}]}"#;

/// The server, and the requests that it received.
pub(crate) struct MockTrueLayer {
    pub(crate) origin: String,
    requests: Arc<Mutex<Vec<String>>>,
}

/// Responds to a request line, with a status and a body.
pub(crate) type Respond = fn(&str) -> (u16, &'static str);

/// Responds with tokens, a connection, two accounts and their balances.
pub(crate) fn respond(request: &str) -> (u16, &'static str) {
    let balance = r#"{"results": [{"currency": "GBP", "current": 1234.50, "available": 1334.5}]}"#;
    match request.split(' ').nth(1).unwrap_or_default() {
        "/connect/token" => (200, TOKENS),
        "/data/v1/me" => (200, ME),
        "/data/v1/accounts" => (200, ACCOUNTS),
        "/data/v1/accounts/a1/balance" => (200, balance),
        "/data/v1/accounts/a2/balance" => (200, r#"{"results": [{"currency": "EUR", "current": -7}]}"#),
        _ => (404, r#"{"error": "not_found"}"#),
    }
}

impl MockTrueLayer {
    /// Starts the server at a free port. It ends with the test.
    pub(crate) fn start(mut respond: impl FnMut(&str) -> (u16, &'static str) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let received = requests.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let request = read(&mut stream);
                let (status, body) = respond(&request);
                received.lock().unwrap().push(request);
                let length = body.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
                );
            }
        });
        Self { origin, requests }
    }

    /// Returns the requests, with their bodies.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// Reads a request with its body.
fn read(stream: &mut TcpStream) -> String {
    let (mut request, mut chunk) = (Vec::new(), [0; 4096]);
    loop {
        let length = stream.read(&mut chunk).unwrap();
        request.extend_from_slice(&chunk[..length]);
        let text = String::from_utf8_lossy(&request).into_owned();
        let expected = text.split_once("\r\n\r\n").map(|(head, body)| {
            let length = head
                .lines()
                .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ").map(str::to_owned));
            body.len() >= length.map_or(0, |length| length.parse().unwrap())
        });
        if expected == Some(true) || length == 0 {
            return text;
        }
    }
}
