//! Each request before and after its handler: its limits, failures and delay, and the record of it.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::client_auth::Fields;
use crate::endpoint::Endpoint;
use crate::failure::Failure;
use crate::journal::ReceivedRequest;
use crate::random::random;
use crate::settings::BODY_TIMEOUT;
use crate::state::Shared;
use crate::url::parse_form;

/// The most bytes of a request body.
pub(crate) const MAX_BODY: usize = 1024 * 1024;

/// The headers that are recorded.
const RECORDED: [&str; 5] = ["authorization", "content-type", "user-agent", "x-client-correlation-id", "x-psu-ip"];

/// The most recorded fields of a request.
const MAX_FIELDS: usize = 256;

/// Reads the request body within its limits, fails or delays the response as requested, and records both.
pub(crate) async fn intercept(State(mock_server): State<Shared>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    if path.starts_with("/_mock/") || matches!(path.as_str(), "/style.css" | "/send.js") {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let body = match tokio::time::timeout(BODY_TIMEOUT, to_bytes(body, MAX_BODY)).await {
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
        Ok(Err(_)) => return refused_body(&parts.headers),
        Ok(Ok(body)) => body,
    };
    let endpoint = Endpoint::of(parts.method.as_str(), &path).map(|found| found.0);
    let mut fields = parse_form(parts.uri.query().unwrap_or_default());
    fields.extend(Fields::parse(&parts.headers, &body).map(Fields::into_inner).unwrap_or_default());
    fields.truncate(MAX_FIELDS);
    let header = |name: &&str| Some(((*name).to_owned(), parts.headers.get(*name)?.to_str().ok()?.to_owned()));
    let mut record = ReceivedRequest {
        endpoint,
        method: parts.method.as_str().chars().take(32).collect(),
        path,
        fields,
        headers: RECORDED.iter().filter_map(header).collect(),
        status: 0,
    };
    if !mock_server.settings.latency.is_zero() {
        tokio::time::sleep(mock_server.settings.latency).await;
    }
    let mut response = match endpoint.and_then(|endpoint| mock_server.next_failure(endpoint)) {
        Some(failure) => failure.response(),
        None => next.run(Request::from_parts(parts, Body::from(body))).await,
    };
    if endpoint.is_some_and(Endpoint::is_data)
        && let Ok(id) = random().parse()
    {
        response.headers_mut().insert("x-tl-correlation-id", id);
    }
    record.status = response.status().as_u16();
    mock_server.state().journal.add(record);
    response
}

/// Returns the response to a body that is too long, or whose connection broke.
fn refused_body(headers: &HeaderMap) -> Response {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    let is_short = length.and_then(|length| length.parse::<usize>().ok()).is_some_and(|length| length <= MAX_BODY);
    if is_short {
        return StatusCode::BAD_REQUEST.into_response();
    }
    Failure::error("invalid_request").with_status(413).with_description("the body is longer than 1 MiB").response()
}
