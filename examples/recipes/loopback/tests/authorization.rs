//! Whole authorizations from a terminal, with a mock server.

use std::io::{BufRead, BufReader, Read};
use std::process::{ChildStdout, Stdio};

use auth_link_mock::{Endpoint, User};
use browser::{Application, Tab};
use ureq::http::Method;

/// Starts the program, and returns its link and the rest of its output.
fn start() -> (Application, String, BufReader<ChildStdout>) {
    let program = env!("CARGO_BIN_EXE_recipe-loopback");
    let mut application = Application::spawn(program, "http://localhost:3105/callback", Stdio::piped());
    let mut output = BufReader::new(application.process().stdout.take().unwrap());
    let mut link = String::new();
    while !link.starts_with("http") {
        link.clear();
        assert_ne!(output.read_line(&mut link).unwrap(), 0, "no link");
    }
    (application, link.trim().to_owned(), output)
}

#[test]
fn a_user_connects_accounts_from_a_terminal_and_a_strangers_requests_end_nothing() {
    let (mut application, link, mut output) = start();
    let mut tab = Tab::new(&application.origin);
    assert_eq!(tab.get("/favicon.ico").status, 404);
    assert_eq!(tab.get("/callback?code=c1&state=other").status, 400);
    assert_eq!(tab.get("/callback?error=access_denied").status, 403);
    assert_eq!(tab.get("/callback").status, 400);
    drop(std::net::TcpStream::connect("127.0.0.1:3105").unwrap());
    let callback = application.mock.authorize(&link, User::John).unwrap();
    let path = callback.url().strip_prefix(&application.origin).unwrap();
    assert_eq!(tab.send(&Method::HEAD, path, &[]).status, 405);
    assert_eq!(tab.send(&Method::GET, path, &[("purpose", "prefetch")]).status, 503);
    application.mock.requests().assert_count(Endpoint::Token, 0);
    let finished = tab.get(path);
    assert_eq!(finished.status, 200, "{finished:?}");
    let mut accounts = String::new();
    output.read_to_string(&mut accounts).unwrap();
    assert!(accounts.contains("(GBP)"), "{accounts}");
    assert!(application.process().wait().unwrap().success());
    drop(application);

    let (mut application, link, _) = start();
    let cancelled = application.mock.authorize(&link, User::Cancels).unwrap();
    let page = tab.get(cancelled.url().strip_prefix(&application.origin).unwrap());
    assert_eq!((page.status, page.text.as_str()), (403, "You cancelled."));
    assert!(!application.process().wait().unwrap().success());
}
