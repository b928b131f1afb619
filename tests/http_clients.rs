//! The two HTTP clients of the guide: they follow no redirect, have a timeout, and return responses of every status.
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
        let mut received = client.execute(call.request.map(RequestBody::expose).try_into()?).await?;
        let mut response = http::Response::new(Vec::new());
        *response.status_mut() = received.status();
        *response.headers_mut() = std::mem::take(received.headers_mut());
        while response.body().len() <= call.parser.max_body_len()
            && let Some(part) = received.chunk().await?
        {
            response.body_mut().extend_from_slice(&part);
        }
        Ok(call.parser.parse(response))
    }
}

/// Starts a server with one response to every request. The receiver returns the requests.
fn server(response: String) -> (Client, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let (sender, requests) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = Vec::new();
            while !is_complete(&request) {
                let mut part = [0; 4096];
                let length = stream.read(&mut part).unwrap();
                request.extend_from_slice(&part[..length]);
            }
            sender.send(String::from_utf8(request).unwrap()).unwrap();
            // A client that reached its limit closes the connection.
            let _ = stream.write_all(response.as_bytes());
        }
    });
    let client = Client::new(Environment::Live, "acme-7d2f1a", ClientSecret::new("s3cret").unwrap()).unwrap();
    (client.with_server_origin(&origin).unwrap(), requests)
}

fn is_complete(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    body.len() >= length.unwrap_or(0)
}

fn response(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

/// The new access token, or the error of the refresh.
type Refreshed = Result<String, Box<dyn std::error::Error + Send + Sync>>;

/// Refreshes with each of the clients, at a server with this response.
fn refresh(response: &str) -> [Refreshed; 2] {
    fn access_token<E: std::error::Error + Send + Sync + 'static>(
        sent: Result<Result<Tokens, ApiError>, E>,
    ) -> Refreshed {
        Ok(sent??.access_token.expose().to_owned())
    }
    let refresh_token = RefreshToken::new("r3fresh").unwrap();
    let (client, requests) = server(response.to_owned());
    let ureq = with_ureq::send(&with_ureq::agent(), client.refresh(&refresh_token));
    assert_eq!(requests.try_iter().count(), 1, "one request is sent");
    let (client, requests) = server(response.to_owned());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let reqwest =
        runtime.block_on(with_reqwest::send(&with_reqwest::client().unwrap(), client.refresh(&refresh_token)));
    assert_eq!(requests.try_iter().count(), 1, "one request is sent");
    [access_token(ureq), access_token(reqwest)]
}

#[test]
fn both_clients_return_tokens() {
    for token in refresh(&response("200 OK", "", r#"{"access_token":"new","token_type":"Bearer"}"#)) {
        assert_eq!(token.unwrap(), "new");
    }
}

#[test]
fn neither_client_follows_a_redirect() {
    for status in ["302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"] {
        for token in refresh(&response(status, "Location: /elsewhere\r\n", "")) {
            let error = token.unwrap_err();
            let error = error.downcast_ref::<ApiError>().unwrap_or_else(|| panic!("{status}: {error}"));
            assert_eq!(error.kind, ApiErrorKind::Redirect, "{status}");
        }
    }
}

#[test]
fn both_clients_return_an_error_of_the_server() {
    let body = r#"{"error":"invalid_grant"}"#;
    for token in refresh(&response("400 Bad Request", "X-TL-Correlation-Id: c1\r\n", body)) {
        let expected = "error from TrueLayer: `invalid_grant` (status 400, correlation id c1)";
        assert_eq!(token.unwrap_err().to_string(), expected);
    }
}

#[test]
fn neither_client_reads_a_response_beyond_the_limit() {
    for token in refresh(&response("200 OK", "", &" ".repeat(3 << 20))) {
        let error = token.unwrap_err().to_string();
        assert!(error == "response body longer than the limit (status 200)" || error.contains("limit"), "{error}");
    }
}

#[test]
fn requests_without_a_body_are_sent() {
    let (client, requests) = server(response("200 OK", "", ""));
    with_ureq::send(&with_ureq::agent(), client.delete_connection(&AccessToken::new("t0ken").unwrap()))
        .unwrap()
        .unwrap();
    let request = requests.recv().unwrap().to_lowercase();
    assert!(
        request.starts_with("delete /api/delete http/1.1\r\n") && request.contains("authorization: bearer t0ken\r\n")
    );
    let (client, requests) = server(response("200 OK", "", "[]"));
    assert!(with_ureq::send(&with_ureq::agent(), client.providers(&[], &[]).unwrap()).unwrap().unwrap().is_empty());
    assert!(requests.recv().unwrap().starts_with("GET /api/providers?clientId=acme-7d2f1a HTTP/1.1\r\n"));
}

#[test]
fn the_guide_contains_the_tested_functions() {
    let plain = |text: &str| text.replace("pub(super) ", "").split_whitespace().collect::<String>().replace(",)", ")");
    let guide = plain(include_str!("../docs/guide.md"));
    let own = include_str!("http_clients.rs");
    for name in ["mod with_ureq {", "mod with_reqwest {"] {
        let module = own.split_once(name).unwrap().1.split_once("\n}\n").unwrap().0;
        let code = plain(module.split_once("use super::Duration;").unwrap().1);
        assert!(code.len() > 300 && guide.contains(&code), "{name} differs");
    }
}
