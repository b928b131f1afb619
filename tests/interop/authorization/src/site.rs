//! A small website on this machine, for a browser.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// A website whose port is known before it responds, so that two sites can refer to each other. It runs as long as the test's process.
pub struct Site(TcpListener);

/// A request of a browser.
#[derive(Debug)]
pub struct Request {
    /// The path, without the query.
    pub path: String,
    /// The headers, with lowercase names.
    pub headers: HashMap<String, String>,
    /// The body.
    pub body: String,
}

/// A response of the website.
#[derive(Debug, Default)]
pub struct Response {
    /// The headers.
    pub headers: Vec<(&'static str, String)>,
    /// The page. It is empty if there is a `location`.
    pub html: String,
}

impl Site {
    /// Creates a website at a free port.
    #[must_use]
    pub fn new() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").expect("a free port"))
    }

    /// Returns the origin with this host name.
    #[must_use]
    pub fn origin(&self, host: &str) -> String {
        format!("http://{host}:{}", self.0.local_addr().expect("an address").port())
    }

    /// Responds to requests with this handler.
    pub fn serve(self, handler: impl Fn(Request) -> Response + Send + Sync + 'static) {
        let handler = Arc::new(handler);
        thread::spawn(move || {
            // A browser may leave a connection open and unused, so that each one needs a thread.
            for stream in self.0.incoming().filter_map(Result::ok) {
                let handler = Arc::clone(&handler);
                thread::spawn(move || handle(&stream, &*handler));
            }
        });
    }
}

impl Default for Site {
    fn default() -> Self {
        Self::new()
    }
}

impl Response {
    /// Returns a page.
    pub fn page(html: impl Into<String>) -> Self {
        Self { headers: Vec::new(), html: html.into() }
    }

    /// Returns a redirect.
    pub fn redirect(location: impl Into<String>) -> Self {
        Self { headers: vec![("location", location.into())], html: String::new() }
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// Reads one request and writes its response. Returns `None` for an incomplete request.
fn handle(stream: &TcpStream, handler: impl Fn(Request) -> Response) -> Option<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    let response = handler(read_request(BufReader::new(stream))?);
    let is_redirect = response.headers.iter().any(|header| header.0 == "location");
    let status = if is_redirect { "302 Found" } else { "200 OK" };
    let headers: Vec<_> = response.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let (headers, html) = (headers.concat(), response.html);
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {status}\r\n{headers}content-type: text/html; charset=utf-8\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{html}",
        html.len()
    )
    .ok()
}

fn read_request(mut stream: impl BufRead) -> Option<Request> {
    let mut line = || {
        let mut line = String::new();
        stream.read_line(&mut line).ok().filter(|&length| length > 0)?;
        Some(line.trim_end().to_owned())
    };
    let first = line()?;
    let target = first.split(' ').nth(1)?;
    let path = target.split('?').next()?.to_owned();
    let mut headers = HashMap::new();
    while let Some(header) = line().filter(|header| !header.is_empty()) {
        let (name, value) = header.split_once(':')?;
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").map_or(Ok(0), |length| length.parse()).ok()?;
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some(Request { path, headers, body: String::from_utf8(body).ok()? })
}
