//! The middleware of every request: the cross-site check and the security headers.

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;

use super::error::cross_site;
use super::state::Shared;

/// Rejects POST requests from other sites, and adds security headers to every response.
///
/// The callback is exempt, because its state protects it.
pub(super) async fn guard(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let is_callback = request.uri().path() == "/callback";
    let is_allowed = is_callback || request.method() != Method::POST || is_same_origin(&app.origin, request.headers());
    let mut response = if is_allowed { next.run(request).await } else { cross_site() };
    let headers = response.headers_mut();
    let mut add = |name: HeaderName, value: HeaderValue| {
        headers.entry(name).or_insert(value);
    };
    add(header::CONTENT_SECURITY_POLICY, app.policy.clone());
    add(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // The address of a callback holds the code.
    let referrer = if is_callback { "no-referrer" } else { "same-origin" };
    add(header::REFERRER_POLICY, HeaderValue::from_static(referrer));
    add(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// Returns whether a browser sent a request from one of the application's own pages.
fn is_same_origin(origin: &str, headers: &HeaderMap) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => headers.get(header::ORIGIN).is_some_and(|from| from == origin),
    }
}
