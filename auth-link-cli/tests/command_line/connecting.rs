//! `connect` with a browser and a TrueLayer that the test plays.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::free_port::free_port;
use crate::mock::{ACCESS_TOKEN, MockTrueLayer, Respond, SECRET, respond};
use crate::run::{auth_link, auth_link_with, command, run};

/// The arguments of a link of the sandbox.
pub(crate) const LINK: [&str; 4] = ["--client-id", "sandbox-acme-7d2f1a", "--scope", "accounts,balance"];

/// The code of every callback.
const CODE: &str = "c0de-of-the-callback";

/// The command while it waits for the callback.
pub(crate) struct Waiting {
    child: Child,
    port: u16,
    /// The URL that it printed.
    url: String,
    errors: Receiver<String>,
    /// The errors that were read.
    stderr: String,
}

/// The end of the command.
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Starts `connect` with more arguments, and waits until it has printed its URL. A secret is set if there is a mock server.
pub(crate) fn start(folder: &Path, mock: Option<&MockTrueLayer>, more: &[&str]) -> Waiting {
    let port = free_port();
    let redirect_uri = format!("http://localhost:{port}/callback");
    let mut args = [&["connect", "--no-browser", "--redirect-uri", &redirect_uri], &LINK[..], more].concat();
    args.extend(mock.iter().flat_map(|mock| ["--auth-server", &mock.origin]));
    let mut command = command(folder, &args);
    command.env_remove("TRUELAYER_CLIENT_SECRET");
    if mock.is_some() {
        command.env("TRUELAYER_CLIENT_SECRET", SECRET);
    }
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let (send, errors) = channel();
    let stderr = BufReader::new(child.stderr.take().unwrap());
    thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
    let mut waiting = Waiting { child, port, url: String::new(), errors, stderr: String::new() };
    waiting.read_until("waiting for the browser");
    waiting.url = waiting.stderr.lines().find(|line| line.starts_with("http")).expect("a URL").to_owned();
    waiting
}

impl Waiting {
    /// Reads errors up to a line that contains `part`.
    fn read_until(&mut self, part: &str) {
        loop {
            let line = self.errors.recv_timeout(Duration::from_secs(20));
            let line = line.unwrap_or_else(|_| panic!("no `{part}`: {}", self.stderr));
            self.stderr += &(line.clone() + "\n");
            if line.contains(part) {
                return;
            }
        }
    }

    /// Returns the state in the URL.
    fn state(&self) -> &str {
        self.url.split(['?', '&']).find_map(|pair| pair.strip_prefix("state=")).expect("a state")
    }

    /// Returns the query of its callback.
    fn query(&self) -> String {
        format!("code={CODE}&state={}", self.state())
    }

    /// Sends a request; returns the response.
    fn send(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        response
    }

    /// Sends a request with a host; returns the status.
    fn status(&self, method: &str, target: &str, host: &str) -> u16 {
        let response = self.send(&format!("{method} {target} HTTP/1.1\r\nhost: {host}\r\n\r\n"));
        response.split(' ').nth(1).expect("a status").parse().expect("a status")
    }

    /// Requests a target from the browser; returns the status.
    fn get(&self, target: &str) -> u16 {
        self.status("GET", target, &format!("localhost:{}", self.port))
    }

    /// Returns from the browser with a code, and waits for the end of the command.
    pub(crate) fn end_with_code(self) -> Ended {
        assert_eq!(self.get(&format!("/callback?{}", self.query())), 200);
        self.end()
    }

    /// Waits for the end of the command, and checks that it printed no secret.
    fn end(mut self) -> Ended {
        let code = self.child.wait().unwrap().code();
        let mut stdout = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
        while let Ok(line) = self.errors.recv_timeout(Duration::from_secs(20)) {
            self.stderr += &(line + "\n");
        }
        for secret in [CODE, SECRET, ACCESS_TOKEN, "refresh-t0ken"] {
            assert!(!stdout.contains(secret) && !self.stderr.contains(secret), "{secret}: {stdout}{}", self.stderr);
        }
        Ended { code, stdout, stderr: self.stderr }
    }
}

