//! Calls that are sent once, to a server that fails in each way.

use std::time::{Duration, Instant};

use auth_link::Error;
use auth_link::client::{TransportError, TransportErrorKind};

use super::client::{HttpClient, clients, http, run};
use super::server::{Reply, TestServer, no_providers, response, unavailable};
use auth_link::client::{AccessToken, ApiErrorKind, ClientSecret, RefreshToken, Tokens};
use auth_link::{AuthLink, AuthorizationCode, Callback, auth_link};

static CONNECT: AuthLink =
    auth_link!(client_id = "acme-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = [accounts],);

fn refresh_token() -> RefreshToken {
    RefreshToken::new("r3fresh-r3fresh").unwrap()
}

fn refresh(http: &HttpClient, server: &TestServer) -> Result<Tokens, Error> {
    run(http.send(server.client().refresh(&refresh_token())))
}

/// Exchanges a code.
fn exchange(http: &HttpClient, server: &TestServer) -> Result<Tokens, Error> {
    let client =
        CONNECT.client(ClientSecret::new("s3cret-s3cret").unwrap()).with_server_origin(server.origin()).unwrap();
    run(http.send(client.exchange(code()).unwrap()))
}

fn code() -> AuthorizationCode {
    let request = CONNECT.begin().unwrap();
    let state = request.url.split(['?', '&']).find_map(|parameter| parameter.strip_prefix("state=")).unwrap();
    let query = format!("code=c0de-c0de&state={state}");
    request.pending.finish(Callback::from_query(&query).unwrap()).unwrap()
}

/// Returns the error of the transport. It shows no secret.
fn transport(error: &Error) -> &TransportError {
    let Error::Transport(inner) = error else { panic!("{error}") };
    for secret in ["s3cret", "r3fresh", "c0de", "t0ken", "clientId", "connect/token", "acc-1"] {
        assert!(!format!("{error} {error:?}").contains(secret), "{error:?}");
    }
    inner
}

#[test]
fn an_exchange_and_a_refresh_return_tokens() {
    let server = TestServer::start(vec![response("200 OK", "", r#"{"access_token":"new","token_type":"Bearer"}"#)]);
    assert_eq!(exchange(&http(), &server).unwrap().access_token.expose(), "new");
    assert_eq!(refresh(&http(), &server).unwrap().access_token.expose(), "new");
    let requests = server.requests();
    assert!(requests[0].contains("code=c0de-c0de") && requests[1].contains("refresh_token=r3fresh-r3fresh"));
}

#[test]
fn a_connection_is_deleted() {
    let server = TestServer::start(vec![response("200 OK", "", "")]);
    run(http().send(server.client().delete_connection(&AccessToken::new("t0ken").unwrap()))).unwrap();
    let request = server.requests()[0].to_lowercase();
    assert!(request.starts_with("delete /api/delete") && request.contains("authorization: bearer t0ken\r\n"));
}

#[test]
fn a_redirect_to_another_host_is_an_error_and_the_host_gets_nothing() {
    for status in
        ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"]
    {
        let other = TestServer::start(vec![no_providers()]);
        let location = other.origin().replace("127.0.0.1", "localhost");
        let server = TestServer::start(vec![response(status, &format!("Location: {location}/\r\n"), "")]);
        for http in clients() {
            let Error::Api(error) = refresh(&http, &server).unwrap_err() else { panic!("{status}") };
            assert_eq!(error.kind, ApiErrorKind::Redirect, "{status}");
            let read = run(http.read(|| server.client().providers(&[], &[])));
            assert!(matches!(read, Err(Error::Api(error)) if error.kind == ApiErrorKind::Redirect), "{status}");
        }
        assert_eq!(other.requests(), [""; 0], "{status}");
        assert_eq!(server.requests().len(), 2 * clients().len(), "{status}");
    }
}

#[test]
fn an_exchange_and_a_refresh_are_sent_once_whatever_the_reply() {
    for reply in [unavailable("Retry-After: 0\r\n"), Reply::Drop, Reply::CutBody] {
        let server = TestServer::start(vec![reply.clone()]);
        for http in clients() {
            assert!(exchange(&http, &server).is_err(), "{reply:?}");
            assert!(refresh(&http, &server).is_err(), "{reply:?}");
            // Not even as a read.
            assert!(run(http.read(|| Ok(server.client().refresh(&refresh_token())))).is_err(), "{reply:?}");
            let token = AccessToken::new("t0ken").unwrap();
            assert!(run(http.read(|| Ok(server.client().delete_connection(&token)))).is_err(), "{reply:?}");
        }
        assert_eq!(server.requests().len(), 4 * clients().len(), "{reply:?}");
    }
}

#[test]
fn a_get_is_sent_once_by_send() {
    let server = TestServer::start(vec![unavailable("Retry-After: 0\r\n"), no_providers()]);
    assert!(matches!(run(http().send(server.client().providers(&[], &[]).unwrap())), Err(Error::Api(_))));
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn an_error_of_the_server_keeps_its_status_and_id() {
    let reply = response("400 Bad Request", "X-TL-Correlation-Id: c1\r\n", r#"{"error":"invalid_grant"}"#);
    let error = refresh(&http(), &TestServer::start(vec![reply])).unwrap_err();
    assert_eq!(error.to_string(), "error from TrueLayer: `invalid_grant` (status 400, correlation id c1)");
}

#[test]
fn a_response_beyond_the_limit_is_an_error_and_is_not_read_to_its_end() {
    let server = TestServer::start(vec![Reply::Flood]);
    let Error::Api(error) = refresh(&http(), &server).unwrap_err() else { panic!() };
    assert_eq!(error.kind, ApiErrorKind::TooLong);
    // The rest of the bytes is in the buffers of the connection.
    assert!(server.sent() < 20 << 20, "{} bytes", server.sent());
}

#[test]
fn a_response_of_exactly_the_limit_is_read() {
    let body = r#"{"access_token":"new","token_type":"Bearer"}"#.to_owned();
    let body = format!("{body}{}", " ".repeat((1 << 20) - body.len()));
    let server = TestServer::start(vec![response("200 OK", "", &body), response("200 OK", "", &(body + " "))]);
    assert_eq!(refresh(&http(), &server).unwrap().access_token.expose(), "new");
    assert!(matches!(refresh(&http(), &server), Err(Error::Api(error)) if error.kind == ApiErrorKind::TooLong));
}

#[test]
fn a_slow_response_is_a_timeout_and_is_not_requested_again() {
    for reply in [Reply::Silence, Reply::Drip] {
        let server = TestServer::start(vec![reply.clone()]);
        let http = http().with_timeout(Duration::from_millis(300));
        let start = Instant::now();
        let error = run(http.read(|| server.client().providers(&[], &[]))).unwrap_err();
        assert_eq!(transport(&error).kind(), TransportErrorKind::Timeout, "{reply:?}: {error}");
        let took = start.elapsed();
        assert!(took >= Duration::from_millis(300) && took < Duration::from_secs(10), "{reply:?}: {took:?}");
        assert_eq!(server.requests().len(), 1, "{reply:?}");
    }
}

#[test]
fn a_refused_connection_is_an_error_with_the_host_alone() {
    let server = TestServer::start(vec![no_providers()]);
    // Nothing listens at this port, and no system chooses it.
    let client = server.client().with_server_origin("http://127.0.0.1:1").unwrap();
    let error = run(http().send(client.refresh(&refresh_token()))).unwrap_err();
    assert_eq!(transport(&error).kind(), TransportErrorKind::Connect, "{error}");
    let text = error.to_string();
    assert!(text.starts_with("request to `127.0.0.1:1` failed: "), "{text}");
    assert!(text.to_lowercase().contains("connection refused"), "{text}");
    let token = AccessToken::new("t0ken").unwrap();
    let error = run(http().without_retries().read(|| client.data(&token).balance("acc-1"))).unwrap_err();
    assert_eq!(transport(&error).kind(), TransportErrorKind::Connect, "{error}");
}

#[test]
fn a_dropped_connection_is_an_error_after_which_the_request_may_have_arrived() {
    for reply in [Reply::Drop, Reply::CutBody] {
        let error = refresh(&http(), &TestServer::start(vec![reply.clone()])).unwrap_err();
        assert_eq!(transport(&error).kind(), TransportErrorKind::Interrupted, "{reply:?}: {error}");
    }
}

#[test]
fn https_without_a_tls_connection_is_an_error() {
    let server = TestServer::start(vec![no_providers()]);
    let client = server.client().with_server_origin(&server.origin().replace("http:", "https:")).unwrap();
    for http in clients() {
        let error =
            run(http.with_timeout(Duration::from_millis(300)).send(client.refresh(&refresh_token()))).unwrap_err();
        assert!(error.to_string().starts_with(&format!("request to `{}` failed: ", &server.origin()[7..])), "{error}");
        transport(&error);
    }
    assert_eq!(server.requests(), [""; 0]);
}

#[test]
fn any_timeout_is_accepted() {
    let server = TestServer::start(vec![response("200 OK", "", r#"{"access_token":"new","token_type":"Bearer"}"#)]);
    assert!(refresh(&http().with_timeout(Duration::MAX), &server).is_ok());
    let silent = TestServer::start(vec![Reply::Silence]);
    let error = refresh(&http().with_timeout(Duration::ZERO), &silent).unwrap_err();
    assert_eq!(transport(&error).kind(), TransportErrorKind::Timeout, "{error}");
}
