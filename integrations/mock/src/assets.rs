//! The stylesheet and the script that pages load from their own origin.

use axum::http::header;
use axum::response::IntoResponse;

/// Serves the stylesheet of all pages.
pub(crate) async fn style() -> impl IntoResponse {
    asset("text/css; charset=utf-8", include_str!("assets/style.css"))
}

/// Serves the script that submits the response by form.
pub(crate) async fn send() -> impl IntoResponse {
    asset("text/javascript; charset=utf-8", include_str!("assets/send.js"))
}

fn asset(content_type: &'static str, text: &'static str) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, text)
}
