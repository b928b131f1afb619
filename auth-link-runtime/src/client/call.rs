//! One request to TrueLayer, with the parser of its response.

use std::fmt;

use http::{Request, Response};
use zeroize::Zeroizing;

use super::api_error::ApiError;
use super::error_members::read_error_members;
use super::json::{Json, json_text};
use super::redaction::Redaction;
use super::request_traits::{RequestTraits, split_path};
use super::response::ResponseView;
use super::unexpected::Unexpected;

/// One call of TrueLayer's API: the request to send, and the parser of its response.
///
/// Any HTTP client that accepts an [`http::Request`] can send it. The HTTP client:
///
/// - must not follow redirects, since the request contains secrets for TrueLayer alone;
/// - must return responses of every status;
/// - should have a timeout.
///
/// ```
/// # use auth_link_runtime as auth_link;
/// use auth_link::client::{ApiError, Call, RequestBody};
/// use http::{Request, Response};
///
/// /// Sends a call with an HTTP client `send`.
/// fn run<T>(call: Call<T>, send: impl FnOnce(Request<Vec<u8>>) -> Response<Vec<u8>>) -> Result<T, ApiError> {
///     let response = send(call.request.map(RequestBody::expose));
///     call.parser.parse(response)
/// }
/// ```
#[non_exhaustive]
#[must_use]
pub struct Call<T> {
    /// The request. Send it once.
    ///
    /// Its `Debug` shows the whole URI, which may contain the id of an account. To log a call, use the `Debug` of the call.
    pub request: Request<RequestBody>,
    /// The parser of the response.
    pub parser: ResponseParser<T>,
}

impl<T> Call<T> {
    /// Returns the path up to the id of an account, such as `/data/v1/accounts`, for a log or a metric.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::Call;
    ///
    /// /// Logs a call without a secret and without the id of an account.
    /// fn log<T>(call: &Call<T>) {
    ///     println!("{} {}", call.request.method(), call.endpoint());
    /// }
    /// ```
    #[must_use]
    pub fn endpoint(&self) -> &str {
        split_path(self.request.uri().path()).0
    }
}

impl<T> fmt::Debug for Call<T> {
    /// Shows the method and the path up to the id of an account.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, rest) = split_path(self.request.uri().path());
        let path = if rest.is_empty() { path.to_owned() } else { format!("{path}/…") };
        let method = self.request.method();
        f.debug_struct("Call").field("method", method).field("path", &path).finish_non_exhaustive()
    }
}

/// The body of a request. It may contain secrets, so its `Debug` does not show it and it is wiped on drop.
pub struct RequestBody(pub(super) Zeroizing<Vec<u8>>);

impl RequestBody {
    /// Returns the bytes, for the HTTP client: `request.map(RequestBody::expose)`.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{Call, RequestBody};
    /// use auth_link::http::Request;
    ///
    /// fn request<T>(call: Call<T>) -> Request<Vec<u8>> {
    ///     call.request.map(RequestBody::expose)
    /// }
    /// ```
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

/// The parser of the response to one request.
#[must_use]
pub struct ResponseParser<T> {
    pub(super) parse: Parse<T>,
    pub(super) redaction: Redaction,
    pub(super) traits: RequestTraits,
    pub(super) max_body_len: usize,
}

/// Reads the body of a successful response.
pub(super) enum Parse<T> {
    /// From a tree, whose texts are wiped on drop.
    Tree(Box<ParseTree<T>>),
    /// From the text, straight into the types. An error that the server reports is an `Err`.
    Stream(Box<ParseText<T>>),
}

type ParseTree<T> = dyn FnOnce(Result<Json, Unexpected>) -> Result<T, Unexpected> + Send + Sync;
type ParseText<T> = dyn FnOnce(&str) -> Result<T, Unexpected> + Send + Sync;

/// The default limit of a response body, in bytes.
pub(super) const MAX_BODY_LEN: usize = 1024 * 1024;

impl<T> ResponseParser<T> {
    /// Returns the limit of the response body, in bytes: 1 MiB, or 32 MiB for the Data API.
    ///
    /// The HTTP client need not read more than one byte beyond it.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use std::io::Read;
    ///
    /// use auth_link::client::ResponseParser;
    ///
    /// /// Reads a body up to one byte beyond the limit, which the parser refuses.
    /// fn read<T>(parser: &ResponseParser<T>, body: impl Read) -> std::io::Result<Vec<u8>> {
    ///     let mut bytes = Vec::new();
    ///     body.take(parser.max_body_len() as u64 + 1).read_to_end(&mut bytes)?;
    ///     Ok(bytes)
    /// }
    /// ```
    #[must_use]
    pub const fn max_body_len(&self) -> usize {
        self.max_body_len
    }

    /// Parses the response.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{ApiError, ResponseParser, Tokens};
    /// use auth_link::http::Response;
    ///
    /// fn parse(parser: ResponseParser<Tokens>, response: Response<Vec<u8>>) -> Result<Tokens, ApiError> {
    ///     parser.parse(response)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the response:
    ///
    /// - is a redirect;
    /// - contains an error that the server reports, under any status;
    /// - has another status than success;
    /// - has a body of more than [`max_body_len`](Self::max_body_len) bytes;
    /// - is not the expected JSON.
    pub fn parse<B: AsRef<[u8]>>(self, response: Response<B>) -> Result<T, ApiError> {
        let (parts, body) = response.into_parts();
        let view = ResponseView::new(&parts, body.as_ref(), &self.redaction, self.traits);
        if parts.status.is_redirection() {
            return Err(view.redirect());
        }
        if body.as_ref().len() > self.max_body_len {
            return Err(view.too_long());
        }
        if parts.status.is_success() && view.is_page() {
            return Err(view.unexpected(Unexpected("expected JSON".to_owned())));
        }
        match self.parse {
            Parse::Tree(parse) => {
                let mut json = Json::read(body.as_ref());
                if let Ok(json) = &mut json
                    && let Some(error) = view.error(json)
                {
                    return Err(error);
                }
                if !parts.status.is_success() {
                    return Err(view.unexpected(Unexpected("missing `error`".to_owned())));
                }
                parse(json).map_err(|unexpected| view.unexpected(unexpected))
            }
            Parse::Stream(parse) => {
                let text = json_text(body.as_ref());
                let mut unexpected = Unexpected("missing `error`".to_owned());
                if parts.status.is_success() {
                    match text.and_then(parse) {
                        Ok(value) => return Ok(value),
                        Err(Unexpected(message)) => unexpected = Unexpected(self.redaction.apply(&message)),
                    }
                }
                if let Ok(mut json) = json_text(body.as_ref()).and_then(read_error_members)
                    && let Some(error) = view.error(&mut json)
                {
                    return Err(error);
                }
                Err(view.unexpected(unexpected))
            }
        }
    }
}

impl<T> fmt::Debug for ResponseParser<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseParser").finish_non_exhaustive()
    }
}
