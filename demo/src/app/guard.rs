//! What holds for every request and every answer.

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Shared;
use super::page::Trouble;

/// Refuses what another site's page posts, save the callback, which its state protects; adds the headers of every answer.
pub(super) async fn guard(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let is_callback = request.uri().path() == "/callback";
    let is_own = is_callback || request.method() != Method::POST || is_from(&app.origin, request.headers());
    let mut response = if is_own {
        next.run(request).await
    } else {
        eprintln!("refused a form from another site");
        Trouble::OtherSite.into_response()
    };
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

/// Whether a browser sent this from a page of the application's own.
fn is_from(origin: &str, headers: &HeaderMap) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => headers.get(header::ORIGIN).is_some_and(|from| from == origin),
    }
}
