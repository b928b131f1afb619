//! The two HTTP clients of the guide, as it sets them up: they follow no redirect, give up in time, and hand on every answer.
#![cfg(feature = "client")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use auth_link::client::{AccessToken, ApiError, ApiErrorKind, Client, ClientSecret, Environment, RefreshToken, Tokens};

mod with_ureq {
    use super::Duration;
    use auth_link::client::{ApiError, Call, RequestBody};

    pub(super) fn agent() -> ureq::Agent {
        let config = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false);
        config.timeout_global(Some(Duration::from_secs(60))).build().into()
    }

    pub(super) fn send<T>(agent: &ureq::Agent, call: Call<T>) -> Result<Result<T, ApiError>, ureq::Error> {
        let (parts, mut body) = agent.run(call.request.map(RequestBody::expose))?.into_parts();
        let body = body.with_config().limit(call.parser.max_body_len() as u64).read_to_vec()?;
        Ok(call.parser.parse(ureq::http::Response::from_parts(parts, body)))
    }
}

mod with_reqwest {
    use super::Duration;
    use auth_link::client::{ApiError, Call, RequestBody};

    pub(super) fn client() -> reqwest::Result<reqwest::Client> {
        let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        builder.timeout(Duration::from_secs(60)).build()
    }

    pub(super) async fn send<T>(client: &reqwest::Client, call: Call<T>) -> reqwest::Result<Result<T, ApiError>> {
        let mut response = client.execute(call.request.map(RequestBody::expose).try_into()?).await?;
        let mut answer = http::Response::new(Vec::new());
        *answer.status_mut() = response.status();
        *answer.headers_mut() = std::mem::take(response.headers_mut());
        while answer.body().len() <= call.parser.max_body_len()
            && let Some(part) = response.chunk().await?
        {
            answer.body_mut().extend_from_slice(&part);
        }
        Ok(call.parser.parse(answer))
    }
}

/// A server that gives the same answer to everyone, and tells what it was asked.
fn server(answer: String) -> (Client, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let (tell, told) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut asked = Vec::new();
            while !is_whole(&asked) {
                let mut part = [0; 4096];
                let length = stream.read(&mut part).unwrap();
                asked.extend_from_slice(&part[..length]);
            }
            tell.send(String::from_utf8(asked).unwrap()).unwrap();
            // A client that has read enough hangs up.
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    let client = Client::new(Environment::Live, "acme-7d2f1a", ClientSecret::new("s3cret").unwrap()).unwrap();
    (client.with_server_origin(&origin).unwrap(), told)
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    body.len() >= length.unwrap_or(0)
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

/// The new access token, or why there is none.
type Renewed = Result<String, Box<dyn std::error::Error + Send + Sync>>;

/// What each of the clients makes of a server that gives this answer to a renewal.
fn renew(answer: &str) -> [Renewed; 2] {
    fn renewed<E: std::error::Error + Send + Sync + 'static>(sent: Result<Result<Tokens, ApiError>, E>) -> Renewed {
        Ok(sent??.access_token.expose().to_owned())
    }
    let refresh_token = RefreshToken::new("r3fresh").unwrap();
    let (client, told) = server(answer.to_owned());
    let ureq = with_ureq::send(&with_ureq::agent(), client.refresh(&refresh_token));
    assert_eq!(told.try_iter().count(), 1, "one request is sent");
    let (client, told) = server(answer.to_owned());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let reqwest =
        runtime.block_on(with_reqwest::send(&with_reqwest::client().unwrap(), client.refresh(&refresh_token)));
    assert_eq!(told.try_iter().count(), 1, "one request is sent");
    [renewed(ureq), renewed(reqwest)]
}

#[test]
fn both_bring_tokens() {
    for token in renew(&answer("200 OK", "", r#"{"access_token":"new","token_type":"Bearer"}"#)) {
        assert_eq!(token.unwrap(), "new");
    }
}

#[test]
fn neither_follows_a_redirect() {
    for status in ["302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"] {
        for token in renew(&answer(status, "Location: /elsewhere\r\n", "")) {
            let error = token.unwrap_err();
            let error = error.downcast_ref::<ApiError>().unwrap_or_else(|| panic!("{status}: {error}"));
            assert_eq!(error.kind, ApiErrorKind::Redirect, "{status}");
        }
    }
}

#[test]
fn both_hand_on_what_a_server_says_of_an_error() {
    let body = r#"{"error":"invalid_grant"}"#;
    for token in renew(&answer("400 Bad Request", "X-TL-Correlation-Id: c1\r\n", body)) {
        let expected = "error from TrueLayer: `invalid_grant` (status 400, correlation id c1)";
        assert_eq!(token.unwrap_err().to_string(), expected);
    }
}

#[test]
fn neither_takes_in_an_answer_without_end() {
    for token in renew(&answer("200 OK", "", &" ".repeat(3 << 20))) {
        let error = token.unwrap_err().to_string();
        assert!(error == "answer longer than its limit (status 200)" || error.contains("limit"), "{error}");
    }
}

#[test]
fn requests_without_a_body_are_sent_as_well() {
    let (client, told) = server(answer("200 OK", "", ""));
    with_ureq::send(&with_ureq::agent(), client.delete_connection(&AccessToken::new("t0ken").unwrap()))
        .unwrap()
        .unwrap();
    let asked = told.recv().unwrap().to_lowercase();
    assert!(asked.starts_with("delete /api/delete http/1.1\r\n") && asked.contains("authorization: bearer t0ken\r\n"));
    let (client, told) = server(answer("200 OK", "", "[]"));
    assert!(with_ureq::send(&with_ureq::agent(), client.providers(&[], &[]).unwrap()).unwrap().unwrap().is_empty());
    assert!(told.recv().unwrap().starts_with("GET /api/providers?clientId=acme-7d2f1a HTTP/1.1\r\n"));
}

#[test]
fn the_guide_shows_these_very_lines() {
    let plain = |text: &str| text.replace("pub(super) ", "").split_whitespace().collect::<String>().replace(",)", ")");
    let guide = plain(include_str!("../docs/guide.md"));
    let own = include_str!("http_clients.rs");
    for name in ["mod with_ureq {", "mod with_reqwest {"] {
        let module = own.split_once(name).unwrap().1.split_once("\n}\n").unwrap().0;
        let shown = plain(module.split_once("use super::Duration;").unwrap().1);
        assert!(shown.len() > 300 && guide.contains(&shown), "{name} differs");
    }
}
