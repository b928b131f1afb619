//! The callback in an HTTP request.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method, Request, StatusCode, request};

use crate::callback::Callback;
use crate::callback_error::CallbackError;

impl<'r> Callback<'r> {
    /// Parses the callback in a request: the query of `GET`, or the form of `POST` (`response_mode = form_post`).
    ///
    /// A `HEAD` request and a prefetch are refused before anything is read: a link preview, a virus scanner or a browser sends
    /// them before the user opens the page, and they must not use the code. Respond with [`CallbackError::status`], and leave
    /// the pending authorization where it is.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::{Callback, CallbackError};
    /// use http::Request;
    ///
    /// # fn main() -> Result<(), CallbackError> {
    /// let request = Request::get("/callback?code=c1&state=s1").body(Vec::new()).unwrap();
    /// let callback = Callback::from_request(&request)?;
    ///
    /// let request = Request::head("/callback?code=c1&state=s1").body(Vec::new()).unwrap();
    /// assert_eq!(Callback::from_request(&request).unwrap_err(), CallbackError::UnexpectedMethod);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the method is neither `GET` nor `POST`;
    /// - the browser marked the request as a prefetch or a preview (`Sec-Purpose`, `Purpose`, `X-Purpose`, `X-Moz`);
    /// - the body of a `POST` request has another content type than a form;
    /// - the parameters are invalid, as in [`from_query`](Self::from_query) and [`from_form`](Self::from_form).
    #[inline]
    pub fn from_request<B: AsRef<[u8]>>(request: &'r Request<B>) -> Result<Self, CallbackError> {
        let (method, headers, query) = (request.method(), request.headers(), request.uri().query());
        Self::from_method(method, headers, query, request.body().as_ref())
    }

    /// Parses the callback in the head and the body of a request, as [`from_request`](Self::from_request) does.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::{Callback, CallbackError};
    /// use auth_link::http::request::Parts;
    ///
    /// /// For a framework that separates the head of a request from its body.
    /// fn parse<'r>(head: &'r Parts, body: &'r [u8]) -> Result<Callback<'r>, CallbackError> {
    ///     Callback::from_request_parts(head, body)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error in the cases of [`from_request`](Self::from_request).
    #[inline]
    pub fn from_request_parts(parts: &'r request::Parts, body: &'r [u8]) -> Result<Self, CallbackError> {
        Self::from_method(&parts.method, &parts.headers, parts.uri.query(), body)
    }

    /// Checks that a request is the user's own, as [`from_request`](Self::from_request) does. A handler that begins an
    /// authorization by `GET` needs the check too, since each begin takes one of the browser's eight places.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::{Callback, CallbackError};
    /// use http::{HeaderMap, HeaderValue, Method};
    ///
    /// let mut headers = HeaderMap::new();
    /// assert!(Callback::check_request(&Method::GET, &headers).is_ok());
    /// headers.insert("sec-purpose", HeaderValue::from_static("prefetch"));
    /// assert_eq!(Callback::check_request(&Method::GET, &headers), Err(CallbackError::Prefetch));
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the method is neither `GET` nor `POST`, or if the browser marked the request as a prefetch or a preview.
    #[inline]
    pub fn check_request(method: &Method, headers: &HeaderMap) -> Result<(), CallbackError> {
        if is_prefetch(headers) {
            return Err(CallbackError::Prefetch);
        }
        if *method == Method::GET || *method == Method::POST { Ok(()) } else { Err(CallbackError::UnexpectedMethod) }
    }

    #[inline]
    fn from_method(
        method: &Method,
        headers: &HeaderMap,
        query: Option<&'r str>,
        body: &'r [u8],
    ) -> Result<Self, CallbackError> {
        Self::check_request(method, headers)?;
        let query = query.unwrap_or_default();
        if *method == Method::GET {
            return Self::from_query(query);
        }
        if headers.get(CONTENT_TYPE).is_some_and(|value| !is_form(value.as_bytes())) {
            return Err(CallbackError::UnexpectedContentType);
        }
        Self::from_form(query, body)
    }
}

/// The headers by which browsers mark a prefetch: the standard one, Chromium's, Safari's and Firefox's older ones.
const PURPOSE_HEADERS: [&str; 4] = ["sec-purpose", "purpose", "x-purpose", "x-moz"];

#[inline]
fn is_prefetch(headers: &HeaderMap) -> bool {
    let values = PURPOSE_HEADERS.iter().flat_map(|name| headers.get_all(*name));
    // A value is a list, and each item can have parameters: `prefetch;prerender`.
    let items = values.flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    let mut purposes = items.map(without_parameters);
    purposes.any(|purpose| purpose.eq_ignore_ascii_case(b"prefetch") || purpose.eq_ignore_ascii_case(b"preview"))
}

#[inline]
fn is_form(content_type: &[u8]) -> bool {
    without_parameters(content_type).eq_ignore_ascii_case(b"application/x-www-form-urlencoded")
}

#[inline]
fn without_parameters(value: &[u8]) -> &[u8] {
    value.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii()
}

impl CallbackError {
    /// Returns the status of a response to the browser.
    ///
    /// A browser discards a prefetch with an error status, and sends the request again when the user opens the page. Add
    /// `Cache-Control: no-store` to each response, and `Allow: GET, POST` to one of status 405.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::CallbackError;
    ///
    /// assert_eq!(CallbackError::UnexpectedMethod.status(), 405);
    /// assert_eq!(CallbackError::StateMismatch.status(), 400);
    /// ```
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::UnexpectedMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Prefetch => StatusCode::SERVICE_UNAVAILABLE,
            Self::UnexpectedContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Server(_) => StatusCode::BAD_GATEWAY,
            Self::AccessDenied(_) | Self::ErrorWithoutState { .. } => StatusCode::FORBIDDEN,
            _ => StatusCode::BAD_REQUEST,
        }
    }
}
