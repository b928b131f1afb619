//! The token endpoint: the exchange of a code, the refresh of tokens, and the responses to them.
#![cfg(feature = "client")]

use std::time::{Duration, SystemTime};

use auth_link::client::{
    AccessToken, ApiError, ApiErrorKind, Call, Client, ClientSecret, Environment, Recovery, RefreshToken, RequestBody,
    RequestError, Tokens,
};
use auth_link::pkce::CodeVerifier;
use auth_link::{AuthLink, AuthorizationCode, Callback, PendingAuthorization, auth_link};
use http::{Method, Request, Response, StatusCode};

static CONNECT: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback?tenant=a%20b+c",
    scope = [accounts, balance, offline_access],
);

const SECRET: &str = "s3cret+&=%/e";

fn secret() -> ClientSecret {
    ClientSecret::new(SECRET).unwrap()
}

fn finish(pending: PendingAuthorization, query: &str) -> AuthorizationCode {
    let stored = pending.expose();
    let state = stored.split('.').nth(1).unwrap();
    pending.finish(Callback::from_query(&format!("{query}&state={state}")).unwrap()).unwrap()
}

fn code() -> AuthorizationCode {
    finish(CONNECT.begin_with_entropy([7; 48]).pending, "code=c%2B1&scope=accounts+balance")
}

fn exchange() -> Call<Tokens> {
    CONNECT.client(secret()).exchange(code()).unwrap()
}

fn respond(status: u16, body: &str) -> Response<String> {
    Response::builder().status(status).body(body.to_owned()).unwrap()
}

