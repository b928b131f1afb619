//! A token endpoint that rotates refresh tokens and counts its requests.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// A server in a thread of the test.
#[derive(Clone)]
pub struct Server {
    origin: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    last: u32,
    refresh_tokens: BTreeSet<String>,
    refreshes: usize,
    delay: Duration,
}

impl Server {
    /// Starts a server on a free port. The first access token has expired.
    #[must_use]
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let server = Self { origin, state: Arc::default() };
        let accepting = server.clone();
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let server = accepting.clone();
                thread::spawn(move || server.respond(&connection));
            }
        });
        server
    }

    /// Returns the origin of the server.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Delays each response.
    pub fn set_delay(&self, delay: Duration) {
        self.state().delay = delay;
    }

    /// Returns the number of refreshes.
    #[must_use]
    pub fn refreshes(&self) -> usize {
        self.state().refreshes
    }

    /// Waits for that many refreshes.
    pub fn wait_for_refreshes(&self, count: usize) {
        let end = Instant::now() + Duration::from_secs(20);
        while self.refreshes() < count {
            assert!(Instant::now() < end, "no request arrives");
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().expect("no panic")
    }

    fn respond(&self, connection: &TcpStream) {
        let Some(body) = read_body(connection) else { return };
        let (status, text, delay) = {
            let state = &mut *self.state();
            let (status, text) = state.respond(&body);
            (status, text, state.delay)
        };
        thread::sleep(delay);
        let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", text.len());
        // A killed client does not receive it.
        let _ = (&*connection).write_all((head + &text).as_bytes());
    }
}

impl State {
    fn respond(&mut self, body: &str) -> (u16, String) {
        let refresh_token = body.split('&').find_map(|field| field.strip_prefix("refresh_token="));
        if let Some(token) = refresh_token {
            self.refreshes += 1;
            if !self.refresh_tokens.remove(token) {
                return (400, r#"{"error":"invalid_grant"}"#.to_owned());
            }
        }
        self.last += 1;
        let (last, expires_in) = (self.last, if refresh_token.is_some() { 3600 } else { 0 });
        self.refresh_tokens.insert(format!("r{last}"));
        let text = format!(
            r#"{{"access_token":"a{last}","refresh_token":"r{last}","token_type":"Bearer","expires_in":{expires_in}}}"#
        );
        (200, text)
    }
}

fn read_body(connection: &TcpStream) -> Option<String> {
    let mut reader = BufReader::new(connection);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    String::from_utf8(body).ok()
}
