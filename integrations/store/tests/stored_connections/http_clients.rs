//! The HTTP clients as the transport of connections: each request is sent to a server.
#![cfg(any(feature = "reqwest", feature = "ureq"))]

#[allow(dead_code)] // the tests of the HTTP clients use all of it
#[path = "../../../client_tests/server.rs"]
mod server;

use auth_link::Error;
use auth_link::client::RefreshToken;
use auth_link_store::Transport;
use server::{Reply, TestServer, no_providers, open_response};

/// Sends a refresh and two reads, the second of which has no response.
async fn check(http: impl Transport) {
    let tokens = open_response("200 OK", "", r#"{"access_token":"new","token_type":"Bearer"}"#);
    let server = TestServer::start(vec![tokens, no_providers()]);
    let client = server.client();
    let tokens = http.send(client.refresh(&RefreshToken::new("r3fresh").unwrap())).await.unwrap();
    assert_eq!(tokens.access_token.expose(), "new");
    assert!(http.read(|| client.providers(&[], &[])).await.unwrap().is_empty());
    assert_eq!(server.requests().len(), 2);
    let server = TestServer::start(vec![Reply::Drop]);
    let lost = http.send(server.client().refresh(&RefreshToken::new("r3fresh").unwrap())).await;
    assert!(matches!(lost, Err(Error::Transport(_))), "{lost:?}");
}

#[cfg(feature = "reqwest")]
#[tokio::test]
async fn calls_are_sent_with_reqwest() {
    check(auth_link_reqwest::HttpClient::new().unwrap()).await;
}

#[cfg(feature = "ureq")]
#[tokio::test]
async fn calls_are_sent_with_ureq() {
    check(auth_link_ureq::HttpClient::new()).await;
}
