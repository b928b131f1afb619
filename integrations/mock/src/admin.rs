//! The admin endpoint: it changes a running mock server, and shows the requests that it received.
//!
//! It is for programs on this machine. A request of a web page is refused, even if the page's name resolves to this machine.

use axum::Json;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::endpoint::Endpoint;
use crate::failure::Failure;
use crate::settings::BODY_TIMEOUT;
use crate::state::Shared;

/// The most bytes of a request body.
const MAX_BODY: usize = 64 * 1024;

/// The most failures of one request.
const MAX_TIMES: u32 = 1000;

/// Refuses requests of web pages, which have an `Origin` or another `Host` than this machine's, and long bodies.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let headers = request.headers();
    if headers.contains_key(header::ORIGIN) || headers.contains_key("sec-fetch-site") {
        return refusal(
            StatusCode::FORBIDDEN,
            "a web page cannot use the admin endpoint: send the request without a browser",
        );
    }
    if !is_loopback(headers) {
        return refusal(StatusCode::FORBIDDEN, "expected `127.0.0.1` or `localhost` for the header `Host`");
    }
    let (parts, body) = request.into_parts();
    match tokio::time::timeout(BODY_TIMEOUT, to_bytes(body, MAX_BODY)).await {
        Err(_) => refusal(StatusCode::REQUEST_TIMEOUT, "the body did not arrive in time"),
        Ok(Ok(body)) => next.run(Request::from_parts(parts, body.into())).await,
        Ok(Err(_)) => refusal(StatusCode::PAYLOAD_TOO_LARGE, "expected a body of at most 64 KiB"),
    }
}

fn is_loopback(headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, port)| if port.ends_with(']') { host } else { name });
    hosts.next().is_none() && matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

/// The body of a request that makes an endpoint fail.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FailNext {
    endpoint: String,
    status: Option<u16>,
    error: Option<String>,
    description: Option<String>,
    #[serde(default = "once")]
    times: u32,
}

fn once() -> u32 {
    1
}

/// Handles `POST /_mock/fail-next`.
pub(crate) async fn fail_next(State(mock_server): State<Shared>, body: Bytes) -> Response {
    let request: FailNext = match serde_json::from_slice(&body) {
        Ok(request) => request,
        Err(error) => {
            let message = format!(
                "invalid body: {error}; write an object such as {}",
                r#"{"endpoint": "token", "status": 503, "error": "temporarily_unavailable", "times": 1}"#
            );
            return refusal(StatusCode::BAD_REQUEST, &message);
        }
    };
    let endpoint: Endpoint = match request.endpoint.parse() {
        Ok(endpoint) => endpoint,
        Err(error) => return refusal(StatusCode::BAD_REQUEST, &error.to_string()),
    };
    if !(1..=MAX_TIMES).contains(&request.times) {
        return refusal(StatusCode::BAD_REQUEST, "expected 1 to 1000 for `times`");
    }
    if request.status.is_some_and(|status| !(400..600).contains(&status)) {
        return refusal(StatusCode::BAD_REQUEST, "expected a status from 400 to 599 for `status`");
    }
    let mut failure = match (request.error, request.status) {
        (Some(code), status) => {
            let failure = Failure::error(code);
            if let Some(status) = status { failure.with_status(status) } else { failure }
        }
        (None, Some(status)) => Failure::status(status),
        (None, None) => return refusal(StatusCode::BAD_REQUEST, "missing `status` or `error`"),
    };
    if let Some(description) = request.description {
        failure = failure.with_description(description);
    }
    for _ in 0..request.times {
        mock_server.fail_next(endpoint, failure.clone());
    }
    done()
}

/// Handles `POST /_mock/expire-tokens`.
pub(crate) async fn expire_tokens(State(mock_server): State<Shared>) -> Response {
    mock_server.expire_tokens();
    done()
}

/// Handles `POST /_mock/revoke-consent`.
pub(crate) async fn revoke_consent(State(mock_server): State<Shared>) -> Response {
    mock_server.revoke_consent();
    done()
}

/// Handles `POST /_mock/end-history-window`.
pub(crate) async fn end_history_window(State(mock_server): State<Shared>) -> Response {
    mock_server.end_history_window();
    done()
}

/// Handles `GET /_mock/requests`: the requests, without secrets.
pub(crate) async fn requests(State(mock_server): State<Shared>) -> Json<Value> {
    let requests = mock_server.state().journal.all();
    let object = |fields: &mut dyn Iterator<Item = (&str, String)>| {
        Value::Object(
            fields.map(|(name, value)| (name.to_owned(), value.trim_matches('`').into())).collect::<Map<_, _>>(),
        )
    };
    let request = |request: &crate::journal::ReceivedRequest| {
        json!({
            "endpoint": request.endpoint.map(Endpoint::name),
            "method": request.method,
            "path": request.path,
            "status": request.status,
            "fields": object(&mut request.shown_fields()),
            "headers": object(&mut request.shown_headers()),
        })
    };
    Json(json!({ "requests": requests.iter().map(request).collect::<Vec<_>>() }))
}

/// Handles `DELETE /_mock/requests`: forgets the requests.
pub(crate) async fn clear_requests(State(mock_server): State<Shared>) -> Response {
    mock_server.state().journal.clear();
    done()
}

fn done() -> Response {
    Json(json!({ "done": true })).into_response()
}

fn refusal(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({ "error": message }))).into_response()
}
