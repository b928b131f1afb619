//! The redirect that follows a begun or finished authorization.

use std::fmt;

use auth_link::http::header::LOCATION;
use auth_link::http::{HeaderValue, StatusCode};
use axum_core::response::{IntoResponse, Response};

use crate::set_cookies::SetCookies;

/// A redirect with status 303, which the browser follows by `GET`. It sets or removes cookies, and no cache stores it.
#[must_use = "return it from the handler"]
pub struct Redirect {
    location: HeaderValue,
    cookies: SetCookies,
}

impl SetCookies {
    /// Redirects the browser to a path of the application, or to a URL.
    ///
    /// Characters that a header cannot contain are percent-encoded.
    pub fn redirect(self, location: &str) -> Redirect {
        Redirect { location: header_value(location), cookies: self }
    }
}

/// Returns the value of a `Location` header. It is ASCII without control characters, so that it is always a header value.
fn header_value(location: &str) -> HeaderValue {
    let mut text = String::with_capacity(location.len());
    for byte in location.bytes() {
        if byte.is_ascii_graphic() {
            text.push(char::from(byte));
        } else {
            text.push('%');
            for nibble in [byte >> 4, byte & 15] {
                text.push(char::from(b"0123456789ABCDEF"[usize::from(nibble)]));
            }
        }
    }
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("/"))
}

impl IntoResponse for Redirect {
    fn into_response(self) -> Response {
        let mut response = StatusCode::SEE_OTHER.into_response();
        response.headers_mut().insert(LOCATION, self.location);
        self.cookies.add_to(response.headers_mut());
        response
    }
}

impl fmt::Debug for Redirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redirect").field("cookies", &self.cookies).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_of_any_text_is_one_header_value() {
        for (location, expected) in [
            ("/accounts?a=%20&b=c#d", "/accounts?a=%20&b=c#d"),
            ("/konten/ü 1", "/konten/%C3%BC%201"),
            ("/a\r\nSet-Cookie: b=c\0\u{7f}", "/a%0D%0ASet-Cookie:%20b=c%00%7F"),
            ("", ""),
        ] {
            assert_eq!(header_value(location), expected);
        }
    }
}
