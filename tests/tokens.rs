//! From the code to tokens: what is sent and where, and what is made of each answer.
#![cfg(feature = "client")]

use std::time::{Duration, SystemTime};

use auth_link::client::{
    AccessToken, ApiError, ApiErrorKind, Call, Client, ClientSecret, Environment, RefreshToken, RequestBody,
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

fn answer(status: u16, body: &str) -> Response<String> {
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
fn a_code_is_exchanged_with_what_its_sign_in_began_with() {
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
fn a_stored_sign_in_is_exchanged_like_a_fresh_one() {
    let pending: PendingAuthorization = CONNECT.begin_with_entropy([7; 48]).pending.expose().parse().unwrap();
    let stored = CONNECT.client(secret()).exchange(finish(pending, "code=c%2B1")).unwrap();
    assert_eq!(form(stored.request), form(exchange().request));
    let tokens = stored.parser.parse(answer(200, r#"{"access_token":"a","token_type":"Bearer","scope":"accounts"}"#));
    assert_eq!(tokens.unwrap().missing_scopes().collect::<Vec<_>>(), ["balance", "offline_access"]);
}

#[test]
fn without_pkce_no_verifier_is_sent() {
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
fn the_applications_own_verifier_must_be_there() {
    let verifier = || "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".parse::<CodeVerifier>().unwrap();
    let sign_in = CONNECT.begin_with_challenge((&verifier()).into()).unwrap();
    let client = CONNECT.client(secret());
    let refused = client.exchange(finish(sign_in.pending, "code=c")).unwrap_err();
    assert!(matches!(refused.error, RequestError::MissingVerifier));
    assert!(refused.to_string().starts_with("missing code verifier\nhelp: `add_verifier` "), "{refused}");
    let mut code = *refused.code;
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
        let refused = client.exchange(altered("https://auth.truelayer.com", evil)).unwrap_err();
        assert!(matches!(refused.error, RequestError::ServerMismatch), "{evil}");
        assert_eq!(refused.to_string(), "the sign-in is at another auth server than this client's");
        assert_eq!(refused.code.expose(), "c", "nothing is lost");
    }
    let refused = client.exchange(altered("acme-7d2f1a", "evil-7d2f1a")).unwrap_err();
    assert!(matches!(refused.error, RequestError::ClientMismatch));
    assert_eq!(refused.to_string(), "the sign-in is of another client id than this client's");
    // The client of the other server takes it, which is where it would have gone.
    let at = CONNECT.with_auth_server("http://localhost:8080").unwrap();
    let code = altered("https://auth.truelayer.com", "http://localhost:8080");
    assert_eq!(at.client(secret()).exchange(code).unwrap().request.uri(), "http://localhost:8080/connect/token");
}

#[test]
fn a_token_is_renewed_without_a_link() {
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
    let tokens = call.parser.parse(answer(200, r#"{"access_token":"a","token_type":"bearer"}"#)).unwrap();
    assert_eq!(tokens.refresh_token.unwrap().expose(), "old+/=", "a renewal without a new one keeps the old");
    let body = r#"{"access_token":"a","token_type":"bearer","refresh_token":"new"}"#;
    let tokens = client.refresh(&old).parser.parse(answer(200, body)).unwrap();
    assert_eq!(tokens.refresh_token.as_ref().unwrap().expose(), "new");
    assert_eq!((tokens.scope(), tokens.missing_scopes().count()), (None, 0), "what it was is not known here");
}

#[test]
fn a_client_is_checked_by_the_rules_of_a_link() {
    let error = |environment, id: &str| Client::new(environment, id, secret()).unwrap_err().to_string();
    assert!(error(Environment::Live, "sandbox-acme-7d2f1a").starts_with("`client_id` is one of the sandbox"));
    assert!(error(Environment::Live, "<client id>").starts_with("unexpected "));
    assert!(error(Environment::Live, "").starts_with("empty `client_id`"));
    assert_eq!("live".parse::<Environment>().unwrap(), Environment::Live);
    assert_eq!("sandbox".parse::<Environment>().unwrap(), Environment::Sandbox);
    for wrong in ["", "Live", "production"] {
        assert!(wrong.parse::<Environment>().is_err(), "{wrong}");
    }
}

#[test]
fn a_stand_in_may_have_a_second_name() {
    let link = CONNECT.with_auth_server("http://localhost:8080").unwrap();
    let client = link.client(secret()).with_server_origin("http://oauth_server:80/").unwrap();
    let code = finish(link.begin().unwrap().pending, "code=c");
    assert_eq!(client.exchange(code).unwrap().request.uri(), "http://oauth_server/connect/token");
    for wrong in ["http://auth.example.com", "oauth:80", "https://a.example/path", "https://u@a.example", ""] {
        assert!(client.with_server_origin(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn every_origin_that_the_rules_take_is_an_address_to_send_to() {
    let longest = format!("https://{}a:65535", "a.".repeat(126));
    for origin in ["http://[::1]:1", "https://a_b.example", "http://-x-", "https://xn--bcher-kva.example:444", &longest]
    {
        let call =
            CONNECT.client(secret()).with_server_origin(origin).unwrap().refresh(&RefreshToken::new("r").unwrap());
        assert_eq!(call.request.uri().to_string(), format!("{origin}/connect/token"));
    }
}

#[test]
fn tokens_tell_what_was_granted_and_until_when() {
    let body = r#"{"access_token":"eyJ.a-b_c","expires_in":3600,"token_type":"Bearer","refresh_token":"DD65",
        "scope":"accounts offline_access","id_token":"unknown fields are passed over"}"#;
    let tokens = exchange().parser.parse(answer(200, body)).unwrap();
    assert_eq!(tokens.access_token.expose(), "eyJ.a-b_c");
    assert_eq!(tokens.refresh_token.as_ref().unwrap().expose(), "DD65");
    assert_eq!(tokens.expires_at(SystemTime::UNIX_EPOCH), Some(SystemTime::UNIX_EPOCH + Duration::from_secs(3600)));
    assert_eq!(tokens.scope(), Some("accounts offline_access"));
    assert_eq!(tokens.missing_scopes().collect::<Vec<_>>(), ["balance"]);
    let silent = exchange().parser.parse(answer(200, r#"{"access_token":"a","token_type":"Bearer"}"#)).unwrap();
    assert_eq!(silent.scope(), Some("accounts balance"), "as the callback said");
    assert_eq!(silent.missing_scopes().collect::<Vec<_>>(), ["offline_access"]);
    assert_eq!((silent.expires_in, silent.expires_at(SystemTime::now())), (None, None));
    let call = CONNECT.client(secret()).exchange(finish(CONNECT.begin().unwrap().pending, "code=c")).unwrap();
    let silent = call.parser.parse(answer(200, r#"{"access_token":"a","token_type":"Bearer"}"#)).unwrap();
    assert_eq!(silent.scope(), Some("accounts balance offline_access"), "as the link asked");
}

#[test]
fn answers_that_are_odd_but_whole_are_taken() {
    let read = |fields: &str| {
        let body = format!(r#"{{"access_token":"a","token_type":"Bearer"{fields}}}"#);
        exchange().parser.parse(answer(200, &body)).unwrap_or_else(|error| panic!("{fields}: {error}"))
    };
    assert_eq!(read(r#","token_type":"bEaReR""#).access_token.expose(), "a");
    for absent in [
        "",
        r#","expires_in":null,"scope":null,"refresh_token":null,"error":null"#,
        r#","refresh_token":"","error":"""#,
    ] {
        let tokens = read(absent);
        assert!(tokens.expires_in.is_none() && tokens.refresh_token.is_none(), "{absent}");
    }
    for (huge, seconds) in [("3600.9", 3600), ("0", 0), ("-0.0", 0), ("4294967295", u32::MAX), ("1e300", u32::MAX)] {
        let tokens = read(&format!(r#","expires_in":{huge}"#));
        assert_eq!(tokens.expires_in, Some(Duration::from_secs(seconds.into())), "{huge}");
        let _ = tokens.expires_at(SystemTime::now());
    }
    let marked = exchange().parser.parse(answer(200, "\u{feff}{\"access_token\":\"a\",\"token_type\":\"Bearer\"}"));
    assert!(marked.is_ok(), "a byte order mark");
    assert_eq!(read(&format!(r#","id_token":"{}""#, "x".repeat(900_000))).access_token.expose(), "a");
}

/// What the error of an answer says.
fn error(status: u16, body: &str) -> String {
    said(&exchange().parser.parse(answer(status, body)).unwrap_err())
}

/// The text of an error, none of whose forms shows a secret.
fn said(error: &ApiError) -> String {
    let all = format!("{error} {error:?} {error:#?}");
    for hidden in [SECRET, "s3cret", "hidden", "BwcHBwcH"] {
        assert!(!all.contains(hidden), "it shows {hidden}: {all}");
    }
    assert!(all.chars().all(|c| c == '\n' || !c.is_control()), "{all}");
    error.to_string()
}

#[test]
fn what_is_not_the_answer_is_told_without_a_secret() {
    let table = [
        (200, "", "unexpected answer: expected JSON (status 200)"),
        (204, "", "unexpected answer: expected JSON (status 204)"),
        (200, "null", "unexpected answer: expected an object, found null (status 200)"),
        (200, "[]", "unexpected answer: expected an object, found a list (status 200)"),
        (200, "true", "unexpected answer: expected an object, found true or false (status 200)"),
        (200, "\"hidden\"", "unexpected answer: expected an object, found text (status 200)"),
        (200, "{}", "unexpected answer: missing `access_token` (status 200)"),
        (200, r#"{"access_token":"hidden""#, "unexpected answer: expected JSON (status 200)"),
        (200, r#"{"access_token":"hidden"}{}"#, "unexpected answer: expected JSON (status 200)"),
        (200, "access_token=hidden&token_type=bearer", "unexpected answer: expected JSON (status 200)"),
        (
            200,
            r#"{"access_token":null,"token_type":"Bearer"}"#,
            "unexpected answer: missing `access_token` (status 200)",
        ),
        (200, r#"{"access_token":"","token_type":"Bearer"}"#, "unexpected answer: empty `access_token` (status 200)"),
        (
            200,
            r#"{"access_token":["hidden"],"token_type":"Bearer"}"#,
            "unexpected answer: expected text for `access_token`, found a list (status 200)",
        ),
        (
            200,
            r#"{"access_token":"hidden\r\nx: y","token_type":"Bearer"}"#,
            "unexpected answer: unexpected white space in the access token",
        ),
        (200, r#"{"access_token":"hiddené","token_type":"Bearer"}"#, "unexpected answer: unexpected character in the"),
        (200, r#"{"access_token":"hidden"}"#, "unexpected answer: missing `token_type` (status 200)"),
        (
            200,
            r#"{"access_token":"hidden","token_type":"mac"}"#,
            "unexpected answer: expected `Bearer` for `token_type`, found another (status 200)",
        ),
        (
            200,
            r#"{"access_token":"hidden","token_type":1}"#,
            "unexpected answer: expected text for `token_type`, found a number (status 200)",
        ),
        (
            200,
            r#"{"access_token":"hidden","token_type":"Bearer","expires_in":"3600"}"#,
            "unexpected answer: expected a number for `expires_in`, found text (status 200)",
        ),
        (
            200,
            r#"{"access_token":"hidden","token_type":"Bearer","expires_in":-1}"#,
            "unexpected answer: expected seconds for `expires_in`, found a negative number (status 200)",
        ),
        (
            200,
            r#"{"access_token":"hidden","token_type":"Bearer","expires_in":1e999}"#,
            "unexpected answer: expected JSON",
        ),
        (
            200,
            r#"{"access_token":"hidden","token_type":"Bearer","scope":["accounts"]}"#,
            "unexpected answer: expected text for `scope`, found a list (status 200)",
        ),
        (
            200,
            r#"{"access_token":"hidden","token_type":"Bearer","refresh_token":{}}"#,
            "unexpected answer: expected text for `refresh_token`, found an object (status 200)",
        ),
        (
            200,
            r#"{"error":{"code":"hidden"}}"#,
            "unexpected answer: expected text for `error`, found an object (status 200)",
        ),
        (400, r#"{"access_token":"hidden","token_type":"Bearer"}"#, "unexpected answer: missing `error` (status 400)"),
        (401, "", "unexpected answer: missing `error` (status 401)"),
        (500, "{", "unexpected answer: missing `error` (status 500)"),
        (100, "{}", "unexpected answer: missing `error` (status 100)"),
    ];
    for (status, body, expected) in table {
        assert!(error(status, body).starts_with(expected), "{status} {body}: {}", error(status, body));
    }
    assert!(error(200, &"[".repeat(100_000)).starts_with("unexpected answer: expected JSON"), "nested without end");
}

#[test]
fn a_page_of_a_proxy_is_recognised_by_its_title() {
    let page = "\n<!DOCTYPE HTML>\r\n<html><head><Title>502\n  Bad&nbsp;Gateway \u{1b}[31m</TITLE></head><body>hidden";
    let expected =
        "unexpected answer: expected JSON, found a page, `502 Bad\\u{26}nbsp;Gateway \\u{1b}[31m` (status 200)";
    assert_eq!(error(200, page), expected);
    assert!(error(502, page).starts_with("unexpected answer: missing `error`, found a page, `502 Bad"));
    for untitled in ["<html>hidden", "<html><title>hidden", "<HTML></title><title>"] {
        assert_eq!(error(503, untitled), "unexpected answer: missing `error`, found a page (status 503)");
    }
    let long = error(502, &format!("<html><title>{}</title>", "much ".repeat(1000)));
    assert!(long.len() < 200, "{long}");
    let echo = format!("<html><title>client_secret={SECRET} s3cret%2b%26%3d%25%2fe code=c%2B1</title>");
    assert!(error(500, &echo).contains("client_secret=[redacted] [redacted] code="), "{}", error(500, &echo));
    assert!(exchange().parser.parse(answer(200, "<html>")).is_err());
}

#[test]
fn a_line_of_text_is_shown_unless_it_holds_a_value() {
    assert!(error(400, "tracking_id query parameter is required").contains("found `tracking_id query parameter is"));
    assert!(error(503, "503 Service Unavailable").contains("found `503 Service Unavailable`"));
    for text in [
        "access_token=hidden",
        "\"hidden\"",
        "<?xml?><access_token>hidden</access_token>",
        "hidden%20",
        &"hidden ".repeat(200),
    ] {
        assert_eq!(error(500, text), "unexpected answer: missing `error` (status 500)");
    }
    assert_eq!(error(200, "hidden"), "unexpected answer: expected JSON (status 200)");
}

#[test]
fn a_servers_error_is_typed_under_any_status() {
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
        assert_eq!(said(&error), expected);
    }
}

#[test]
fn a_server_that_repeats_a_secret_is_not_quoted() {
    let body = format!(
        r#"{{"error":"no {SECRET}","error_description":"verifier {}","error_details":{{"reason":"{SECRET}","x":["{SECRET}"]}}}}"#,
        code().expose_verifier().unwrap()
    );
    let response = Response::builder().status(400).header("x-request-id", SECRET).body(body).unwrap();
    let error = exchange().parser.parse(response).unwrap_err();
    let expected = "`no [redacted]`: verifier [redacted]: [redacted] (status 400, correlation id [redacted])";
    assert!(said(&error).contains(expected), "{error}");
    assert_eq!(error.server().unwrap().details(), Some(r#"{"reason":"[redacted]","x":["[redacted]"]}"#));
}

#[test]
fn a_code_of_an_error_is_what_it_is_whatever_the_request_held() {
    let client = Client::new(Environment::Live, "acme-7d2f1a", ClientSecret::new("r").unwrap()).unwrap();
    for (token, code) in
        [("r", "invalid_grant"), ("grant", "invalid_grant"), ("unavailable", "temporarily_unavailable")]
    {
        let call = client.refresh(&RefreshToken::new(token).unwrap());
        let error = call.parser.parse(answer(400, &format!(r#"{{"error":"{code}"}}"#))).unwrap_err();
        assert_eq!(error.server().unwrap().error(), code);
    }
    for (length, is_code) in [(63, true), (64, false)] {
        let call = client.refresh(&RefreshToken::new("grant").unwrap());
        let long = "grant".to_owned() + &"_".repeat(length - 5);
        let error = call.parser.parse(answer(400, &format!(r#"{{"error":"{long}"}}"#))).unwrap_err();
        assert_eq!(error.server().unwrap().error() == long, is_code, "{length}");
    }
}

#[test]
fn a_problem_of_rfc_9457_is_a_servers_error() {
    let body = r#"{"type":"https://docs.example/errors#x","title":"Invalid Parameters","detail":"The request was bad",
        "status":400,"trace_id":"t-1","errors":{"user.name":["required"]}}"#;
    let error = exchange().parser.parse(answer(400, body)).unwrap_err();
    let expected = "error from TrueLayer: `Invalid Parameters`: The request was bad: user.name: required (status 400, correlation id t-1)";
    assert_eq!(said(&error), expected);
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
        let error = exchange().parser.parse(answer(status, body)).unwrap_err();
        assert_eq!(said(&error), format!("error from TrueLayer: {expected}"));
    }
    // With success a title is no error.
    let body = r#"{"access_token":"a","token_type":"Bearer","title":"x","detail":"y"}"#;
    assert!(exchange().parser.parse(answer(200, body)).is_ok());
}

#[test]
fn a_redirect_is_an_error_of_its_own() {
    for status in [300, 301, 302, 303, 304, 307, 308] {
        let response = Response::builder().status(status).header("location", "https://evil.example/?hidden");
        let error = exchange().parser.parse(response.body(r#"{"access_token":"hidden"}"#).unwrap()).unwrap_err();
        assert_eq!(error.kind, ApiErrorKind::Redirect);
        assert!(!error.is_retryable());
        let expected = format!("unexpected redirect: the request is for no other address (status {status})");
        assert_eq!(said(&error), expected);
    }
}

#[test]
fn a_body_has_a_limit() {
    let call = exchange();
    let limit = call.parser.max_body_len();
    let body = |length: usize| {
        let start = r#"{"access_token":"a","token_type":"Bearer","x":""#;
        format!("{start}{}\"}}", "x".repeat(length - start.len() - 2))
    };
    assert_eq!(limit, 1024 * 1024);
    assert!(call.parser.parse(answer(200, &body(limit))).is_ok());
    let error = exchange().parser.parse(answer(200, &body(limit + 1))).unwrap_err();
    assert_eq!(
        (&error.kind, said(&error).as_str()),
        (&ApiErrorKind::TooLong, "answer longer than its limit (status 200)")
    );
}

#[test]
fn whether_to_try_again_is_told() {
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
    ] {
        assert_eq!(error(status, code).is_retryable(), expected, "{status} {code}");
    }
    assert_eq!(error(429, "x").retry_after(), Some(Duration::from_secs(7)));
    let response =
        Response::builder().status(503).header("retry-after", u64::MAX.to_string()).header("x-tl-correlation-id", "");
    let error = exchange().parser.parse(response.header("x-request-id", "r1").body("").unwrap()).unwrap_err();
    assert!(SystemTime::now().checked_add(error.retry_after().unwrap()).is_some(), "a caller adds it");
    assert_eq!(error.correlation_id(), Some("r1"), "an empty id is none");
    let page = exchange().parser.parse(answer(503, "<html>")).unwrap_err();
    assert!(page.is_retryable() && page.server().is_none());
    assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(page.retry_after(), None);
}

#[test]
fn a_secret_read_with_its_lines_end_is_told_when_it_is_read() {
    assert_eq!(ClientSecret::new("").unwrap_err().to_string(), "empty client secret");
    let error = ClientSecret::new("hidden\n").unwrap_err();
    assert_eq!(error.to_string(), "unexpected white space in the client secret: `trim` what a file or a variable adds");
    assert!(!format!("{error:?}").contains("hidden"));
    assert!(AccessToken::new("a b").is_err() && RefreshToken::new("a b").is_ok());
    assert!("a\u{0}".parse::<RefreshToken>().is_err() && "é".parse::<AccessToken>().is_err());
}
