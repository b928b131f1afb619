//! The text of a request's `Cookie` headers.

use http::HeaderMap;
use http::header::COOKIE;

/// Returns the text of a request's `Cookie` headers, of which HTTP/2 may have several. Without any, it is empty.
///
/// Bytes that are not UTF-8 are replaced: other cookies of the site may contain them.
///
/// ```
/// # use auth_link_runtime as auth_link;
/// use auth_link::cookies::cookie_text;
/// use auth_link::http::{HeaderMap, HeaderValue, header::COOKIE};
///
/// let mut headers = HeaderMap::new();
/// headers.append(COOKIE, HeaderValue::from_static("a=1; b=2"));
/// headers.append(COOKIE, HeaderValue::from_static("c=3"));
/// assert_eq!(cookie_text(&headers), "a=1; b=2; c=3");
/// ```
#[must_use]
pub fn cookie_text(headers: &HeaderMap) -> String {
    let mut text = String::new();
    for value in headers.get_all(COOKIE) {
        if !text.is_empty() {
            text.push_str("; ");
        }
        text.push_str(&String::from_utf8_lossy(value.as_bytes()));
    }
    text
}
