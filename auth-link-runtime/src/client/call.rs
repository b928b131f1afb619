//! One request to TrueLayer, and how its answer is read.

use std::fmt;

use auth_link_rules::encode;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, Response, Uri};
use zeroize::Zeroizing;

use super::json::{Json, Unexpected};
use super::redaction::Redaction;
use super::told::Told;
use super::{AccessToken, ApiError, RequestError};
use crate::secret::room;

/// One call of TrueLayer's API: the request to send, and what reads the answer to it.
///
/// Nothing here sends anything: any HTTP client that takes a [`http::Request`] fits. It must not follow redirects, since what the
/// request holds is for TrueLayer alone, must give answers of every status, and should give up in time.
///
/// ```
/// # use auth_link_runtime as auth_link;
/// use auth_link::{ApiError, Body, Call};
/// use http::{Request, Response};
///
/// /// Sends any call, with an HTTP client `send`.
/// fn run<T>(call: Call<T>, send: impl FnOnce(Request<Vec<u8>>) -> Response<Vec<u8>>) -> Result<T, ApiError> {
///     let response = send(call.request.map(Body::expose));
///     call.answer.read(response)
/// }
/// ```
#[non_exhaustive]
#[must_use]
pub struct Call<T> {
    /// The request, to be sent once.
    pub request: Request<Body>,
    /// What reads the answer.
    pub answer: Answer<T>,
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (method, path) = (self.request.method(), self.request.uri().path());
        f.debug_struct("Call").field("method", method).field("path", &path).finish_non_exhaustive()
    }
}

/// The body of a request. It holds secrets: its `Debug` shows nothing of it, and it is wiped on drop.
pub struct Body(Zeroizing<Vec<u8>>);

impl Body {
    /// The bytes, for the HTTP client: `request.map(Body::expose)`.
    #[must_use]
    pub fn expose(mut self) -> Vec<u8> {
        std::mem::take(&mut *self.0)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Body([redacted])")
    }
}

/// Reads the answer to one request.
#[must_use]
pub struct Answer<T> {
    read: Box<Read<T>>,
    redaction: Redaction,
    limit: usize,
}

/// Reads what was answered with success.
type Read<T> = dyn FnOnce(Result<Json, Unexpected>) -> Result<T, Unexpected> + Send + Sync;

/// What is longer than this is not read, unless an endpoint says otherwise.
const LONGEST: usize = 1024 * 1024;

impl<T> Answer<T> {
    /// The longest body that is read, in bytes: 1 MiB, and 32 MiB of the Data API's lists. The HTTP client need not take in more.
    #[must_use]
    pub const fn limit(&self) -> usize {
        self.limit
    }

    /// Reads the answer.
    ///
    /// # Errors
    ///
    /// - a redirect, which must not be followed;
    /// - an error that the server reports, whatever its status;
    /// - another status than success;
    /// - a body of more than [`limit`](Self::limit) bytes;
    /// - what is not the JSON that belongs here, or lacks a part of it.
    pub fn read<B: AsRef<[u8]>>(self, response: Response<B>) -> Result<T, ApiError> {
        let (parts, body) = response.into_parts();
        let told = Told::new(&parts, body.as_ref(), &self.redaction);
        if parts.status.is_redirection() {
            return Err(told.redirect());
        }
        if body.as_ref().len() > self.limit {
            return Err(told.too_long());
        }
        if parts.status.is_success() && told.is_page() {
            return Err(told.unexpected(Unexpected("expected JSON".to_owned())));
        }
        let mut json = Json::read(body.as_ref());
        if let Ok(json) = &mut json
            && let Some(error) = told.error(json)
        {
            return Err(error);
        }
        if !parts.status.is_success() {
            return Err(told.unexpected(Unexpected("missing `error`".to_owned())));
        }
        (self.read)(json).map_err(|unexpected| told.unexpected(unexpected))
    }
}

impl<T> fmt::Debug for Answer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").finish_non_exhaustive()
    }
}

/// The longest path and query that every server reads, in bytes (RFC 9110 §4.1).
const LONGEST_PATH: usize = 8000;

/// `path` with a query of those parameters that have a value.
pub(crate) fn with_query(path: &str, parameters: &[(&str, &str)]) -> Result<String, RequestError> {
    let mut text = path.to_owned();
    for (name, value) in parameters.iter().filter(|(_, value)| !value.is_empty()) {
        text.push(if text.len() == path.len() { '?' } else { '&' });
        text.push_str(name);
        text.push('=');
        encode(value, &mut text);
    }
    if text.len() > LONGEST_PATH { Err(RequestError::TooLong) } else { Ok(text) }
}

/// A request in the making.
pub(crate) struct Draft {
    request: Request<Body>,
    redaction: Redaction,
    limit: usize,
}

impl Draft {
    pub(crate) fn new(method: Method, uri: Uri) -> Self {
        let mut request = Request::new(Body(Zeroizing::default()));
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        Self { request, redaction: Redaction::default(), limit: LONGEST }
    }

    /// With texts in it that no error may show.
    pub(crate) fn hiding<'t>(mut self, texts: impl IntoIterator<Item = &'t str>) -> Self {
        texts.into_iter().for_each(|text| self.redaction.add(text));
        self
    }

    /// With a header.
    #[cfg(feature = "data")]
    pub(crate) fn header(mut self, name: http::HeaderName, value: HeaderValue) -> Self {
        self.request.headers_mut().insert(name, value);
        self
    }

    /// With an answer of at most so many bytes.
    #[cfg(feature = "data")]
    pub(crate) fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// With a form as its body (RFC 6749 appendix B).
    pub(crate) fn form(self, fields: &[(&str, &str)]) -> Self {
        let mut text = String::with_capacity(fields.iter().map(|(name, value)| room(name, value)).sum());
        for (index, (name, value)) in fields.iter().enumerate() {
            if index > 0 {
                text.push('&');
            }
            text.push_str(name);
            text.push('=');
            encode(value, &mut text);
        }
        self.body("application/x-www-form-urlencoded", text.into_bytes())
    }

    /// With JSON as its body.
    pub(crate) fn json(self, json: &Json) -> Self {
        self.body("application/json", json.to_vec())
    }

    fn body(mut self, kind: &'static str, body: Vec<u8>) -> Self {
        self.request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        *self.request.body_mut() = Body(Zeroizing::new(body));
        self
    }

    /// With the token in its header (RFC 6750 §2.1).
    pub(crate) fn bearer(mut self, token: &AccessToken) -> Self {
        let text = Zeroizing::new(["Bearer ", token.expose()].concat());
        // A token is printable ASCII, which a header takes.
        if let Ok(mut value) = HeaderValue::from_str(&text) {
            value.set_sensitive(true);
            self.request.headers_mut().insert(AUTHORIZATION, value);
        }
        self.hiding([token.expose()])
    }

    /// The call, whose answer `read` reads.
    pub(crate) fn call<T>(
        self,
        read: impl FnOnce(Result<Json, Unexpected>) -> Result<T, Unexpected> + Send + Sync + 'static,
    ) -> Call<T> {
        let Self { request, redaction, limit } = self;
        Call { request, answer: Answer { read: Box::new(read), redaction, limit } }
    }
}
