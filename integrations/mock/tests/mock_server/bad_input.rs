//! Wrong and hostile requests: each gets the error that RFC 6749 or the limits name.

use std::io::{Read, Write};
use std::net::TcpStream;

use auth_link_mock::{Endpoint, User};

use crate::support::{self, REDIRECT_URI, connect, fetch, link, start};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[test]
fn a_wrong_token_request_gets_the_error_of_the_standard() {
    let mock = start();
    let url = format!("{}/connect/token", mock.origin());
    let client = format!("client_id={}&client_secret={}", mock.client_id(), mock.client_secret());
    for (body, error, status) in [
        (String::new(), "invalid_request", 400),
        (client.clone(), "invalid_request", 400),
        (format!("{client}&grant_type=password"), "unsupported_grant_type", 400),
        (format!("{client}&grant_type=authorization_code"), "invalid_request", 400),
        (format!("{client}&grant_type=authorization_code&code=a&redirect_uri=b"), "invalid_grant", 400),
        (format!("{client}&grant_type=refresh_token&refresh_token=a"), "invalid_grant", 400),
        (format!("{client}&grant_type=refresh_token"), "invalid_request", 400),
        (format!("{client}&grant_type=refresh_token&grant_type=refresh_token"), "invalid_request", 400),
        (format!("{client}x&grant_type=refresh_token&refresh_token=a"), "invalid_client", 401),
        ("grant_type=refresh_token&refresh_token=a".to_owned(), "invalid_client", 401),
    ] {
        let found = fetch("POST", &url, &[FORM], &body);
        assert_eq!((found.0, found.1.contains(&format!("\"{error}\""))), (status, true), "{body}: {}", found.1);
    }
    let (status, body) = fetch("POST", &url, &[("content-type", "application/json")], "[");
    assert_eq!((status, body.contains("expected a JSON object")), (400, true));
}

#[test]
fn a_code_needs_its_redirect_uri_and_verifier_and_works_once() {
    let mock = start();
    let url = format!("{}/connect/token", mock.origin());
    let client = format!("client_id={}&client_secret={}", mock.client_id(), mock.client_secret());
    let code = |uri: &str| {
        let callback = mock.authorize(uri, User::John).unwrap();
        callback.query().split('&').find_map(|field| field.strip_prefix("code=")).unwrap().to_owned()
    };
    let exchange = |code: &str, rest: &str| {
        fetch("POST", &url, &[FORM], &format!("{client}&grant_type=authorization_code&code={code}&{rest}"))
    };
    for rest in [
        format!("redirect_uri={REDIRECT_URI}"),
        format!("redirect_uri={REDIRECT_URI}&code_verifier={}", "a".repeat(43)),
        "redirect_uri=http://localhost:3000/other".to_owned(),
    ] {
        let found = exchange(&code(&link(&mock).begin().unwrap().url), &rest);
        assert_eq!((found.0, found.1.contains("invalid_grant")), (400, true), "{rest}: {}", found.1);
    }
    // A plain OAuth client without PKCE.
    let plain = format!(
        "{}/?response_type=code&client_id={}&redirect_uri={REDIRECT_URI}&scope=info&providers=uk-cs-mock",
        mock.origin(),
        mock.client_id()
    );
    let first = code(&plain);
    assert_eq!(exchange(&first, &format!("redirect_uri={REDIRECT_URI}")).0, 200);
    assert_eq!(exchange(&first, &format!("redirect_uri={REDIRECT_URI}")).0, 400);
    let with_verifier = format!("redirect_uri={REDIRECT_URI}&code_verifier={}", "a".repeat(43));
    assert_eq!(exchange(&code(&plain), &with_verifier).0, 400);
}

#[test]
fn basic_authentication_of_the_client_is_accepted() {
    let mock = start();
    let url = format!("{}/connect/token", mock.origin());
    // sandbox-demo-5fe1a2:mock-server-client-secret
    let basic = ("authorization", "Basic c2FuZGJveC1kZW1vLTVmZTFhMjptb2NrLXNlcnZlci1jbGllbnQtc2VjcmV0");
    let body = "grant_type=client_credentials&scope=tracking";
    assert_eq!(fetch("POST", &url, &[FORM, basic], body).0, 200);
    assert_eq!(fetch("POST", &url, &[FORM, basic], &format!("{body}&client_secret=a")).0, 400);
    for wrong in ["Basic c2FuZGJveA==", "Basic", "Bearer a", "Basic !!!"] {
        assert_eq!(fetch("POST", &url, &[FORM, ("authorization", wrong)], body).0, 401, "{wrong}");
    }
}

#[test]
fn a_body_beyond_a_mebibyte_is_refused() {
    let mock = start();
    let url = format!("{}/connect/token", mock.origin());
    let (status, body) = fetch("POST", &url, &[FORM], &"a".repeat(1024 * 1024 + 1));
    assert_eq!((status, body.contains("longer than 1 MiB")), (413, true), "{body}");
    assert_eq!(fetch("POST", &url, &[FORM], &"a".repeat(1024 * 1024)).0, 400);
}

