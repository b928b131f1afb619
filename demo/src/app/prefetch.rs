//! Refusing speculative requests of the callback: `HEAD`, and a browser's prefetch.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error::AppError;

/// Refuses a `HEAD` request and a prefetch, before a handler can use the code or the pending authorization.
///
/// axum would otherwise respond to `HEAD` by running the handler of `GET`. A browser discards a prefetch whose status is
/// an error, and sends the request again when the user opens the page (HTML §7.6.2, navigational prefetching).
pub(super) async fn refuse(request: Request, next: Next) -> Response {
    if is_prefetch(request.headers()) {
        return AppError::Prefetch.into_response();
    }
    if request.method() == Method::HEAD {
        return ([(header::ALLOW, "GET, POST")], AppError::Head).into_response();
    }
    next.run(request).await
}

/// The headers by which browsers mark a prefetch: the standard one, Chromium's, Safari's and Firefox's older ones.
const HEADERS: [&str; 4] = ["sec-purpose", "purpose", "x-purpose", "x-moz"];

/// Returns whether a browser sent a request before the user opened the page.
fn is_prefetch(headers: &HeaderMap) -> bool {
    let values = HEADERS.iter().flat_map(|name| headers.get_all(*name));
    // A value is a list, and each item can have parameters: `prefetch;prerender`.
    let items = values.flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    let mut purposes = items.filter_map(|item| item.split(|byte| *byte == b';').next()).map(<[u8]>::trim_ascii);
    purposes.any(|purpose| purpose.eq_ignore_ascii_case(b"prefetch") || purpose.eq_ignore_ascii_case(b"preview"))
}
