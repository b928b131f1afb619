//! The span of a call.

use super::client::{http, run};
use super::collector::Collector;
use super::server::{Reply, TestServer, response, unavailable};
use auth_link::client::{AccessToken, RefreshToken};

#[test]
fn a_span_shows_the_endpoint_and_the_result_and_no_secret_or_id() {
    // `tracing` asks the subscriber of the thread that uses a span first, which may be that of another test. With a second subscriber
    // it asks both, for each span that is known by then.
    let _first = tracing::subscriber::set_default(Collector::default());
    let server = TestServer::start(vec![Reply::Drop]);
    assert!(run(http().send(server.client().tracking_token())).is_err());
    let collector = Collector::default();
    let _second = tracing::subscriber::set_default(collector.clone());
    let error = response("404 Not Found", "X-TL-Correlation-Id: c1\r\n", r#"{"error":"account_not_found"}"#);
    let token = response("200 OK", "", r#"{"access_token":"n3w-n3w","token_type":"Bearer"}"#);
    let server = TestServer::start(vec![unavailable(""), error, token, Reply::Drop]);
    let (client, access) = (server.client(), AccessToken::new("t0ken-t0ken").unwrap());
    let refresh = RefreshToken::new("r3fresh-r3fresh").unwrap();
    let data = client.data(&access).with_psu_ip("203.0.113.7".parse().unwrap());
    assert!(run(http().read(|| data.balance("acc-1"))).is_err());
    assert!(run(http().send(client.refresh(&refresh))).is_ok());
    assert!(run(http().send(client.providers(&[], &[]).unwrap())).is_err());

    let text = collector.text();
    let spans: Vec<&str> =
        text.lines().filter(|line| line.starts_with("auth_link.call") || line.starts_with("record")).collect();
    assert_eq!(
        spans,
        [
            r#"auth_link.call method="GET" endpoint="/data/v1/accounts""#,
            "record status=503",
            "record status=404",
            "record attempts=2",
            r#"record correlation_id="c1""#,
            r#"auth_link.call method="POST" endpoint="/connect/token""#,
            "record status=200",
            "record attempts=1",
            r#"auth_link.call method="GET" endpoint="/api/providers""#,
            "record attempts=1",
        ],
        "{text}"
    );
    for secret in ["acc-1", "t0ken", "r3fresh", "n3w", "s3cret", "203.0.113.7", "acme"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}