#[test]
fn a_callback_with_a_code_shows_the_accounts_and_balances() {
    let folder = tempfile::tempdir().unwrap();
    let mock = MockTrueLayer::start(respond);
    let waiting = start(folder.path(), Some(&mock), &[]);
    assert!(waiting.url.starts_with(&format!("{}/?client_id=sandbox-acme-7d2f1a&", mock.origin)), "{}", waiting.url);
    assert!(waiting.url.contains("&code_challenge="), "{}", waiting.url);
    let request = format!("GET /callback?{} HTTP/1.1\r\nhost: localhost:{}\r\n\r\n", waiting.query(), waiting.port);
    let page = waiting.send(&request);
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.contains("You can close this page"), "{page}");
    assert!(!page.contains(CODE) && !page.contains(waiting.state()), "{page}");
    let ended = waiting.end();
    assert_eq!(
        ended.stdout,
        "Connection\n  provider        Mock Bank\n  consent         Authorised\n  given on        2026-01-02\n  \
         expires on      2026-04-02\n  scopes          accounts balance\n\nAccounts\n  \
         name                   type         currency  balance  available\n  \
         Current account        TRANSACTION  GBP       1234.50     1334.5\n  \
         Café\\u{1b}[8m savings  SAVINGS      EUR            -7          -\n"
    );
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let requests = mock.requests();
    assert_eq!(requests.len(), 5, "{requests:?}");
    assert!(requests[0].starts_with("POST /connect/token "), "{}", requests[0]);
    assert!(requests[0].contains(&format!("&code={CODE}&")) && requests[0].contains("&code_verifier="));
}

#[test]
fn json_has_the_accounts_and_balances() {
    let folder = tempfile::tempdir().unwrap();
    let mock = MockTrueLayer::start(respond);
    let waiting = start(folder.path(), Some(&mock), &["--json"]);
    let ended = waiting.end_with_code();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let json: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(json["connection"]["provider_name"], "Mock Bank");
    assert_eq!(json["connection"]["consent_expires_at"], "2026-04-02T03:04:05Z");
    assert_eq!(json["accounts"][0]["balance"]["current"], "1234.50");
    assert_eq!(json["accounts"][1]["balance"]["available"], serde_json::Value::Null);
    assert_eq!(json["complete"], true);
}

#[cfg(unix)]
#[test]
fn saved_tokens_can_be_read_by_the_user_alone() {
    use std::os::unix::fs::PermissionsExt;

    use auth_link_runtime::client::Connection;

    let folder = tempfile::tempdir().unwrap();
    let mock = MockTrueLayer::start(respond);
    let waiting = start(folder.path(), Some(&mock), &["--save", "tokens.json"]);
    let ended = waiting.end_with_code();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stderr.contains("wrote the tokens to"), "{}", ended.stderr);
    let path = folder.path().join("tokens.json");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let connection: Connection = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(connection.access_token().expose(), ACCESS_TOKEN);
    assert_eq!(connection.refresh_token().unwrap().expose(), "refresh-t0ken");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no other file is left");
}

#[test]
fn a_file_that_exists_is_not_replaced_and_no_browser_opens() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("tokens.json"), "old").unwrap();
    let args = [&["connect", "--no-browser", "--save", "tokens.json"], &LINK[..]].concat();
    let output = auth_link(folder.path(), &args);
    assert_eq!(output.code, 2);
    assert!(output.stderr.starts_with("error: `tokens.json` exists"), "{}", output.stderr);
    assert_eq!(fs::read_to_string(folder.path().join("tokens.json")).unwrap(), "old");
}

#[test]
fn requests_that_are_not_the_callback_do_not_end_the_wait() {
    let folder = tempfile::tempdir().unwrap();
    let mut waiting = start(folder.path(), None, &[]);
    let callback = format!("/callback?{}", waiting.query());
    let host = format!("localhost:{}", waiting.port);
    assert_eq!(waiting.get("/favicon.ico"), 404);
    assert_eq!(waiting.get("/callback?code=x&state=another"), 400);
    assert_eq!(waiting.get("/callback?error=access_denied"), 403);
    assert_eq!(waiting.status("HEAD", &callback, &host), 405);
    assert_eq!(waiting.status("PUT", &callback, &host), 405);
    assert_eq!(waiting.status("GET", &callback, "attacker.example"), 421);
    assert_eq!(waiting.status("GET", &callback, &format!("{host}\r\nsec-purpose: prefetch")), 503);
    assert_eq!(waiting.status("GET", &callback, &format!("{host}\r\nhost: {host}")), 400);
    assert!(waiting.send("nonsense\r\n\r\n").starts_with("HTTP/1.1 400 "));
    waiting.read_until("the wait goes on");
    assert_eq!(waiting.get(&callback), 200);
    let ended = waiting.end();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stderr.contains("refused a callback: `state` in the callback does not match"), "{}", ended.stderr);
}

#[test]
fn silent_connections_do_not_delay_the_callback() {
    let folder = tempfile::tempdir().unwrap();
    let waiting = start(folder.path(), None, &[]);
    let silent: Vec<_> = (0..10).map(|_| TcpStream::connect(("127.0.0.1", waiting.port)).unwrap()).collect();
    let began = Instant::now();
    assert_eq!(waiting.get(&format!("/callback?{}", waiting.query())), 200);
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    assert_eq!(waiting.end().code, Some(0));
    drop(silent);
}

