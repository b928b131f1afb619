//! A stored connection: the next step, its consent, and the error of a whole application.
#![cfg(feature = "client")]

use std::time::{Duration, SystemTime};

use auth_link::client::{
    AccessToken, Client, ClientSecret, Connection, Environment, Next, Recovery, RefreshToken, Tokens, TransportError,
    TransportErrorKind,
};
use auth_link::http::{Response, StatusCode};
use auth_link::{Callback, CallbackError, Error};

fn client() -> Client {
    Client::new(Environment::Live, "acme-7d2f1a", ClientSecret::new("s3cret").unwrap()).unwrap()
}

/// Returns the tokens of a refresh with the token `r0`.
fn tokens(json: &str) -> Tokens {
    let call = client().refresh(&RefreshToken::new("r0").unwrap());
    call.parser.parse(Response::new(json.as_bytes())).unwrap()
}

const TOKENS: &str =
    r#"{"access_token":"a1","token_type":"Bearer","expires_in":3600,"refresh_token":"r1","scope":"accounts"}"#;

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 + seconds)
}

fn step(connection: &Connection, seconds: u64) -> String {
    match connection.next(at(seconds)) {
        Next::Use(token) => format!("use {}", token.expose()),
        Next::Refresh(token) => format!("refresh {}", token.expose()),
        other => format!("{other:?}"),
    }
}

