//! The stylesheet and the two scripts that pages load from their own origin.

use axum::http::header;
use axum::response::IntoResponse;

/// Serves the stylesheet of all pages.
pub(crate) async fn style() -> impl IntoResponse {
    asset("text/css; charset=utf-8", include_str!("assets/style.css"))
}

/// Serves the script that opens the dialog in a new window.
pub(crate) async fn window() -> impl IntoResponse {
    asset(SCRIPT, include_str!("assets/window.js"))
}

/// Serves the script that notifies the opening window and closes its own.
pub(crate) async fn done() -> impl IntoResponse {
    asset(SCRIPT, include_str!("assets/done.js"))
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

fn asset(content_type: &'static str, text: &'static str) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, text)
}