#[test]
fn a_form_is_a_callback_of_a_link_that_requests_one() {
    let folder = tempfile::tempdir().unwrap();
    let waiting = start(folder.path(), None, &["--form-post"]);
    let (body, port) = (waiting.query(), waiting.port);
    let form = format!(
        "POST /callback HTTP/1.1\r\nhost: localhost:{port}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    assert!(waiting.send(&form).starts_with("HTTP/1.1 200 OK\r\n"));
    assert_eq!(waiting.end().code, Some(0));
}

#[test]
fn a_cancelled_consent_has_status_1() {
    let folder = tempfile::tempdir().unwrap();
    let waiting = start(folder.path(), None, &[]);
    assert_eq!(waiting.get(&format!("/callback?error=access_denied&state={}", waiting.state())), 403);
    let ended = waiting.end();
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains("error: the consent was cancelled: no bank was connected\n"), "{}", ended.stderr);
}

#[test]
fn an_error_of_the_server_has_status_2() {
    let folder = tempfile::tempdir().unwrap();
    let waiting = start(folder.path(), None, &[]);
    assert_eq!(waiting.get(&format!("/callback?error=server_error&state={}", waiting.state())), 502);
    let ended = waiting.end();
    assert_eq!(ended.code, Some(2));
    assert!(
        ended.stderr.contains("error: the callback has no usable code: error from the auth server: `server_error`")
    );
}

#[test]
fn without_a_secret_the_code_is_neither_shown_nor_exchanged() {
    let folder = tempfile::tempdir().unwrap();
    let waiting = start(folder.path(), None, &["--json"]);
    let ended = waiting.end_with_code();
    assert_eq!(ended.code, Some(0));
    assert!(ended.stderr.contains("set `TRUELAYER_CLIENT_SECRET`"), "{}", ended.stderr);
    let json: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!((json["code_received"].as_bool(), json["accounts"].is_null()), (Some(true), true));
}

#[test]
fn a_browser_that_never_comes_has_status_2() {
    let folder = tempfile::tempdir().unwrap();
    let ended = start(folder.path(), None, &["--timeout", "1"]).end();
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("error: no callback arrived within 1 seconds\nhelp: register `http://localhost:"));
}

#[cfg(unix)]
#[test]
fn ctrl_c_has_status_130() {
    let folder = tempfile::tempdir().unwrap();
    let waiting = start(folder.path(), None, &[]);
    let id = waiting.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let ended = waiting.end();
    assert_eq!(ended.code, Some(130));
    assert!(ended.stderr.ends_with("interrupted: no bank was connected\n"), "{}", ended.stderr);
}

#[cfg(unix)]
#[test]
fn ctrl_c_during_the_exchange_loses_no_tokens() {
    let folder = tempfile::tempdir().unwrap();
    let (interrupted, wait) = channel();
    let mock = MockTrueLayer::start(move |request| {
        let _ = wait.recv_timeout(Duration::from_secs(20));
        // The program has this time to notice the signal.
        thread::sleep(Duration::from_secs(1));
        respond(request)
    });
    let waiting = start(folder.path(), Some(&mock), &["--save", "tokens.json"]);
    assert_eq!(waiting.get(&format!("/callback?{}", waiting.query())), 200);
    let id = waiting.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    interrupted.send(()).unwrap();
    let ended = waiting.end();
    assert_eq!(ended.code, Some(130), "{}", ended.stderr);
    assert!(fs::read_to_string(folder.path().join("tokens.json")).unwrap().contains(ACCESS_TOKEN));
    assert_eq!(mock.requests().len(), 1, "nothing is read after Ctrl-C");
}

#[test]
fn more_silent_connections_than_the_limit_delay_the_callback_by_seconds() {
    let folder = tempfile::tempdir().unwrap();
    let waiting = start(folder.path(), None, &[]);
    let silent: Vec<_> = (0..24).map(|_| TcpStream::connect(("127.0.0.1", waiting.port)).unwrap()).collect();
    let began = Instant::now();
    assert_eq!(waiting.get(&format!("/callback?{}", waiting.query())), 200);
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
    assert_eq!(waiting.end().code, Some(0));
    drop(silent);
}

#[test]
fn a_link_is_used_without_its_state() {
    let folder = tempfile::tempdir().unwrap();
    let link = format!(
        "https://auth.truelayer-sandbox.com/?response_type=code&client_id=sandbox-acme-7d2f1a&scope=info\
         &redirect_uri=http%3A%2F%2F127.0.0.1%3A{}%2Fcb&providers=uk-cs-mock&state=old-state",
        free_port()
    );
    for (argument, input) in [(link.as_str(), ""), ("-", link.as_str())] {
        let args = ["connect", "--no-browser", "--timeout", "1", argument];
        let output = auth_link_with(folder.path(), &args, input.as_bytes());
        let url = output.stderr.lines().find(|line| line.starts_with("https://")).expect("a URL");
        assert!(url.contains("redirect_uri=http%3A%2F%2F127.0.0.1%3A") && url.contains("&state="), "{url}");
        assert!(!output.stderr.contains("old-state"), "{}", output.stderr);
    }
}

