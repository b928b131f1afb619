//! The further attempts of a read: after which errors, how many, and their waits.
#![cfg(feature = "data")]

use std::time::Duration;

use auth_link::Error;
use auth_link::client::{
    AccessToken, Call, Client, ClientSecret, Environment, RefreshToken, Retries, TransportError, TransportErrorKind,
};
use auth_link::http::Response;

fn client() -> Client {
    Client::new(Environment::Live, "acme-7d2f1a", ClientSecret::new("s3cret").unwrap()).unwrap()
}

/// Returns the error of a response to a read.
fn api(status: u16, retry_after: &str, body: &str) -> Error {
    let response = Response::builder().status(status).header("retry-after", retry_after).body(body.as_bytes().to_vec());
    client().providers(&[], &[]).unwrap().parser.parse(response.unwrap()).unwrap_err().into()
}

fn transport(kind: TransportErrorKind) -> TransportError {
    TransportError::new(kind, "failed")
}

/// Returns the waits of a call whose attempts all fail with the error.
fn waits<T>(call: &Call<T>, max_wait: u64, error: &Error) -> Vec<Duration> {
    let mut retries = Retries::of(call, Duration::from_secs(max_wait));
    std::iter::from_fn(|| retries.next_wait(error)).take(10).collect()
}

#[test]
fn a_read_has_two_further_attempts_one_without_the_user_and_a_write_none() {
    let (client, token) = (client(), AccessToken::new("t0ken").unwrap());
    let error = Error::from(transport(TransportErrorKind::Interrupted));
    let data = client.data(&token);
    assert_eq!(waits(&data.accounts().unwrap(), 30, &error).len(), 1);
    assert_eq!(waits(&data.with_psu_ip([203, 0, 113, 7].into()).accounts().unwrap(), 30, &error).len(), 2);
    assert_eq!(waits(&client.providers(&[], &[]).unwrap(), 30, &error).len(), 2);
    assert_eq!(waits(&client.refresh(&RefreshToken::new("r3fresh").unwrap()), 30, &error).len(), 0);
    assert_eq!(waits(&client.delete_connection(&token), 30, &error).len(), 0);
}

#[test]
fn a_wait_is_that_of_the_response_or_about_a_second_and_then_two() {
    let call = client().providers(&[], &[]).unwrap();
    let waits = |max_wait, error: &Error| waits(&call, max_wait, error);
    let [first, second] = waits(30, &transport(TransportErrorKind::Connect).into()).try_into().unwrap();
    assert!((Duration::from_millis(500)..=Duration::from_secs(1)).contains(&first), "{first:?}");
    assert!((Duration::from_secs(1)..=Duration::from_secs(2)).contains(&second), "{second:?}");
    let [first, second] = waits(30, &api(503, "", "{}")).try_into().unwrap();
    assert!(first <= Duration::from_secs(1) && second >= Duration::from_secs(1), "{first:?} {second:?}");
    let seconds = Duration::from_secs;
    assert_eq!(waits(30, &api(503, "7", "{}")), [seconds(7), seconds(7)]);
    assert_eq!(waits(30, &api(429, "7", "{}")), [seconds(7), seconds(7)]);
    assert_eq!(waits(13, &api(503, "7", "{}")), [seconds(7)], "all waits have a limit");
    assert!(waits(6, &api(503, "7", "{}")).is_empty());
}

#[test]
fn an_error_that_another_attempt_would_have_too_is_final() {
    let call = client().providers(&[], &[]).unwrap();
    for error in [
        api(429, "", "{}"),
        api(400, "1", r#"{"error":"invalid_request"}"#),
        transport(TransportErrorKind::Timeout).into(),
        transport(TransportErrorKind::Setup).into(),
        transport(TransportErrorKind::MissingTls).into(),
        Error::NotConnected,
    ] {
        assert!(waits(&call, 30, &error).is_empty(), "{error}");
    }
}

#[test]
fn a_request_may_have_been_sent_before_a_timeout_or_an_interruption() {
    use TransportErrorKind::{Connect, Interrupted, MissingTls, Setup, Timeout};
    let kinds = [Setup, MissingTls, Connect, Timeout, Interrupted].map(transport);
    assert_eq!(kinds.each_ref().map(TransportError::may_have_been_sent), [false, false, false, true, true]);
    assert_eq!(kinds.each_ref().map(TransportError::is_transient), [false, false, true, false, true]);
}
