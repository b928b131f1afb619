//! The properties of this crate alone.

use auth_link::client::RefreshToken;

use super::client::{HttpClient, http, run};
use super::server::{Reply, TestServer, no_providers, open_response};

#[test]
fn a_future_of_a_call_can_move_to_another_thread() {
    fn check(_: impl Send) {}
    let server = TestServer::start(vec![no_providers()]);
    let http = http();
    let client = server.client();
    check(http.send(client.refresh(&RefreshToken::new("r3fresh").unwrap())));
    check(http.read(|| client.providers(&[], &[])));
}

#[test]
fn settings_that_reqwest_refuses_are_an_error() {
    let error = HttpClient::from_builder(reqwest::Client::builder().user_agent("a\nb")).unwrap_err();
    assert!(error.to_string().starts_with("the HTTP client cannot be built: "), "{error}");
}

#[cfg(not(feature = "rustls"))]
#[test]
fn https_without_tls_is_an_error_that_names_the_feature() {
    let server = TestServer::start(vec![no_providers()]);
    let client = server.client().with_server_origin(&server.origin().replace("http:", "https:")).unwrap();
    let error = run(http().read(|| client.providers(&[], &[]))).unwrap_err();
    let help = "\nhelp: enable TLS for https, such as with the feature `rustls`";
    assert!(error.to_string().ends_with(help), "{error}");
}

#[test]
fn a_request_on_an_open_connection_that_is_dropped_is_sent_once() {
    let tokens = open_response("200 OK", "", r#"{"access_token":"new","token_type":"Bearer"}"#);
    let server = TestServer::start(vec![tokens, Reply::Drop]);
    let (http, client, token) = (http(), server.client(), RefreshToken::new("r3fresh").unwrap());
    let results = run(async { [http.send(client.refresh(&token)).await, http.send(client.refresh(&token)).await] });
    assert!(results[0].is_ok() && results[1].is_err(), "{results:?}");
    assert_eq!((server.requests().len(), server.connections()), (2, 1));
}
