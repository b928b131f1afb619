//! The pages that `auth-link connect` shows in the browser. None contains a text of the request.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use auth_link_runtime::http::StatusCode;

/// The time limit for sending a page.
const WRITE_LIMIT: Duration = Duration::from_secs(5);

/// A page for the browser.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    status: StatusCode,
    title: &'static str,
    text: &'static str,
}

/// The callback has the code.
pub(crate) const RECEIVED: Page = Page {
    status: StatusCode::OK,
    title: "Consent received",
    text: "You can close this page and return to the terminal.",
};

/// The user or the bank denied access.
pub(crate) const CANCELLED: Page = Page {
    status: StatusCode::FORBIDDEN,
    title: "No bank was connected",
    text: "The consent was cancelled. You can close this page and return to the terminal.",
};

impl Page {
    /// Returns the page of an authorization that ended with an error.
    pub(crate) fn failed(status: StatusCode) -> Self {
        let text = "The terminal shows the error. You can close this page.";
        Self { status, title: "No bank was connected", text }
    }

    /// Returns the page of a request that is not the callback that the terminal waits for.
    pub(crate) fn refused(status: StatusCode) -> Self {
        let text = "This request does not belong to the authorization in the terminal, which still waits.";
        Self { status, title: "Request refused", text }
    }

    /// Sends the page, without its body for a `HEAD` request. The browser may have closed the connection.
    pub(crate) fn send(&self, mut stream: &TcpStream, is_head: bool) {
        let _ = stream
            .set_write_timeout(Some(WRITE_LIMIT))
            .and_then(|()| stream.write_all(self.response(is_head).as_bytes()))
            .and_then(|()| stream.shutdown(Shutdown::Write));
    }

    /// Sends the page in response to a request that was not read to its end.
    pub(crate) fn send_early(&self, mut stream: &TcpStream) {
        self.send(stream, false);
        // A connection that is closed with unread bytes is reset, and the browser would lose the page.
        let _ = stream.set_read_timeout(Some(Duration::from_millis(500)));
        let mut unread = [0; 4096];
        for _ in 0..64 {
            if !matches!(stream.read(&mut unread), Ok(1..)) {
                break;
            }
        }
    }

    fn response(&self, is_head: bool) -> String {
        let Self { status, title, text } = self;
        let body = format!(
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>{STYLE}</style>\n\
             <h1>{title}</h1>\n<p>{text}</p>\n</html>\n"
        );
        let allow = if *status == StatusCode::METHOD_NOT_ALLOWED { "allow: GET, POST\r\n" } else { "" };
        let head = format!("HTTP/1.1 {status}\r\n{allow}{HEADERS}content-length: {}\r\n\r\n", body.len());
        if is_head { head } else { head + &body }
    }
}

/// The style of each page, in the light or dark colours of the browser.
const STYLE: &str =
    ":root{color-scheme:light dark}body{font:1.1em system-ui;max-width:30em;margin:15vh auto;padding:0 1em}";

/// The headers of each page. It is not stored, sends no address of its own, and loads nothing.
const HEADERS: &str = "content-type: text/html; charset=utf-8\r\ncache-control: no-store\r\nreferrer-policy: no-referrer\r\n\
    content-security-policy: default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n\
    x-content-type-options: nosniff\r\nconnection: close\r\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_complete_and_not_stored() {
        for page in [RECEIVED, CANCELLED, Page::failed(StatusCode::BAD_GATEWAY), Page::refused(StatusCode::NOT_FOUND)] {
            let response = page.response(false);
            let (head, body) = response.split_once("\r\n\r\n").unwrap();
            assert!(head.starts_with(&format!("HTTP/1.1 {}", page.status)), "{head}");
            assert!(head.contains(&format!("\r\ncontent-length: {}", body.len())), "{head}");
            assert!(head.contains("\r\ncache-control: no-store\r\n"), "{head}");
            assert!(body.contains(page.text), "{body}");
            assert_eq!(page.response(true), format!("{head}\r\n\r\n"));
        }
    }

    #[test]
    fn a_refused_method_names_the_allowed_ones() {
        let response = Page::refused(StatusCode::METHOD_NOT_ALLOWED).response(true);
        assert!(response.contains("\r\nallow: GET, POST\r\n"), "{response}");
    }
}
