//! A server for tests: it replies to each request as listed, and records the requests.
//!
//! The tests in this folder are those of `auth-link-reqwest` and of `auth-link-ureq`, which include them with their own `client`.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use auth_link::client::{Client, ClientSecret, Environment};

/// A reply of the server.
#[derive(Clone, Debug)]
pub(super) enum Reply {
    /// A whole response.
    Text(String),
    /// No byte: the connection is closed.
    Drop,
    /// The headers and the start of a body, and then the connection is closed.
    CutBody,
    /// No byte, while the client waits.
    Silence,
    /// A body of 100 MiB, in parts, until the client closes the connection.
    Flood,
    /// A body of one byte each 20 ms, until the client closes the connection.
    Drip,
}

/// A running server. It ends with the process.
pub(super) struct TestServer {
    origin: String,
    requests: Arc<Mutex<Vec<String>>>,
    sent: Arc<AtomicUsize>,
    connections: Arc<AtomicUsize>,
}

impl TestServer {
    /// Starts a server with these replies. The last one is repeated.
    pub(super) fn start(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let server = Self { origin, requests: Arc::default(), sent: Arc::default(), connections: Arc::default() };
        let (requests, sent) = (Arc::clone(&server.requests), Arc::clone(&server.sent));
        let connections = Arc::clone(&server.connections);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                connections.fetch_add(1, Ordering::SeqCst);
                let (replies, requests, sent) = (replies.clone(), Arc::clone(&requests), Arc::clone(&sent));
                thread::spawn(move || {
                    while let Some(request) = read_request(&mut stream) {
                        let index = {
                            let mut requests = requests.lock().unwrap();
                            requests.push(request);
                            requests.len() - 1
                        };
                        let reply = &replies[index.min(replies.len() - 1)];
                        send(&mut stream, reply, &sent);
                        if !matches!(reply, Reply::Text(text) if !text.contains(CLOSE)) {
                            break;
                        }
                    }
                });
            }
        });
        server
    }

    /// Returns the client whose requests go to this server.
    pub(super) fn client(&self) -> Client {
        let client =
            Client::new(Environment::Live, "acme-7d2f1a", ClientSecret::new("s3cret-s3cret").unwrap()).unwrap();
        client.with_server_origin(&self.origin).unwrap()
    }

    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    /// Returns the requests so far.
    pub(super) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// Returns the number of connections so far.
    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Returns the bytes of `Reply::Flood` and `Reply::Drip` so far.
    pub(super) fn sent(&self) -> usize {
        self.sent.load(Ordering::SeqCst)
    }
}

/// Returns a whole response, after which the connection ends.
pub(super) fn response(status: &str, headers: &str, body: &str) -> Reply {
    open_response(status, &format!("{headers}{CLOSE}"), body)
}

/// Returns a whole response, after which the connection stays open for another request.
pub(super) fn open_response(status: &str, headers: &str, body: &str) -> Reply {
    let length = body.len();
    Reply::Text(format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n{body}"))
}

const CLOSE: &str = "Connection: close\r\n";

/// Returns an empty list of providers.
pub(super) fn no_providers() -> Reply {
    response("200 OK", "", "[]")
}

/// Returns an error that a server sends for a moment.
pub(super) fn unavailable(headers: &str) -> Reply {
    response("503 Service Unavailable", headers, r#"{"error":"temporarily_unavailable"}"#)
}

fn send(stream: &mut TcpStream, reply: &Reply, sent: &AtomicUsize) {
    // A client that has read enough closes the connection, so a write may fail.
    match reply {
        Reply::Text(text) => drop(stream.write_all(text.as_bytes())),
        Reply::Drop => {}
        Reply::CutBody => drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"access_token\"")),
        Reply::Silence => thread::sleep(Duration::from_secs(60)),
        Reply::Flood => send_long_body(stream, &[b' '; 16 * 1024], Duration::ZERO, sent),
        Reply::Drip => send_long_body(stream, b" ", Duration::from_millis(20), sent),
    }
}

/// Sends a body of 100 MiB, in equal parts with a pause after each.
fn send_long_body(stream: &mut TcpStream, part: &[u8], pause: Duration, sent: &AtomicUsize) {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {FLOOD_LEN}\r\n\r\n");
    let mut is_open = stream.write_all(head.as_bytes()).is_ok();
    while is_open && sent.load(Ordering::SeqCst) < FLOOD_LEN {
        is_open = stream.write_all(part).is_ok();
        sent.fetch_add(part.len(), Ordering::SeqCst);
        thread::sleep(pause);
    }
}

const FLOOD_LEN: usize = 100 << 20;

/// Returns a whole request, or `None` if the connection ends before.
fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut request = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&request);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let head = head.to_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return Some(text.into_owned());
            }
        }
        let mut part = [0; 4096];
        let length = stream.read(&mut part).ok().filter(|length| *length > 0)?;
        request.extend_from_slice(&part[..length]);
    }
}
