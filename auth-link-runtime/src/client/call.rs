//! One request to TrueLayer and the parser of its response.

use std::fmt;

use http::{Request, Response};
use zeroize::Zeroizing;

use super::api_error::ApiError;
use super::json::{Json, Unexpected};
use super::redaction::Redaction;
use super::response::ResponseView;

/// One call of TrueLayer's API: the request to send, and what reads the answer to it.
///
/// Nothing here sends anything: any HTTP client that takes a [`http::Request`] fits. It must not follow redirects, since what the
/// request holds is for TrueLayer alone, must give answers of every status, and should give up in time.
///
/// ```
/// # use auth_link_runtime as auth_link;
/// use auth_link::client::{ApiError, Call, RequestBody};
/// use http::{Request, Response};
///
/// /// Sends any call, with an HTTP client `send`.
/// fn run<T>(call: Call<T>, send: impl FnOnce(Request<Vec<u8>>) -> Response<Vec<u8>>) -> Result<T, ApiError> {
///     let response = send(call.request.map(RequestBody::expose));
///     call.parser.parse(response)
/// }
/// ```
#[non_exhaustive]
#[must_use]
pub struct Call<T> {
    /// The request, to be sent once.
    pub request: Request<RequestBody>,
    /// What reads the answer.
    pub parser: ResponseParser<T>,
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (method, path) = (self.request.method(), self.request.uri().path());
        f.debug_struct("Call").field("method", method).field("path", &path).finish_non_exhaustive()
    }
}

/// The body of a request. It holds secrets: its `Debug` shows nothing of it, and it is wiped on drop.
pub struct RequestBody(pub(super) Zeroizing<Vec<u8>>);

impl RequestBody {
    /// The bytes, for the HTTP client: `request.map(RequestBody::expose)`.
    #[must_use]
    pub fn expose(mut self) -> Vec<u8> {
        std::mem::take(&mut *self.0)
    }
}

impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RequestBody([redacted])")
    }
}

/// Reads the answer to one request.
#[must_use]
pub struct ResponseParser<T> {
    pub(super) parse: Box<Parse<T>>,
    pub(super) redaction: Redaction,
    pub(super) max_body_len: usize,
}

/// Reads what was answered with success.
pub(super) type Parse<T> = dyn FnOnce(Result<Json, Unexpected>) -> Result<T, Unexpected> + Send + Sync;

/// What is longer than this is not read, unless an endpoint says otherwise.
pub(super) const LONGEST: usize = 1024 * 1024;

impl<T> ResponseParser<T> {
    /// The longest body that is read, in bytes: 1 MiB, and 32 MiB of the Data API's lists. The HTTP client need not take in more.
    #[must_use]
    pub const fn max_body_len(&self) -> usize {
        self.max_body_len
    }

    /// Reads the answer.
    ///
    /// # Errors
    ///
    /// - a redirect, which must not be followed;
    /// - an error that the server reports, whatever its status;
    /// - another status than success;
    /// - a body of more than [`max_body_len`](Self::max_body_len) bytes;
    /// - what is not the JSON that belongs here, or lacks a part of it.
    pub fn parse<B: AsRef<[u8]>>(self, response: Response<B>) -> Result<T, ApiError> {
        let (parts, body) = response.into_parts();
        let view = ResponseView::new(&parts, body.as_ref(), &self.redaction);
        if parts.status.is_redirection() {
            return Err(view.redirect());
        }
        if body.as_ref().len() > self.max_body_len {
            return Err(view.too_long());
        }
        if parts.status.is_success() && view.is_page() {
            return Err(view.unexpected(Unexpected("expected JSON".to_owned())));
        }
        let mut json = Json::read(body.as_ref());
        if let Ok(json) = &mut json
            && let Some(error) = view.error(json)
        {
            return Err(error);
        }
        if !parts.status.is_success() {
            return Err(view.unexpected(Unexpected("missing `error`".to_owned())));
        }
        (self.parse)(json).map_err(|unexpected| view.unexpected(unexpected))
    }
}

impl<T> fmt::Debug for ResponseParser<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseParser").finish_non_exhaustive()
    }
}
