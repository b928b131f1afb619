//! A site on this machine, for a browser to visit.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// A site whose port is known before it answers, so that two can name each other. It is there as long as the test's process.
pub struct Site(TcpListener);

/// What a browser asked for.
#[derive(Debug)]
pub struct Request {
    /// The path, without the query.
    pub path: String,
    /// The headers, their names in small letters.
    pub headers: HashMap<String, String>,
    /// The body.
    pub body: String,
}

/// What the site answers.
#[derive(Debug, Default)]
pub struct Response {
    /// The headers.
    pub headers: Vec<(&'static str, String)>,
    /// The page, unless there is a `location`.
    pub html: String,
}

impl Site {
    /// Takes a port.
    #[must_use]
    pub fn new() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").expect("a free port"))
    }

    /// Its origin by a name of this machine.
    #[must_use]
    pub fn origin(&self, host: &str) -> String {
        format!("http://{host}:{}", self.0.local_addr().expect("an address").port())
    }

    /// Answers from now on.
    pub fn serve(self, answer: impl Fn(Request) -> Response + Send + Sync + 'static) {
        let answer = Arc::new(answer);
        thread::spawn(move || {
            // A browser opens connections that it may never use: none may wait for another.
            for stream in self.0.incoming().filter_map(Result::ok) {
                let answer = Arc::clone(&answer);
                thread::spawn(move || converse(&stream, &*answer));
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
    /// A page.
    pub fn page(html: impl Into<String>) -> Self {
        Self { headers: Vec::new(), html: html.into() }
    }

    /// A redirect.
    pub fn redirect(location: impl Into<String>) -> Self {
        Self { headers: vec![("location", location.into())], html: String::new() }
    }

    /// Another header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// One request and its answer. What is no request is left alone.
fn converse(stream: &TcpStream, answer: impl Fn(Request) -> Response) -> Option<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    let response = answer(read(BufReader::new(stream))?);
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

fn read(mut stream: impl BufRead) -> Option<Request> {
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
