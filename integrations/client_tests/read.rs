//! Reads, which are sent again after an error that passes.

use std::cell::Cell;
use std::thread;
use std::time::{Duration, Instant};

use auth_link::Error;
use auth_link::client::{AccessToken, Client, RequestError};

use super::client::{HttpClient, http, run};
use super::server::{Reply, TestServer, no_providers, response, unavailable};

/// Reads the providers from a server with these replies. Returns the error, the number of requests and the time.
fn read(http: &HttpClient, replies: Vec<Reply>) -> (Option<Error>, usize, Duration) {
    let server = TestServer::start(replies);
    let start = Instant::now();
    let error = run(http.read(|| server.client().providers(&[], &[]))).err();
    (error, server.requests().len(), start.elapsed())
}

#[test]
fn a_read_is_sent_again_after_each_error_that_passes() {
    let replies = [
        unavailable(""),
        unavailable("Retry-After: 0\r\n"),
        response("502 Bad Gateway", "", "<html><title>Bad Gateway</title>"),
        Reply::Drop,
        Reply::CutBody,
    ];
    // All wait at once.
    thread::scope(|scope| {
        for first in replies {
            scope.spawn(move || {
                let (error, requests, time) = read(&http(), vec![first.clone(), no_providers()]);
                assert!(error.is_none(), "{first:?}: {error:?}");
                assert_eq!(requests, 2, "{first:?}");
                assert!(time >= Duration::from_millis(500) && time < Duration::from_secs(5), "{first:?}: {time:?}");
            });
        }
    });
}

#[test]
fn a_read_is_sent_three_times_at_most_and_waits_longer_each_time() {
    let (error, requests, time) = read(&http(), vec![unavailable("")]);
    assert!(matches!(error, Some(Error::Api(error)) if error.status().as_u16() == 503));
    assert_eq!(requests, 3);
    assert!(time >= Duration::from_millis(1500), "{time:?}");
}

#[test]
fn a_read_waits_as_long_as_the_server_says() {
    let (error, requests, time) = read(&http(), vec![unavailable("Retry-After: 2\r\n"), no_providers()]);
    assert!(error.is_none(), "{error:?}");
    assert_eq!(requests, 2);
    assert!(time >= Duration::from_secs(2), "{time:?}");
}

#[test]
fn a_wait_beyond_the_limit_is_returned_at_once() {
    for (http, seconds) in [(http(), 3600), (http().with_max_wait(Duration::from_secs(4)), 5)] {
        let (error, requests, time) = read(&http, vec![unavailable(&format!("Retry-After: {seconds}\r\n"))]);
        let Some(Error::Api(error)) = error else { panic!("{error:?}") };
        assert_eq!(error.retry_after(), Some(Duration::from_secs(seconds)));
        assert_eq!(requests, 1);
        assert!(time < Duration::from_secs(2), "{time:?}");
    }
}

#[test]
fn the_limit_counts_all_waits_together() {
    let http = http().with_max_wait(Duration::from_millis(1500));
    let (error, requests, _) = read(&http, vec![unavailable("Retry-After: 1\r\n")]);
    assert!(matches!(error, Some(Error::Api(_))));
    assert_eq!(requests, 2, "a second wait of a second is too long");
}

#[test]
fn a_limit_of_requests_is_waited_for_only_as_the_server_says() {
    let limit = |headers| response("429 Too Many Requests", headers, r#"{"error":"provider_too_many_requests"}"#);
    let (error, requests, _) = read(&http(), vec![limit(""), no_providers()]);
    assert!(matches!(error, Some(Error::Api(error)) if error.status().as_u16() == 429));
    assert_eq!(requests, 1);
    let (error, requests, time) = read(&http(), vec![limit("Retry-After: 1\r\n"), no_providers()]);
    assert!(error.is_none() && requests == 2 && time >= Duration::from_secs(1), "{error:?} {requests} {time:?}");
}

#[test]
fn another_error_is_final() {
    for (status, code) in [
        ("400 Bad Request", "invalid_date_range"),
        ("401 Unauthorized", "invalid_token"),
        ("501 Not Implemented", "endpoint_not_supported"),
    ] {
        let reply = response(status, "Retry-After: 0\r\n", &format!(r#"{{"error":"{code}"}}"#));
        let (error, requests, _) = read(&http(), vec![reply, no_providers()]);
        assert!(error.is_some() && requests == 1, "{code}: {error:?}");
    }
}

#[test]
fn without_retries_a_read_is_sent_once() {
    for reply in [unavailable("Retry-After: 0\r\n"), Reply::Drop] {
        let (error, requests, _) = read(&http().without_retries(), vec![reply.clone(), no_providers()]);
        assert!(error.is_some() && requests == 1, "{reply:?}: {error:?}");
    }
}

#[test]
fn data_without_a_present_user_is_requested_twice_at_most() {
    let read = |psu_ip: Option<&str>| {
        let server = TestServer::start(vec![unavailable("")]);
        let (client, token) = (server.client(), AccessToken::new("t0ken").unwrap());
        let data = client.data(&token);
        let data = if let Some(ip) = psu_ip { data.with_psu_ip(ip.parse().unwrap()) } else { data };
        assert!(matches!(run(http().read(|| data.balance("acc-1"))), Err(Error::Api(_))));
        server.requests().len()
    };
    // Both wait at once.
    thread::scope(|scope| {
        scope.spawn(|| assert_eq!(read(None), 2));
        scope.spawn(|| assert_eq!(read(Some("203.0.113.7")), 3));
    });
}

#[test]
fn the_call_is_built_for_each_attempt() {
    let server = TestServer::start(vec![unavailable(""), no_providers()]);
    let built = Cell::new(0);
    let call = || {
        built.set(built.get() + 1);
        server.client().providers(&[], &[])
    };
    run(http().read(call)).unwrap();
    assert_eq!(built.get(), 2);
}

#[test]
fn a_call_that_cannot_be_built_is_an_error_and_nothing_is_sent() {
    let server = TestServer::start(vec![no_providers()]);
    let client: Client = server.client();
    let token = AccessToken::new("t0ken").unwrap();
    let error = run(http().read(|| client.data(&token).balance(""))).unwrap_err();
    assert!(matches!(error, Error::Request(RequestError::InvalidAccountId)), "{error:?}");
    assert_eq!(server.requests(), [""; 0]);
}
