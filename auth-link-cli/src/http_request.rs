//! Reads one HTTP request of a browser, within limits.

use std::io::{self, ErrorKind, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use auth_link_runtime::http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use auth_link_runtime::http::{HeaderMap, Request, StatusCode};

/// The longest request line with headers that is read, in bytes.
const LONGEST_HEAD: usize = 64 << 10;

/// The longest body that is read, in bytes.
const LONGEST_BODY: usize = 64 << 10;

/// The largest number of headers.
const MOST_HEADERS: usize = 100;

/// The reason why there is no request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReadError {
    /// The browser sent nothing: it opens connections that it may use later.
    Nothing,
    /// The request is refused with this status.
    Refused(StatusCode),
}

/// A connection that must send its whole request within a time limit.
pub(crate) struct WithDeadline<'s> {
    stream: &'s TcpStream,
    deadline: Instant,
}

impl<'s> WithDeadline<'s> {
    /// Reads from `stream` until `limit` has passed.
    pub(crate) fn new(stream: &'s TcpStream, limit: Duration) -> Self {
        Self { stream, deadline: Instant::now() + limit }
    }
}

impl Read for WithDeadline<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let rest = self.deadline.saturating_duration_since(Instant::now());
        if rest.is_zero() {
            return Err(ErrorKind::TimedOut.into());
        }
        self.stream.set_read_timeout(Some(rest))?;
        self.stream.read(bytes)
    }
}

/// Reads a request, with its body.
///
/// # Errors
///
/// Returns an error if:
///
/// - the connection ends or its time limit passes before the end of the request;
/// - the head or the body is longer than 64 KiB, or there are more than 100 headers;
/// - the body has no length;
/// - the request is malformed.
pub(crate) fn read(mut from: impl Read) -> Result<Request<Vec<u8>>, ReadError> {
    let mut bytes = Vec::new();
    let head = loop {
        // The end may lie across two reads.
        let searched = bytes.len().saturating_sub(END.len() - 1);
        read_more(&mut from, &mut bytes)?;
        let end = bytes[searched..].windows(END.len()).position(|window| window == END);
        match end.map(|end| searched + end + END.len()) {
            Some(head) if head <= LONGEST_HEAD => break head,
            None if bytes.len() <= LONGEST_HEAD => {}
            _ => return Err(ReadError::Refused(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE)),
        }
    };
    let mut request = parse_head(&bytes[..head]).map_err(ReadError::Refused)?;
    let length = body_length(request.headers()).map_err(ReadError::Refused)?;
    let mut body = bytes.split_off(head);
    while body.len() < length {
        read_more(&mut from, &mut body)?;
    }
    body.truncate(length);
    *request.body_mut() = body;
    Ok(request)
}

/// The end of a head.
const END: &[u8] = b"\r\n\r\n";

/// Reads the next bytes.
fn read_more(from: &mut impl Read, bytes: &mut Vec<u8>) -> Result<(), ReadError> {
    let refused = |bytes: &[u8], status| if bytes.is_empty() { ReadError::Nothing } else { ReadError::Refused(status) };
    let mut chunk = [0; 4096];
    loop {
        match from.read(&mut chunk) {
            Ok(0) => return Err(refused(bytes, StatusCode::BAD_REQUEST)),
            Ok(length) => {
                bytes.extend_from_slice(&chunk[..length]);
                return Ok(());
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return Err(refused(bytes, StatusCode::REQUEST_TIMEOUT)),
        }
    }
}

/// Parses the request line and the headers.
fn parse_head(head: &[u8]) -> Result<Request<Vec<u8>>, StatusCode> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    let status = parsed.parse(head).map_err(|error| match error {
        httparse::Error::TooManyHeaders => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
        _ => StatusCode::BAD_REQUEST,
    })?;
    let (true, Some(method), Some(path)) = (status.is_complete(), parsed.method, parsed.path) else {
        return Err(StatusCode::BAD_REQUEST);
    };
    let mut request = Request::builder().method(method).uri(path);
    for header in parsed.headers.iter() {
        request = request.header(header.name, header.value);
    }
    request.body(Vec::new()).map_err(|_| StatusCode::BAD_REQUEST)
}

/// Returns the length of the body (RFC 9112 §6.3).
fn body_length(headers: &HeaderMap) -> Result<usize, StatusCode> {
    if headers.contains_key(TRANSFER_ENCODING) {
        return Err(StatusCode::LENGTH_REQUIRED);
    }
    let mut lengths = headers.get_all(CONTENT_LENGTH).iter();
    let length = match (lengths.next(), lengths.next()) {
        (None, _) => return Ok(0),
        (Some(length), None) => length.to_str().ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit())),
        _ => None,
    };
    match length.filter(|text| !text.is_empty()).map(str::parse::<usize>) {
        Some(Ok(length)) if length <= LONGEST_BODY => Ok(length),
        Some(_) => Err(StatusCode::PAYLOAD_TOO_LARGE),
        None => Err(StatusCode::BAD_REQUEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sends a text one byte at a time.
    struct Slow<'t>(&'t [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
            self.0.read(&mut bytes[..1])
        }
    }

    fn refused(text: &str) -> StatusCode {
        match read(text.as_bytes()).unwrap_err() {
            ReadError::Refused(status) => status,
            ReadError::Nothing => panic!("{text}"),
        }
    }

    #[test]
    fn a_request_is_read_however_it_is_split() {
        let text = b"POST /callback?a=1 HTTP/1.1\r\nHost: localhost:3000\r\ncontent-length: 7\r\n\r\ncode=c1more";
        for request in [read(&text[..]).unwrap(), read(Slow(text)).unwrap()] {
            assert_eq!((request.method().as_str(), request.uri().path()), ("POST", "/callback"));
            assert_eq!(
                (request.uri().query(), request.headers()["host"].as_bytes()),
                (Some("a=1"), &b"localhost:3000"[..])
            );
            assert_eq!(request.body(), b"code=c1");
        }
    }

    #[test]
    fn a_connection_without_a_byte_is_no_request() {
        assert_eq!(read(&b""[..]).unwrap_err(), ReadError::Nothing);
    }

    #[test]
    fn a_malformed_request_is_refused() {
        for (text, status) in [
            ("GET / HTTP/1.1\r\n", 400),
            ("nonsense\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\ncontent-length: 5\r\n\r\nabc", 400),
            ("GET / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 1\r\n\r\na", 400),
            ("GET / HTTP/1.1\r\ncontent-length: +1\r\n\r\na", 400),
            ("GET / HTTP/1.1\r\ncontent-length:\r\n\r\na", 400),
            ("GET / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", 411),
            ("GET / HTTP/1.1\r\ncontent-length: 65537\r\n\r\n", 413),
            ("GET / HTTP/1.1\r\ncontent-length: 99999999999999999999999\r\n\r\n", 413),
        ] {
            assert_eq!(refused(text).as_u16(), status, "{text}");
        }
    }

    #[test]
    fn a_head_beyond_its_limit_is_refused() {
        let head = |length: usize| format!("GET / HTTP/1.1\r\na: {}\r\n\r\n", "b".repeat(length - 23));
        assert!(read(head(LONGEST_HEAD).as_bytes()).is_ok());
        assert_eq!(refused(&head(LONGEST_HEAD + 1)), StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
        assert_eq!(refused(&"a".repeat(1 << 20)), StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
        let headers = format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(MOST_HEADERS + 1));
        assert_eq!(refused(&headers), StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    }
}