#[test]
fn a_connection_uses_its_access_token_and_refreshes_it_a_minute_before_it_expires() {
    let connection = Connection::new(tokens(TOKENS), at(0));
    for (seconds, expected) in [(0, "use a1"), (3539, "use a1"), (3540, "refresh r1"), (1_000_000, "refresh r1")] {
        assert_eq!(step(&connection, seconds), expected, "{seconds}");
    }
    assert_eq!(connection.expires_at(), at(3600));
    let short = Connection::new(tokens(&TOKENS.replace("3600", "30")), at(0));
    assert_eq!([step(&short, 14), step(&short, 15)], ["use a1", "refresh r1"], "half of a short lifetime");
    let unknown = Connection::new(tokens(r#"{"access_token":"a1","token_type":"Bearer"}"#), at(0));
    assert_eq!([step(&unknown, 239), step(&unknown, 240)], ["use a1", "refresh r0"], "five minutes if unknown");
}

#[test]
#[cfg(feature = "serde")]
fn a_connection_without_a_refresh_token_is_used_until_it_expires() {
    let mut json = serde_json::to_value(Connection::new(tokens(TOKENS), at(0))).unwrap();
    json["refresh_token"].take();
    let connection: Connection = serde_json::from_value(json).unwrap();
    assert_eq!([step(&connection, 3599), step(&connection, 3600)], ["use a1", "Reauthorize"]);
    assert!(connection.refresh_token().is_none());
}

#[test]
fn a_refreshed_connection_keeps_its_consent_and_what_the_response_leaves_out() {
    let connection = Connection::new(tokens(TOKENS), at(0)).with_consent_expires_at(at(5000));
    let second = r#"{"access_token":"a2","token_type":"Bearer","expires_in":3600}"#;
    let refreshed = connection.refreshed(tokens(second), at(4000));
    assert_eq!(refreshed.access_token().expose(), "a2");
    assert_eq!(refreshed.refresh_token().unwrap().expose(), "r0", "the one of the request");
    assert_eq!((refreshed.scope(), refreshed.expires_at()), (Some("accounts"), at(7600)));
    let consent = refreshed.consent(at(4000));
    assert_eq!((consent.given_at, consent.expires_at, consent.is_estimated), (at(0), at(5000), false));
    assert_eq!((consent.remaining, consent.is_expired()), (Duration::from_secs(1000), false));
    assert!(refreshed.consent(at(5000)).is_expired());
    let extended = refreshed.extended(tokens(TOKENS), at(6000)).consent(at(6000));
    assert_eq!((extended.given_at, extended.is_estimated), (at(6000), true));
    assert_eq!(extended.remaining, Duration::from_secs(90 * 24 * 3600), "90 days at most banks");
}

#[test]
fn only_the_stored_access_token_is_the_current_one() {
    let connection = Connection::new(tokens(TOKENS), at(0));
    let is_current = |text: &str| connection.is_current(&AccessToken::new(text).unwrap());
    assert_eq!([is_current("a1"), is_current("a2"), is_current("a"), is_current("a11")], [true, false, false, false]);
}

#[test]
fn the_debug_form_of_a_connection_shows_no_token() {
    let connection = Connection::new(tokens(&TOKENS.replace("a1", "hush1").replace("r1", "hush2")), at(0));
    let text = format!("{connection:?} {:?}", connection.next(at(0)));
    assert!(!text.contains("hush") && text.contains("accounts"), "{text}");
}

#[test]
#[cfg(feature = "serde")]
fn a_connection_and_tokens_can_be_stored() {
    let connection = Connection::new(tokens(TOKENS), at(0)).with_consent_expires_at(at(9));
    let json = serde_json::to_string(&connection).unwrap();
    let read: Connection = serde_json::from_str(&json).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), json);
    assert_eq!(step(&read, 0), "use a1");
    assert_eq!(read.consent(at(0)), connection.consent(at(0)));
    let later = json.replacen('{', r#"{"new":[{}],"#, 1);
    assert!(serde_json::from_str::<Connection>(&later).is_ok(), "a later release may add a member");
    for (from, to) in
        [("\"access_token\"", "\"x\""), ("\"a1\"", "\"a 1\""), ("1000000", "-1"), ("{", r#"{"expires_at":1,"#)]
    {
        let invalid = json.replacen(from, to, 1);
        assert_ne!(invalid, json);
        assert!(serde_json::from_str::<Connection>(&invalid).is_err(), "{invalid}");
    }
    let huge: Connection = serde_json::from_str(&json.replace("1000000", &u64::MAX.to_string())).unwrap();
    let _ = (huge.consent(at(0)), step(&huge, 0), format!("{huge:?}"));
    let without_refresh: Tokens = serde_json::from_str(r#"{"access_token":"a2"}"#).unwrap();
    let refreshed = read.refreshed(without_refresh, at(1));
    assert_eq!((refreshed.access_token().expose(), refreshed.refresh_token().unwrap().expose()), ("a2", "r1"));
    let tokens = tokens(TOKENS);
    let read: Tokens = serde_json::from_str(&serde_json::to_string(&tokens).unwrap()).unwrap();
    assert_eq!((read.access_token.expose(), read.expires_in), ("a1", tokens.expires_in));
    assert_eq!((read.scope(), read.refresh_token.as_ref().unwrap().expose()), (Some("accounts"), "r1"));
}

#[test]
fn one_error_holds_each_error_and_says_how_to_recover() {
    fn api(status: u16, body: &str) -> Error {
        let call = client().refresh(&RefreshToken::new("r0").unwrap());
        let mut response = Response::new(body.as_bytes().to_vec());
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        call.parser.parse(response).unwrap_err().into()
    }
    let denied = Error::from(Callback::from_query("error=access_denied").unwrap_err());
    assert!(denied.is_cancelled() && !Error::from(CallbackError::MissingState).is_cancelled());
    let invalid = || "x y".parse::<AccessToken>().unwrap_err();
    for (error, recovery, status) in [
        (denied, Recovery::Reauthorize, 403),
        (CallbackError::StateMismatch.into(), Recovery::Reauthorize, 400),
        (api(503, "{}"), Recovery::RetryLater, 503),
        (api(400, r#"{"error":"invalid_grant"}"#), Recovery::Reauthorize, 502),
        (invalid().into(), Recovery::Fail, 500),
        (Error::Transport(TransportError::new(TransportErrorKind::Connect, "refused")), Recovery::RetryLater, 503),
        (Error::Transport(TransportError::new(TransportErrorKind::Setup, "proxy")), Recovery::Fail, 503),
        (Error::Transport(TransportError::new(TransportErrorKind::MissingTls, "no TLS")), Recovery::Fail, 503),
        (Error::NotConnected, Recovery::Reauthorize, 400),
        (Error::Store("altered".into()), Recovery::Fail, 500),
        (Error::StoreUnavailable("busy".into()), Recovery::RetryLater, 503),
    ] {
        assert_eq!((error.recovery(), error.status().as_u16()), (recovery, status), "{error}");
    }
    assert_eq!(Error::from(invalid()).to_string(), invalid().to_string());
    assert_eq!(Error::Transport(TransportError::new(TransportErrorKind::Connect, "refused")).to_string(), "refused");
}

/// An error with a source.
#[derive(Debug)]
struct Failed(std::fmt::Error);

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("failed")
    }
}

impl std::error::Error for Failed {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

#[test]
fn an_error_passes_on_the_wait_of_a_response_and_the_source_of_a_store() {
    let call = client().refresh(&RefreshToken::new("r0").unwrap());
    let response = Response::builder().status(503).header("retry-after", "7").body(b"{}".to_vec()).unwrap();
    let error = Error::from(call.parser.parse(response).unwrap_err());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(Error::StoreUnavailable("busy".into()).retry_after(), None);
    let failed = || Box::new(Failed(std::fmt::Error));
    for error in [Error::Store(failed()), Error::StoreUnavailable(failed())] {
        assert_eq!(error.to_string(), "the store failed: failed");
        assert_eq!(std::error::Error::source(&error).unwrap().to_string(), std::fmt::Error.to_string());
    }
    assert!(std::error::Error::source(&Error::NotConnected).is_none());
}
