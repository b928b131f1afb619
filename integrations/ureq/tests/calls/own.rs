//! The properties of this crate alone.

use std::time::{Duration, Instant};

use auth_link::client::RefreshToken;

use super::client::{HttpClient, http};
use super::server::{Reply, TestServer, open_response};

#[test]
fn the_timeout_of_an_agent_is_kept() {
    let server = TestServer::start(vec![Reply::Silence]);
    let config = ureq::Agent::config_builder().timeout_global(Some(Duration::from_millis(200)));
    let start = Instant::now();
    let error = HttpClient::from_agent(config.build().into()).send(server.client().tracking_token()).unwrap_err();
    assert!(error.to_string().contains("timeout") && start.elapsed() < Duration::from_secs(10), "{error}");
}

#[test]
fn a_request_on_an_open_connection_that_is_dropped_is_sent_once() {
    let tokens = open_response("200 OK", "", r#"{"access_token":"new","token_type":"Bearer"}"#);
    let server = TestServer::start(vec![tokens, Reply::Drop]);
    let (http, client, token) = (http(), server.client(), RefreshToken::new("r3fresh").unwrap());
    let results = [http.send(client.refresh(&token)), http.send(client.refresh(&token))];
    assert!(results[0].is_ok() && results[1].is_err(), "{results:?}");
    assert_eq!((server.requests().len(), server.connections()), (2, 1));
}

#[test]
fn the_default_client_sends_a_call() {
    let tokens = open_response("200 OK", "", r#"{"access_token":"new","token_type":"Bearer"}"#);
    let server = TestServer::start(vec![tokens]);
    let token = RefreshToken::new("r3fresh").unwrap();
    let tokens = HttpClient::default().send(server.client().refresh(&token)).unwrap();
    assert_eq!(tokens.access_token.expose(), "new");
}