#[test]
fn a_malformed_request_gets_a_response_and_the_server_goes_on() {
    let mock = start();
    let address = mock.origin().strip_prefix("http://").unwrap().to_owned();
    for (text, status) in [
        ("GET\r\n\r\n", "400"),
        ("GET / HTTP/9.9\r\n\r\n", "400"),
        ("GET /data/v1/accounts/%ff/balance HTTP/1.1\r\nhost: a\r\nauthorization: Bearer \u{e9}..\r\n\r\n", "401"),
        ("GET /?%ff=%&&& HTTP/1.1\r\nhost: a\r\n\r\n", "400"),
        ("GET /nowhere HTTP/1.1\r\nhost: a\r\n\r\n", "404"),
        ("POST /connect/token HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\n%f%\u{e9}", "400"),
        ("POST /connect/token HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n", "400"),
        ("DELETE /api/delete HTTP/1.1\r\nhost: a\r\nauthorization: Bearer a.b.\u{e9}\u{e9}\u{e9}\u{e9}\r\n\r\n", "401"),
    ] {
        let mut stream = TcpStream::connect(&address).unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        // A handler that panics closes the connection without a response.
        let mut response = [0; 12];
        stream.read_exact(&mut response).expect(text);
        assert_eq!(String::from_utf8_lossy(&response), format!("HTTP/1.1 {status}"), "{text:?}");
    }
    assert!(connect(&mock, User::John).is_ok());
}

#[test]
fn beyond_two_thousand_codes_the_oldest_is_dropped() {
    let mock = start();
    let code = || {
        let callback = mock.authorize(&link(&mock).begin().unwrap().url, User::John).unwrap();
        callback.query().split('&').find_map(|field| field.strip_prefix("code=")).unwrap().to_owned()
    };
    let (first, second) = (code(), code());
    for _ in 0..1999 {
        code();
    }
    let url = format!("{}/connect/token", mock.origin());
    let client = format!("client_id={}&client_secret={}", mock.client_id(), mock.client_secret());
    // Without the verifier, a known code is refused for another reason.
    let exchange = |code: &str| {
        let body = format!("{client}&grant_type=authorization_code&code={code}&redirect_uri={REDIRECT_URI}");
        fetch("POST", &url, &[FORM], &body).1
    };
    assert!(exchange(&first).contains("the code is unknown"));
    assert!(exchange(&second).contains("missing code_verifier"));
}

#[test]
fn the_admin_endpoint_changes_the_running_server() {
    let mock = start();
    let admin =
        |method: &str, path: &str, body: &str| fetch(method, &format!("{}/_mock/{path}", mock.origin()), &[], body);
    let fail = r#"{"endpoint": "token", "error": "temporarily_unavailable", "times": 2}"#;
    assert_eq!(admin("POST", "fail-next", fail).0, 200);
    for _ in 0..2 {
        assert_eq!(connect(&mock, User::John).unwrap_err().status().as_u16(), 503);
    }
    let tokens = connect(&mock, User::John).expect("tokens");
    let client = support::client(&mock);
    assert_eq!(admin("POST", "expire-tokens", "").0, 200);
    assert_eq!(support::send(client.data(&tokens.access_token).me()).unwrap_err().status().as_u16(), 401);
    let tokens = support::send(client.refresh(tokens.refresh_token.as_ref().unwrap())).unwrap();
    assert_eq!(admin("POST", "revoke-consent", "").0, 200);
    assert_eq!(support::send(client.data(&tokens.access_token).me()).unwrap_err().status().as_u16(), 403);
    let (status, requests) = admin("GET", "requests", "");
    assert_eq!(status, 200);
    assert!(requests.contains("\"grant_type\":\"refresh_token\""), "{requests}");
    assert!(!requests.contains(mock.client_secret()) && !requests.contains(tokens.access_token.expose()));
    assert_eq!(admin("DELETE", "requests", "").0, 200);
    mock.requests().assert_count(Endpoint::Token, 0);
}

#[test]
fn the_admin_endpoint_refuses_web_pages_and_names_mistakes() {
    let mock = start();
    let url = format!("{}/_mock/fail-next", mock.origin());
    let body = r#"{"endpoint": "token", "status": 503}"#;
    for header in [
        ("origin", "http://evil.example"),
        ("origin", "null"),
        ("host", "evil.example"),
        ("host", "127.0.0.1.evil.example:80"),
    ] {
        assert_eq!(fetch("POST", &url, &[header], body).0, 403, "{header:?}");
    }
    assert!(connect(&mock, User::John).is_ok(), "the refused requests had no effect");
    for (body, message) in [
        ("", "write an object such as"),
        (r#"{"endpoint": "token", "code": 1}"#, "unknown field `code`"),
        (r#"{"endpoint": "tokens", "status": 503}"#, "unknown endpoint `tokens`: expected one of"),
        (r#"{"endpoint": "token"}"#, "missing `status` or `error`"),
        (r#"{"endpoint": "token", "status": 200}"#, "expected a status from 400 to 599"),
        (r#"{"endpoint": "token", "status": 503, "times": 4000000000}"#, "expected 1 to 1000"),
    ] {
        let found = fetch("POST", &url, &[], body);
        assert_eq!((found.0, found.1.contains(message)), (400, true), "{body}: {}", found.1);
    }
}

#[test]
fn the_metadata_names_the_endpoints() {
    let mock = start();
    let (status, body) = fetch("GET", &format!("{}/.well-known/oauth-authorization-server", mock.origin()), &[], "");
    assert_eq!(status, 200);
    assert!(body.contains(&format!("\"token_endpoint\":\"{}/connect/token\"", mock.origin())), "{body}");
}
