//! The `Set-Cookie` headers of a response.

use std::convert::Infallible;
use std::fmt;

use auth_link::http::header::{CACHE_CONTROL, REFERRER_POLICY, SET_COOKIE};
use auth_link::http::{HeaderMap, HeaderValue};
use axum_core::response::{IntoResponseParts, ResponseParts};

/// The `Set-Cookie` headers of a response that begins or ends an authorization.
///
/// As a part of a response, it also adds `Cache-Control: no-store` and `Referrer-Policy: no-referrer`:
///
/// ```
/// use auth_link_axum::SetCookies;
/// use axum::response::{Html, IntoResponse};
///
/// fn connected(cookies: SetCookies) -> impl IntoResponse {
///     (cookies, Html("Your bank is connected."))
/// }
/// ```
#[derive(Clone, Default)]
#[must_use = "the response must contain these headers"]
pub struct SetCookies(Vec<HeaderValue>);

impl SetCookies {
    /// Creates the headers of the core's texts, which are valid header values.
    pub(crate) fn new(texts: Vec<String>) -> Self {
        Self(texts.into_iter().filter_map(|text| HeaderValue::try_from(text).ok()).collect())
    }

    /// Adds the headers, and those that keep a response out of caches and its URL out of `Referer`.
    pub(crate) fn add_to(self, headers: &mut HeaderMap) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        for cookie in self.0 {
            headers.append(SET_COOKIE, cookie);
        }
    }
}

impl IntoResponseParts for SetCookies {
    type Error = Infallible;

    fn into_response_parts(self, mut response: ResponseParts) -> Result<ResponseParts, Infallible> {
        self.add_to(response.headers_mut());
        Ok(response)
    }
}

impl fmt::Debug for SetCookies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SetCookies").field("cookies", &self.0.len()).finish_non_exhaustive()
    }
}
