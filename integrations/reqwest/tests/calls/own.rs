//! The properties of this crate alone.

use auth_link::client::RefreshToken;

use super::client::{HttpClient, http, run};
use super::server::{TestServer, no_providers};

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

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
#[test]
fn https_without_tls_is_an_error_that_names_the_features() {
    let server = TestServer::start(vec![no_providers()]);
    let client = server.client().with_server_origin(&server.origin().replace("http:", "https:")).unwrap();
    let error = run(http().read(|| client.providers(&[], &[]))).unwrap_err();
    let help = "\nhelp: for https, enable the feature `rustls` or `native-tls` of `auth-link-reqwest`";
    assert!(error.to_string().ends_with(help), "{error}");
}
