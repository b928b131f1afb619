//! What pages load: one stylesheet and three small scripts, all from the page's own origin.

use axum::http::header;
use axum::response::IntoResponse;

pub(crate) async fn style() -> impl IntoResponse {
    asset("text/css; charset=utf-8", include_str!("assets/style.css"))
}

/// Opens the dialog in a window of its own.
pub(crate) async fn window() -> impl IntoResponse {
    asset(SCRIPT, include_str!("assets/window.js"))
}

/// Tells the window that opened this one.
pub(crate) async fn done() -> impl IntoResponse {
    asset(SCRIPT, include_str!("assets/done.js"))
}

/// Sends the stand-in's answer by form.
pub(crate) async fn send() -> impl IntoResponse {
    asset(SCRIPT, include_str!("assets/send.js"))
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

fn asset(kind: &'static str, text: &'static str) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, text)
}