fn form(request: Request<RequestBody>) -> Vec<(String, String)> {
    assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(request.headers()["accept"], "application/json");
    let body = request.map(RequestBody::expose).into_body();
    url::form_urlencoded::parse(&body).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

fn pairs<const N: usize>(expected: [(&str, &str); N]) -> Vec<(String, String)> {
    expected.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
}

#[test]
fn a_code_is_exchanged_with_the_values_of_its_authorization() {
    let call = exchange();
    assert_eq!(call.request.method(), Method::POST);
    assert_eq!(call.request.uri(), "https://auth.truelayer.com/connect/token");
    let code = code();
    let expected = [
        ("grant_type", "authorization_code"),
        ("client_id", "acme-7d2f1a"),
        ("client_secret", SECRET),
        ("code", "c+1"),
        ("redirect_uri", "https://app.example.com/callback?tenant=a%20b+c"),
        ("code_verifier", code.expose_verifier().unwrap()),
    ];
    assert_eq!(form(call.request), pairs(expected));
}

#[test]
fn a_stored_authorization_is_exchanged_like_a_new_one() {
    let pending: PendingAuthorization = CONNECT.begin_with_entropy([7; 48]).pending.expose().parse().unwrap();
    let stored = CONNECT.client(secret()).exchange(finish(pending, "code=c%2B1")).unwrap();
    assert_eq!(form(stored.request), form(exchange().request));
    let tokens = stored.parser.parse(respond(200, r#"{"access_token":"a","token_type":"Bearer","scope":"accounts"}"#));
    assert_eq!(tokens.unwrap().missing_scopes().collect::<Vec<_>>(), ["balance", "offline_access"]);
}

#[test]
fn an_exchange_without_pkce_sends_no_verifier() {
    let link = auth_link!(
        client_id = "acme-7d2f1a",
        redirect_uri = "https://app.example.com/callback",
        scope = [accounts],
        pkce = false,
    );
    let call = link.client(secret()).exchange(finish(link.begin().unwrap().pending, "code=c")).unwrap();
    assert!(form(call.request).iter().all(|(name, _)| name != "code_verifier"));
}

#[test]
fn an_exchange_without_the_applications_own_verifier_is_refused() {
    let verifier = || "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".parse::<CodeVerifier>().unwrap();
    let request = CONNECT.begin_with_challenge((&verifier()).into()).unwrap();
    let client = CONNECT.client(secret());
    let error = client.exchange(finish(request.pending, "code=c")).unwrap_err();
    assert!(matches!(error.error, RequestError::MissingVerifier));
    assert!(error.to_string().starts_with("missing code verifier\nhelp: add the verifier "), "{error}");
    let mut code = *error.code;
    code.add_verifier(verifier()).unwrap();
    let sent = form(client.exchange(code).unwrap().request);
    assert_eq!(sent.last().unwrap().1, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
}

#[test]
fn a_code_of_another_client_or_server_makes_no_request() {
    let stored = CONNECT.begin_with_entropy([7; 48]).pending.expose();
    let altered = |from: &str, to: &str| {
        let text = stored.replace(from, to);
        assert_ne!(text, stored);
        finish(text.parse().unwrap(), "code=c")
    };
    let client = CONNECT.client(secret());
    for evil in [
        "https://auth.evil.example",
        "https://auth.truelayer.com.evil.example",
        "https://auth.truelayer.com:444",
        "https://auth.truelayer-sandbox.com",
        "http://localhost:8080",
    ] {
        let error = client.exchange(altered("https://auth.truelayer.com", evil)).unwrap_err();
        assert!(matches!(error.error, RequestError::ServerMismatch), "{evil}");
        assert_eq!(error.to_string(), "the authorization belongs to another auth server");
        assert_eq!(error.code.expose(), "c", "the error contains the code");
    }
    let error = client.exchange(altered("acme-7d2f1a", "evil-7d2f1a")).unwrap_err();
    assert!(matches!(error.error, RequestError::ClientMismatch));
    assert_eq!(error.to_string(), "the authorization belongs to another client id");
    // The client of the other server accepts it.
    let link = CONNECT.with_auth_server("http://localhost:8080").unwrap();
    let code = altered("https://auth.truelayer.com", "http://localhost:8080");
    assert_eq!(link.client(secret()).exchange(code).unwrap().request.uri(), "http://localhost:8080/connect/token");
}

#[test]
fn tokens_are_refreshed_without_a_link() {
    let client = Client::new(Environment::Sandbox, "sandbox-acme-7d2f1a", secret()).unwrap();
    let old = RefreshToken::new("old+/=").unwrap();
    let call = client.refresh(&old);
    assert_eq!(call.request.uri(), "https://auth.truelayer-sandbox.com/connect/token");
    let expected = [
        ("grant_type", "refresh_token"),
        ("client_id", "sandbox-acme-7d2f1a"),
        ("client_secret", SECRET),
        ("refresh_token", "old+/="),
    ];
    assert_eq!(form(call.request), pairs(expected));
    let tokens = call.parser.parse(respond(200, r#"{"access_token":"a","token_type":"bearer"}"#)).unwrap();
    assert_eq!(tokens.refresh_token.unwrap().expose(), "old+/=", "a response without a new one keeps the old one");
    let body = r#"{"access_token":"a","token_type":"bearer","refresh_token":"new"}"#;
    let tokens = client.refresh(&old).parser.parse(respond(200, body)).unwrap();
    assert_eq!(tokens.refresh_token.as_ref().unwrap().expose(), "new");
    for invalid in [r#""""#, "false", "null", "{}", r#""n\u00e9w""#] {
        let body = format!(r#"{{"access_token":"a","token_type":"bearer","refresh_token":{invalid}}}"#);
        let tokens = client.refresh(&old).parser.parse(respond(200, &body)).unwrap();
        assert_eq!(tokens.refresh_token.unwrap().expose(), "old+/=", "{invalid} is no new one");
    }
    assert_eq!((tokens.scope(), tokens.missing_scopes().count()), (None, 0), "the scopes are unknown");
}

#[test]
fn an_invalid_client_id_or_environment_is_refused() {
    let error = |environment, id: &str| Client::new(environment, id, secret()).unwrap_err().to_string();
    assert!(error(Environment::Live, "sandbox-acme-7d2f1a").starts_with("`client_id` belongs to the sandbox"));
    assert!(error(Environment::Live, "<client id>").starts_with("unexpected "));
    assert!(error(Environment::Live, "").starts_with("empty `client_id`"));
    assert_eq!("live".parse::<Environment>().unwrap(), Environment::Live);
    assert_eq!("sandbox".parse::<Environment>().unwrap(), Environment::Sandbox);
    for invalid in ["", "Live", "production"] {
        assert!(invalid.parse::<Environment>().is_err(), "{invalid}");
    }
}

#[test]
fn a_client_accepts_a_second_origin_of_a_mock_server() {
    let link: AuthLink = auth_link!(
        client_id = "sandbox-acme-7d2f1a",
        redirect_uri = "https://app.example.com/callback",
        scope = [accounts],
        auth_server = "http://localhost:8080",
    );
    let client = link.client(secret()).with_server_origin("http://mock.internal:80/").unwrap();
    let code = finish(link.begin().unwrap().pending, "code=c");
    assert_eq!(client.exchange(code).unwrap().request.uri(), "http://mock.internal/connect/token");
    for invalid in ["http://auth.example.com", "oauth:80", "https://a.example/path", "https://u@a.example", ""] {
        assert!(client.with_server_origin(invalid).is_err(), "{invalid}");
    }
}

/// How an origin without TLS is accepted.
#[derive(Debug, PartialEq)]
enum Verdict {
    Accepted,
    /// For a client id of the sandbox, with a warning.
    Sandbox,
    Refused,
}

#[test]
fn only_a_client_of_the_sandbox_sends_its_secret_without_tls_beyond_this_machine() {
    use Verdict::{Accepted, Refused, Sandbox};
    let link: AuthLink = auth_link!(
        client_id = "sandbox-acme-7d2f1a",
        redirect_uri = "https://app.example.com/callback",
        scope = [accounts],
        providers = [uk_cs_mock],
    );
    for (origin, expected) in [
        ("http://localhost:8080", Accepted),
        ("http://app.localhost", Accepted),
        ("http://127.0.0.1:8080", Accepted),
        ("http://[::1]:8080", Accepted),
        ("https://auth.example.com", Accepted),
        ("https://10.1.2.3", Accepted),
        ("http://10.1.2.3:8080", Sandbox),
        ("http://192.168.0.1", Sandbox),
        ("http://[fd00::1]", Sandbox),
        ("http://[::ffff:10.0.0.1]", Sandbox),
        ("http://mock.internal", Sandbox),
        ("http://mock.test", Sandbox),
        ("http://mock.home.arpa", Sandbox),
        ("http://xn--80ak6aa92e.local", Sandbox),
        // No RFC reserves these names for private networks.
        ("http://auth", Refused),
        ("http://ai", Refused),
        ("http://proxy.corp", Refused),
        ("http://proxy.lan", Refused),
        ("http://x.private", Refused),
        ("http://stub.ns.svc", Refused),
        ("http://evil.example", Refused),
        ("http://localhost.evil.example", Refused),
        ("http://100.64.0.1", Refused),
        ("http://8.8.8.8", Refused),
        ("http://[::ffff:8.8.8.8]", Refused),
        // Link-local and unspecified addresses, and other forms of an address.
        ("http://169.254.169.254", Refused),
        ("https://169.254.169.254", Refused),
        ("http://[fe80::1]", Refused),
        ("http://0.0.0.0", Refused),
        ("http://2130706433", Refused),
        ("http://127.1", Refused),
    ] {
        let verdict = |is_live, is_sandbox| match (is_live, is_sandbox) {
            (true, true) => Accepted,
            (false, true) => Sandbox,
            (false, false) => Refused,
            (true, false) => unreachable!("{origin}: a live client is allowed more"),
        };
        let moved = |link: &AuthLink| link.client(secret()).with_server_origin(origin).is_ok();
        assert_eq!(verdict(moved(&CONNECT), moved(&link)), expected, "{origin}: the requests");
        let linked = |link: &AuthLink| link.with_auth_server(origin);
        assert_eq!(verdict(linked(&CONNECT).is_ok(), linked(&link).is_ok()), expected, "{origin}: the link");
        if let Ok(link) = linked(&link) {
            let has_warning =
                link.warnings().iter().any(|warning| warning.rule().name == "insecure_private_auth_server");
            assert_eq!(has_warning, expected == Sandbox, "{origin}");
        }
    }
}

#[test]
fn every_valid_origin_is_a_valid_request_uri() {
    let longest = format!("https://{}a:65535", "a.".repeat(126));
    for origin in
        ["http://[::1]:1", "https://a_b.example", "https://-x-", "https://xn--bcher-kva.example:444", &longest]
    {
        let call =
            CONNECT.client(secret()).with_server_origin(origin).unwrap().refresh(&RefreshToken::new("r").unwrap());
        assert_eq!(call.request.uri().to_string(), format!("{origin}/connect/token"));
    }
}

#[test]
fn tokens_have_the_granted_scopes_and_the_expiry() {
    let body = r#"{"access_token":"eyJ.a-b_c","expires_in":3600,"token_type":"Bearer","refresh_token":"DD65",
        "scope":"accounts offline_access","id_token":"unknown fields are ignored"}"#;
    let tokens = exchange().parser.parse(respond(200, body)).unwrap();
    assert_eq!(tokens.access_token.expose(), "eyJ.a-b_c");
    assert_eq!(tokens.refresh_token.as_ref().unwrap().expose(), "DD65");
    assert_eq!(tokens.expires_at(SystemTime::UNIX_EPOCH), Some(SystemTime::UNIX_EPOCH + Duration::from_secs(3600)));
    assert_eq!(tokens.scope(), Some("accounts offline_access"));
    assert_eq!(tokens.missing_scopes().collect::<Vec<_>>(), ["balance"]);
    let tokens = exchange().parser.parse(respond(200, r#"{"access_token":"a","token_type":"Bearer"}"#)).unwrap();
    assert_eq!(tokens.scope(), Some("accounts balance"), "the scopes of the callback");
    assert_eq!(tokens.missing_scopes().collect::<Vec<_>>(), ["offline_access"]);
    assert_eq!((tokens.expires_in, tokens.expires_at(SystemTime::now())), (None, None));
    let call = CONNECT.client(secret()).exchange(finish(CONNECT.begin().unwrap().pending, "code=c")).unwrap();
    let tokens = call.parser.parse(respond(200, r#"{"access_token":"a","token_type":"Bearer"}"#)).unwrap();
    assert_eq!(tokens.scope(), Some("accounts balance offline_access"), "the scopes of the link");
}

#[test]
fn unusual_but_complete_responses_are_accepted() {
    let read = |fields: &str| {
        let body = format!(r#"{{"access_token":"a","token_type":"Bearer"{fields}}}"#);
        exchange().parser.parse(respond(200, &body)).unwrap_or_else(|error| panic!("{fields}: {error}"))
    };
    assert_eq!(read(r#","token_type":"bEaReR""#).access_token.expose(), "a");
    for absent in [
        "",
        r#","expires_in":"","refresh_token":false,"error":{}"#,
        r#","expires_in":-1,"refresh_token":["r"],"error":[]"#,
        r#","expires_in":true,"refresh_token":{"a":1},"error":0"#,
        r#","expires_in":{"seconds":1},"refresh_token":1,"error":false"#,
        r#","expires_in":"soon","refresh_token":"r\u00e9""#,
        r#","expires_in":"-3600","refresh_token":"r\n""#,
        r#","expires_in":"NaN""#,
        r#","expires_in":null,"scope":null,"refresh_token":null,"error":null"#,
        r#","refresh_token":"","error":"""#,
        // JSON allows these values, but they are no number and no text.
        r#","expires_in":1e999,"refresh_token":"\ud800","id_token":[1e999]"#,
    ] {
        let tokens = read(absent);
        assert!(tokens.expires_in.is_none() && tokens.refresh_token.is_none(), "{absent}");
    }
    for (number, seconds) in [
        ("3600.9", 3600),
        ("0", 0),
        ("-0.0", 0),
        ("4294967295", u32::MAX),
        ("1e300", u32::MAX),
        (r#""3600""#, 3600),
        (r#"" 3600\n""#, 3600),
        (r#""3600.0""#, 3600),
        (r#""0""#, 0),
        (r#""99999999999999999999""#, u32::MAX),
        (r#""1e999""#, u32::MAX),
    ] {
        let tokens = read(&format!(r#","expires_in":{number}"#));
        assert_eq!(tokens.expires_in, Some(Duration::from_secs(seconds.into())), "{number}");
        let _ = tokens.expires_at(SystemTime::now());
    }
    for (scope, expected) in [
        (r#""accounts""#, "accounts"),
        (r#""  accounts   balance ""#, "accounts balance"),
        (r#"["accounts","balance"]"#, "accounts balance"),
        (r#"["accounts offline_access",1,null]"#, "accounts offline_access"),
        // Without scopes, those of the callback apply.
        (r#""""#, "accounts balance"),
        (r#"" ""#, "accounts balance"),
        ("null", "accounts balance"),
        ("{}", "accounts balance"),
        ("[]", "accounts balance"),
        ("[1]", "accounts balance"),
        ("7", "accounts balance"),
    ] {
        assert_eq!(read(&format!(r#","scope":{scope}"#)).scope(), Some(expected), "{scope}");
    }
    for status in [200, 201, 202, 299] {
        let response = respond(status, r#"{"access_token":"a","token_type":"Bearer"}"#);
        assert!(exchange().parser.parse(response).is_ok(), "{status}");
    }
    let response = exchange().parser.parse(respond(200, "\u{feff}{\"access_token\":\"a\",\"token_type\":\"Bearer\"}"));
    assert!(response.is_ok(), "a byte order mark");
    assert_eq!(read(&format!(r#","id_token":"{}""#, "x".repeat(900_000))).access_token.expose(), "a");
}

/// Returns the message of the error of a response.
fn error(status: u16, body: &str) -> String {
    message(&exchange().parser.parse(respond(status, body)).unwrap_err())
}

/// Returns the message of an error. It shows no secret, and neither does the `Debug` of the error.
fn message(error: &ApiError) -> String {
    let shown = format!("{error} {error:?} {error:#?}");
    for hidden in [SECRET, "s3cret", "hidden", "BwcHBwcH"] {
        assert!(!shown.contains(hidden), "it shows {hidden}: {shown}");
    }
    assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown}");
    error.to_string()
}

#[test]
fn an_unexpected_response_is_an_error_without_a_secret() {
    let cases = [
        (200, "", "unexpected response: expected JSON (status 200)"),
        (204, "", "unexpected response: expected JSON (status 204)"),
        (200, "null", "unexpected response: expected an object, found null (status 200)"),
        (200, "[]", "unexpected response: expected an object, found a list (status 200)"),
        (200, "true", "unexpected response: expected an object, found true or false (status 200)"),
        (200, "\"hidden\"", "unexpected response: expected an object, found text (status 200)"),
        (200, "{}", "unexpected response: missing `access_token` (status 200)"),
        (200, r#"{"access_token":"hidden""#, "unexpected response: expected JSON (status 200)"),
        (200, r#"{"access_token":"hidden"}{}"#, "unexpected response: expected JSON (status 200)"),
        (200, "access_token=hidden&token_type=bearer", "unexpected response: expected JSON (status 200)"),
        (
            200,
            r#"{"access_token":null,"token_type":"Bearer"}"#,
            "unexpected response: missing `access_token` (status 200)",
        ),
        (200, r#"{"access_token":"","token_type":"Bearer"}"#, "unexpected response: empty `access_token` (status 200)"),
        (
            200,
            r#"{"access_token":["hidden"],"token_type":"Bearer"}"#,
            "unexpected response: expected text for `access_token`, found a list (status 200)",
        ),
        (
            200,
            r#"{"access_token":"hidden\r\nx: y","token_type":"Bearer"}"#,
            "unexpected response: unexpected white space in the access token",
        ),
        (
            200,
            r#"{"access_token":"hiddené","token_type":"Bearer"}"#,
            "unexpected response: unexpected character in the",
        ),
        (200, r#"{"access_token":"hidden"}"#, "unexpected response: missing `token_type` (status 200)"),
        (
            200,
            r#"{"access_token":"hidden","token_type":"mac"}"#,
            "unexpected response: expected `Bearer` for `token_type`, found another text (status 200)",
        ),
        (
            200,
            r#"{"access_token":"hidden","token_type":1}"#,
            "unexpected response: expected text for `token_type`, found a number (status 200)",
        ),
        (
            200,
            r#"{"access_token":"hidden\ud800","token_type":"Bearer"}"#,
            "unexpected response: unexpected character in the",
        ),
        (
            200,
            r#"{"error":{"code":"hidden"}}"#,
            "unexpected response: expected text for `error`, found an object (status 200)",
        ),
        (
            400,
            r#"{"access_token":"hidden","token_type":"Bearer"}"#,
            "unexpected response: missing `error` (status 400)",
        ),
        (401, "", "unexpected response: missing `error` (status 401)"),
        (500, "{", "unexpected response: missing `error` (status 500)"),
        (100, "{}", "unexpected response: missing `error` (status 100)"),
    ];
    for (status, body, expected) in cases {
        assert!(error(status, body).starts_with(expected), "{status} {body}: {}", error(status, body));
    }
    assert!(error(200, &"[".repeat(100_000)).starts_with("unexpected response: expected JSON"), "deeply nested");
}

#[test]
fn the_page_of_a_proxy_is_shown_by_its_title() {
    let page = "\n<!DOCTYPE HTML>\r\n<html><head><Title>502\n  Bad&nbsp;Gateway \u{1b}[31m</TITLE></head><body>hidden";
    let expected =
        "unexpected response: expected JSON, found a page, `502 Bad\\u{26}nbsp;Gateway \\u{1b}[31m` (status 200)";
    assert_eq!(error(200, page), expected);
    assert_eq!(error(200, &format!("\u{feff}{page}")), expected, "a byte order mark");
    assert!(error(502, page).starts_with("unexpected response: missing `error`, found a page, `502 Bad"));
    for untitled in ["<html>hidden", "<html><title>hidden", "<HTML></title><title>"] {
        assert_eq!(error(503, untitled), "unexpected response: missing `error`, found a page (status 503)");
    }
    let long = error(502, &format!("<html><title>{}</title>", "much ".repeat(1000)));
    assert!(long.len() < 200, "{long}");
    let echo = format!("<html><title>client_secret={SECRET} s3cret%2b%26%3d%25%2fe code=c%2B1</title>");
    assert!(error(500, &echo).contains("client_secret=[redacted] [redacted] code="), "{}", error(500, &echo));
    assert!(exchange().parser.parse(respond(200, "<html>")).is_err());
    let page = b"<html><title>Acc\xe8s refus\xe9</title>".to_vec();
    let refused = exchange().parser.parse(Response::builder().status(403).body(page).unwrap()).unwrap_err();
    assert!(refused.to_string().contains(r"found a page, `Acc\u{fffd}s refus\u{fffd}`"), "{refused}");
}

#[test]
fn a_short_text_is_shown_if_it_contains_no_value() {
    assert!(error(400, "tracking_id query parameter is required").contains("found `tracking_id query parameter is"));
    assert!(error(503, "503 Service Unavailable").contains("found `503 Service Unavailable`"));
    for text in [
        "access_token=hidden",
        "\"hidden\"",
        "<?xml?><access_token>hidden</access_token>",
        "hidden%20",
        "h\0i\0d\0d\0e\0n\0",
        &"hidden ".repeat(200),
    ] {
        assert_eq!(error(500, text), "unexpected response: missing `error` (status 500)");
    }
    assert_eq!(error(200, "hidden"), "unexpected response: expected JSON (status 200)");
}

#[test]
fn an_error_of_the_server_is_typed_under_any_status() {
    let body =
        r#"{"error":"invalid_grant","error_description":"line\nbreak <b>","error_details":{"reason":"expired","n":1}}"#;
    for status in [200, 400, 401, 403, 500] {
        let response =
            Response::builder().status(status).header("X-TL-Correlation-Id", "c0\u{7f}".trim_end_matches('\u{7f}'));
        let error = exchange().parser.parse(response.body(body).unwrap()).unwrap_err();
        let server = error.server().unwrap();
        assert_eq!(server.error(), "invalid_grant");
        assert_eq!(server.description(), Some("line\nbreak <b>"));
        assert_eq!(server.reason(), Some("expired"));
        assert_eq!(server.details(), Some(r#"{"n":1,"reason":"expired"}"#));
        assert_eq!((error.status().as_u16(), error.correlation_id()), (status, Some("c0")));
        let expected = format!(
            "error from TrueLayer: `invalid_grant`: line\\u{{a}}break \\u{{3c}}b\\u{{3e}}: expired (status {status}, correlation id c0)"
        );
        assert_eq!(message(&error), expected);
    }
}

#[test]
fn a_secret_in_an_error_of_the_server_is_redacted() {
    let body = format!(
        r#"{{"error":"no {SECRET}","error_description":"verifier {}","error_details":{{"reason":"{SECRET}","x":["{SECRET}"],"{SECRET}":1}}}}"#,
        code().expose_verifier().unwrap()
    );
    let response = Response::builder().status(400).header("x-request-id", SECRET).body(body).unwrap();
    let error = exchange().parser.parse(response).unwrap_err();
    let expected = "`no [redacted]`: verifier [redacted]: [redacted] (status 400, correlation id [redacted])";
    assert!(message(&error).contains(expected), "{error}");
    assert_eq!(error.server().unwrap().details(), Some(r#"{"[redacted]":1,"reason":"[redacted]","x":["[redacted]"]}"#));
    let client = Client::new(Environment::Live, "acme-7d2f1a", ClientSecret::new("12345678").unwrap()).unwrap();
    let call = client.refresh(&RefreshToken::new("hidden").unwrap());
    let body = r#"{"error":"x","error_description":"HIDDEN","error_details":{"a":12345678,"b":[12345678.5],"c":2}}"#;
    let error = call.parser.parse(respond(400, body)).unwrap_err();
    assert_eq!(error.server().unwrap().details(), Some(r#"{"a":"[redacted]","b":["[redacted].5"],"c":2}"#));
    assert_eq!(error.server().unwrap().description(), Some("[redacted]"), "in another case");
    // `acme-7d2f1a:12345678`, as HTTP basic authentication has it
    for description in
        ["Basic YWNtZS03ZDJmMWE6MTIzNDU2Nzg=", "Basic YWNtZS03ZDJmMWE6MTIzNDU2Nzg%3d", r"Basic \\u0031234567\\u0038"]
    {
        let body = format!(r#"{{"error":"x","error_description":"{description}"}}"#);
        let error =
            client.refresh(&RefreshToken::new("hidden").unwrap()).parser.parse(respond(400, &body)).unwrap_err();
        assert_eq!(error.server().unwrap().description(), Some("Basic [redacted]"), "{description}");
    }
}

#[test]
fn an_error_code_is_not_redacted() {
    let client = Client::new(Environment::Live, "acme-7d2f1a", ClientSecret::new("r").unwrap()).unwrap();
    for (token, code) in
        [("r", "invalid_grant"), ("grant", "invalid_grant"), ("unavailable", "temporarily_unavailable")]
    {
        let call = client.refresh(&RefreshToken::new(token).unwrap());
        let error = call.parser.parse(respond(400, &format!(r#"{{"error":"{code}"}}"#))).unwrap_err();
        assert_eq!(error.server().unwrap().error(), code);
    }
    for (length, is_code) in [(63, true), (64, false)] {
        let call = client.refresh(&RefreshToken::new("grant").unwrap());
        let long = "grant".to_owned() + &"_".repeat(length - 5);
        let error = call.parser.parse(respond(400, &format!(r#"{{"error":"{long}"}}"#))).unwrap_err();
        assert_eq!(error.server().unwrap().error() == long, is_code, "{length}");
    }
}

#[test]
fn an_error_of_rfc_9457_is_an_error_of_the_server() {
    let body = r#"{"type":"https://docs.example/errors#x","title":"Invalid Parameters","detail":"The request was bad",
        "status":400,"trace_id":"t-1","errors":{"user.name":["required"]}}"#;
    let error = exchange().parser.parse(respond(400, body)).unwrap_err();
    let expected = "error from TrueLayer: `Invalid Parameters`: The request was bad: user.name: required (status 400, correlation id t-1)";
    assert_eq!(message(&error), expected);
    assert_eq!(error.server().unwrap().details(), Some(r#"{"user.name":["required"]}"#));
    for (status, body, expected) in [
        (
            422,
            r#"{"detail":"cannot be extended","trace_id":"t"}"#,
            "`422 Unprocessable Entity`: cannot be extended (status 422, correlation id t)",
        ),
        (403, r#"{"message":"Forbidden"}"#, "`403 Forbidden`: Forbidden (status 403)"),
        (400, r#"{"title":"x","errors":["a",{"b":null,"c":[1,true]}]}"#, "`x`: a, b: ; c: 1, true (status 400)"),
    ] {
        let error = exchange().parser.parse(respond(status, body)).unwrap_err();
        assert_eq!(message(&error), format!("error from TrueLayer: {expected}"));
    }
    // A title in a successful response is no error.
    let body = r#"{"access_token":"a","token_type":"Bearer","title":"x","detail":"y"}"#;
    assert!(exchange().parser.parse(respond(200, body)).is_ok());
}

#[test]
fn a_redirect_is_an_error() {
    for status in [300, 301, 302, 303, 304, 307, 308] {
        let response = Response::builder().status(status).header("location", "https://evil.example/?hidden");
        let error = exchange().parser.parse(response.body(r#"{"access_token":"hidden"}"#).unwrap()).unwrap_err();
        assert_eq!(error.kind, ApiErrorKind::Redirect);
        assert!(!error.is_retryable());
        let expected = format!("unexpected redirect, which must not be followed (status {status})");
        assert_eq!(message(&error), expected);
    }
}

#[test]
fn a_response_body_beyond_the_limit_is_refused() {
    let call = exchange();
    let limit = call.parser.max_body_len();
    let body = |length: usize| {
        let start = r#"{"access_token":"a","token_type":"Bearer","x":""#;
        format!("{start}{}\"}}", "x".repeat(length - start.len() - 2))
    };
    assert_eq!(limit, 1024 * 1024);
    assert!(call.parser.parse(respond(200, &body(limit))).is_ok());
    let error = exchange().parser.parse(respond(200, &body(limit + 1))).unwrap_err();
    assert_eq!(
        (&error.kind, message(&error).as_str()),
        (&ApiErrorKind::TooLong, "response body longer than the limit (status 200)")
    );
}

#[test]
fn an_error_is_retryable_by_its_status_or_its_code() {
    let error = |status: u16, code: &str| {
        let response = Response::builder().status(status).header("retry-after", "7");
        exchange().parser.parse(response.body(format!(r#"{{"error":"{code}"}}"#)).unwrap()).unwrap_err()
    };
    for (status, code, expected) in [
        (400, "invalid_grant", false),
        (400, "invalid_client", false),
        (401, "unauthorized_client", false),
        (403, "access_denied", false),
        (501, "endpoint_not_supported", false),
        (400, "temporarily_unavailable", true),
        (200, "internal_server_error", true),
        (408, "x", true),
        (429, "x", true),
        (500, "x", true),
        (502, "x", true),
        (503, "x", true),
        (504, "x", true),
        (507, "x", true),
        (520, "x", true),
        (522, "", true),
        (527, "x", true),
        (530, "x", true),
        (599, "x", true),
        (425, "x", true),
        (501, "x", false),
        (505, "x", false),
        (404, "x", false),
    ] {
        assert_eq!(error(status, code).is_retryable(), expected, "{status} {code}");
    }
    for status in [501, 505] {
        assert_eq!(error(status, "x").recovery(), Recovery::Fail, "no exchange succeeds there: {status}");
    }
    assert_eq!(error(429, "x").retry_after(), Some(Duration::from_secs(7)));
    let dated = |wait: &str| {
        let response = Response::builder().status(503).header("date", "Sun, 06 Nov 1994 08:49:37 GMT");
        let error = exchange().parser.parse(response.header("retry-after", wait).body("").unwrap()).unwrap_err();
        error.retry_after()
    };
    for date in ["Sun, 06 Nov 1994 08:50:37 GMT", "Sunday, 06-Nov-94 08:50:37 GMT", "Sun Nov  6 08:50:37 1994"] {
        assert_eq!(dated(date), Some(Duration::from_secs(60)), "{date}");
    }
    assert_eq!((dated("Sat, 05 Nov 1994 08:49:37 GMT"), dated("tomorrow")), (Some(Duration::ZERO), None));
    let response =
        Response::builder().status(503).header("retry-after", u64::MAX.to_string()).header("x-tl-correlation-id", "");
    let error = exchange().parser.parse(response.header("x-request-id", "r1").body("").unwrap()).unwrap_err();
    assert!(SystemTime::now().checked_add(error.retry_after().unwrap()).is_some(), "a caller adds it to a time");
    assert_eq!(error.correlation_id(), Some("r1"), "an empty id is ignored");
    let page = exchange().parser.parse(respond(503, "<html>")).unwrap_err();
    assert!(page.is_retryable() && page.server().is_none());
    assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(page.retry_after(), None);
}

#[test]
fn a_credential_with_white_space_is_refused() {
    assert_eq!(ClientSecret::new("").unwrap_err().to_string(), "empty client secret");
    let error = ClientSecret::new("hidden\n").unwrap_err();
    assert_eq!(
        error.to_string(),
        "unexpected white space in the client secret: `trim` the text of a file or a variable"
    );
    assert!(!format!("{error:?}").contains("hidden"));
    assert!(AccessToken::new("a b").is_err() && RefreshToken::new("a b").is_ok());
    assert!("a\u{0}".parse::<RefreshToken>().is_err() && "é".parse::<AccessToken>().is_err());
}

#[test]
fn a_refused_refresh_or_exchange_leads_to_no_other_refresh() {
    let client = Client::new(Environment::Live, "acme-7d2f1a", secret()).unwrap();
    for (body, expected) in [
        ("", Recovery::Fail),
        (r#"{"error":"unauthorized"}"#, Recovery::Fail),
        (r#"{"error":"invalid_token"}"#, Recovery::Fail),
        (r#"{"error":"invalid_client"}"#, Recovery::Fail),
        (r#"{"title":"Unauthenticated"}"#, Recovery::Fail),
        (r#"{"error":"invalid_grant"}"#, Recovery::Reauthorize),
    ] {
        for call in [client.refresh(&RefreshToken::new("r").unwrap()), exchange(), client.tracking_token()] {
            let challenge = r#"Bearer error="invalid_token""#;
            let response = Response::builder().status(401).header("www-authenticate", challenge);
            let error = call.parser.parse(response.body(body).unwrap()).unwrap_err();
            assert_eq!(error.recovery(), expected, "{body}");
        }
    }
}

#[test]
fn a_refused_access_token_is_refreshed() {
    let recovery = |status: u16, challenge: &str, body: &str| {
        let call = CONNECT.client(secret()).delete_connection(&AccessToken::new("t").unwrap());
        let response = Response::builder().status(status).header("www-authenticate", challenge);
        call.parser.parse(response.body(body.to_owned()).unwrap()).unwrap_err().recovery()
    };
    for challenge in [r#"Bearer error="invalid_token""#, "bearer realm=x, ERROR=Invalid_Token"] {
        for body in ["", r#"{"message":"Unauthorized"}"#, r#"{"title":"Unauthenticated","status":401}"#, "<html>"] {
            assert_eq!(recovery(401, challenge, body), Recovery::Refresh, "{challenge} {body}");
        }
    }
    assert_eq!(recovery(401, "Bearer", r#"{"message":"Unauthorized"}"#), Recovery::Refresh, "no code at all");
    assert_eq!(recovery(401, "Bearer", r#"{"error":"unauthorized_client"}"#), Recovery::Fail);
    assert_eq!(recovery(401, "Bearer error=insufficient_scope", ""), Recovery::Fail);
    assert_eq!(recovery(403, "Bearer error=insufficient_scope", ""), Recovery::Fail);
    let public = CONNECT.client(secret()).providers(&[], &[]).unwrap();
    assert_eq!(public.parser.parse(respond(401, "")).unwrap_err().recovery(), Recovery::Fail, "it has no token");
}

#[test]
fn a_correlation_id_is_safe_to_log() {
    let body = format!(r#"{{"error":"x","trace_id":"a\n\u202e{}"}}"#, "b".repeat(500));
    let error = exchange().parser.parse(respond(400, &body)).unwrap_err();
    let id = error.correlation_id().unwrap();
    assert!(id.starts_with(r"a\n\u{202e}bbb") && id.len() < 210, "{id}");
    let error = exchange().parser.parse(respond(400, r#"{"error":"x","trace_id":""}"#)).unwrap_err();
    assert_eq!(error.correlation_id(), None);
}

#[test]
fn the_granted_scopes_are_shown_in_part() {
    let long = "\u{202e}x".repeat(5000);
    let code = finish(CONNECT.begin().unwrap().pending, &format!("code=c&scope={long}"));
    assert_eq!(code.scope(), Some(long.as_str()));
    let body = format!(r#"{{"access_token":"a","token_type":"Bearer","scope":"{long}"}}"#);
    let tokens = exchange().parser.parse(respond(200, &body)).unwrap();
    for shown in [format!("{code:?}"), format!("{tokens:?}")] {
        assert!(shown.len() < 1000 && !shown.contains('\u{202e}'), "{shown}");
    }
}

#[test]
fn a_long_error_is_shown_in_part() {
    for text in ["<".repeat(300_000), "x".repeat(900_000), "s3cret+&=%/".repeat(90_000)] {
        let body = format!(
            r#"{{"error":"{text}","error_description":"{text}","error_details":["{}"],"trace_id":"{text}"}}"#,
            &text[..300_000.min(text.len() / 9)]
        );
        let error = exchange().parser.parse(respond(400, &body)).unwrap_err();
        let shown = message(&error);
        assert!(shown.len() < 2500, "{} bytes", shown.len());
        assert!(format!("{error:?}").len() < 2500);
    }
}