#[test]
fn a_port_in_use_is_an_error_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    for address in ["127.0.0.1:0", "[::1]:0"] {
        // A machine without IPv6 has no second address.
        let Ok(other) = TcpListener::bind(address) else { continue };
        let port = other.local_addr().unwrap().port();
        let redirect_uri = format!("http://localhost:{port}/callback");
        let args =
            [&["connect", "--no-browser", "--timeout", "5", "--redirect-uri", &redirect_uri], &LINK[..]].concat();
        let output = auth_link(folder.path(), &args);
        assert_eq!(output.code, 2, "{}", output.stderr);
        let expected = format!("`localhost:{port}`: another program uses the port\nhelp: `lsof -nP -iTCP:{port} ");
        assert!(output.stderr.contains(&expected), "{}", output.stderr);
    }
}

#[test]
fn a_redirect_uri_elsewhere_is_an_error_that_names_one_to_register() {
    let folder = tempfile::tempdir().unwrap();
    for redirect_uri in ["https://app.example.com/callback", "https://localhost:3000/callback"] {
        let args = [&["connect", "--no-browser", "--timeout", "5", "--redirect-uri", redirect_uri], &LINK[..]].concat();
        let output = auth_link(folder.path(), &args);
        assert_eq!(output.code, 2, "{}", output.stderr);
        assert!(output.stderr.contains("help: register `http://localhost:3000/callback`"), "{}", output.stderr);
    }
}

#[test]
fn a_refused_exchange_says_how_to_go_on() {
    let folder = tempfile::tempdir().unwrap();
    for (respond, expected) in [
        ((|_| (400, r#"{"error": "invalid_grant"}"#)) as Respond, "give consent again"),
        (|_| (400, r#"{"error": "invalid_client"}"#), "check that `TRUELAYER_CLIENT_SECRET` is the secret"),
        (|_| (503, r#"{"error": "temporarily_unavailable"}"#), "run the command again later"),
    ] {
        let mock = MockTrueLayer::start(respond);
        let waiting = start(folder.path(), Some(&mock), &["--save", "tokens.json"]);
        let ended = waiting.end_with_code();
        assert_eq!(ended.code, Some(2));
        assert!(ended.stderr.contains("error: cannot exchange the code: "), "{}", ended.stderr);
        assert!(ended.stderr.contains(expected), "{}", ended.stderr);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "no file without tokens");
}

#[test]
fn data_that_cannot_be_read_is_an_error_beside_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let mock = MockTrueLayer::start(|request| match request.split(' ').nth(1) {
        Some("/data/v1/me") => (503, r#"{"error": "temporarily_unavailable"}"#),
        Some("/data/v1/accounts/a2/balance") => (501, r#"{"error": "endpoint_not_supported"}"#),
        _ => respond(request),
    });
    let waiting = start(folder.path(), Some(&mock), &[]);
    let ended = waiting.end_with_code();
    assert_eq!(ended.code, Some(2), "{}", ended.stderr);
    assert!(ended.stdout.contains("1234.50") && !ended.stdout.contains("Mock Bank"), "{}", ended.stdout);
    for part in ["cannot read the connection: ", "savings`: ", "the bank does not have it"] {
        assert!(ended.stderr.contains(part), "{part}: {}", ended.stderr);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_browser_is_opened_with_the_whole_link() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let opener = folder.path().join("xdg-open");
    fs::write(&opener, "#!/bin/sh\nprintf '%s\\n' \"$@\" > opened\n").unwrap();
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).unwrap();
    let redirect_uri = format!("http://127.0.0.1:{}/callback", free_port());
    let args = [&["connect", "--timeout", "2", "--redirect-uri", &redirect_uri], &LINK[..]].concat();
    let open_browser = || {
        let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap_or_default());
        let mut command = command(folder.path(), &args);
        command.env("PATH", path).env_remove("TRUELAYER_CLIENT_SECRET");
        run(command, b"")
    };
    let output = open_browser();
    let arguments = fs::read_to_string(folder.path().join("opened")).unwrap();
    assert!(arguments.starts_with("https://auth.truelayer-sandbox.com/?client_id="), "{arguments}");
    assert!(arguments.trim_end().ends_with("&code_challenge_method=S256"), "{arguments}");
    assert_eq!(arguments.lines().count(), 1, "{arguments}");
    assert!(output.stderr.starts_with("opened the browser; ") && !output.stderr.contains("code_challenge"));
    fs::write(&opener, "#!/bin/sh\nexit 3\n").unwrap();
    let output = open_browser();
    assert!(output.stderr.contains("no browser could be opened") && output.stderr.contains("&code_challenge="));
}
