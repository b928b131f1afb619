//! The server that receives the browser when it returns from the bank.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use auth_link::http::Request;
use auth_link::{AuthorizationCode, Callback, CallbackRejection, PendingAuthorization};

/// The longest head of a request, in bytes: a callback of 64 KiB and the headers.
const MAX_HEAD_LEN: u64 = 96 * 1024;

/// Serves requests until the callback of the pending authorization arrives.
///
/// A user who cancels without a state (TrueLayer can be configured so) sees that in the browser, and ends the program.
///
/// # Errors
///
/// Returns an error if:
///
/// - the callback is an error, such as that of a user who cancelled;
/// - the listener fails.
pub(crate) fn receive(
    listener: &TcpListener,
    mut pending: PendingAuthorization,
) -> Result<AuthorizationCode, Box<dyn std::error::Error>> {
    loop {
        let (mut stream, _) = listener.accept()?;
        // A browser may connect without a request, or leave. The next connection has the callback.
        let Ok(request) = read_request(&stream) else { continue };
        if request.uri().path() != "/callback" {
            respond(&mut stream, 404, "Not found.");
            continue;
        }
        let result = match Callback::from_request(&request) {
            Ok(callback) => pending.finish(callback),
            Err(error) => Err(CallbackRejection::new(error, pending)),
        };
        match result {
            Ok(code) => {
                respond(&mut stream, 200, "Your bank is connected. You can close this page.");
                return Ok(code);
            }
            Err(rejection) => {
                let text = if rejection.error.is_cancelled() { "You cancelled." } else { "This is no valid callback." };
                respond(&mut stream, rejection.error.status().as_u16(), text);
                // Another party's request has no matching state, and does not end the authorization.
                let Some(unfinished) = rejection.pending else { return Err(rejection.error.into()) };
                pending = *unfinished;
            }
        }
    }
}

/// Reads the head of a request.
fn read_request(stream: &TcpStream) -> io::Result<Request<&'static str>> {
    stream.set_read_timeout(Some(Duration::from_secs(2)))?;
    stream.set_write_timeout(Some(Duration::from_secs(2)))?;
    let mut lines = BufReader::new(stream.take(MAX_HEAD_LEN)).lines();
    let mut next = || lines.next().unwrap_or(Err(io::ErrorKind::UnexpectedEof.into()));
    let first = next()?;
    let mut words = first.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut request = Request::builder().method(method).uri(target);
    loop {
        let line = next()?;
        if line.is_empty() {
            return request.body("").map_err(io::Error::other);
        }
        let (name, value) = line.split_once(':').ok_or(io::ErrorKind::InvalidData)?;
        request = request.header(name, value.trim());
    }
}

/// Writes a response. A browser that left does not matter.
fn respond(stream: &mut TcpStream, status: u16, text: &str) {
    let length = text.len();
    let allow = if status == 405 { "Allow: GET, POST\r\n" } else { "" };
    let _ = write!(
        stream,
        "HTTP/1.1 {status} \r\n{allow}Content-Type: text/plain; charset=utf-8\r\nContent-Length: {length}\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n{text}"
    );
}
