//! The builder of requests to TrueLayer.

use auth_link_rules::{decode, encode};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, Uri};
use zeroize::Zeroizing;

use super::call::{Call, MAX_BODY_LEN, Parse, RequestBody, ResponseParser};
use super::credential::{AccessToken, ClientSecret};
use super::json::Json;
use super::redaction::Redaction;
use super::request_error::RequestError;
use super::request_traits::{RequestTraits, split_path};
use super::unexpected::Unexpected;
use crate::secret::encoded_capacity;

/// The limit of a path with its query, in bytes, that every server should support (RFC 9110 §4.1).
const MAX_PATH_LEN: usize = 8000;

/// Returns the path with a query of the parameters that have a value.
pub(crate) fn with_query(path: &str, parameters: &[(&str, &str)]) -> Result<String, RequestError> {
    let mut text = path.to_owned();
    for (name, value) in parameters.iter().filter(|(_, value)| !value.is_empty()) {
        text.push(if text.len() == path.len() { '?' } else { '&' });
        text.push_str(name);
        text.push('=');
        encode(value, &mut text);
    }
    if text.len() > MAX_PATH_LEN { Err(RequestError::TooLong) } else { Ok(text) }
}

/// A request that is being built.
pub(crate) struct RequestBuilder {
    request: Request<RequestBody>,
    redaction: Redaction,
    traits: RequestTraits,
    max_body_len: usize,
}

/// The header with the IP address of a user who is present.
pub(crate) const PSU_IP: &str = "x-psu-ip";

impl RequestBuilder {
    pub(crate) fn new(method: Method, uri: Uri) -> Self {
        let traits = RequestTraits::of_path(uri.path());
        let mut redaction = Redaction::default();
        let (_, ids) = split_path(uri.path());
        for id in ids.split('/') {
            redaction.add(&decode(id.as_bytes()).unwrap_or_default());
        }
        let mut request = Request::new(RequestBody(Zeroizing::default()));
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        Self { request, redaction, traits, max_body_len: MAX_BODY_LEN }
    }

    /// Adds the personal data in the request. Its errors show no text of the server but its code.
    pub(crate) fn personal<'t>(self, texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut request = self.redacting(texts);
        request.traits.is_personal = true;
        request
    }

    /// Adds texts that no error may show.
    pub(crate) fn redacting<'t>(mut self, texts: impl IntoIterator<Item = &'t str>) -> Self {
        texts.into_iter().for_each(|text| self.redaction.add(text));
        self
    }

    /// Adds the secret of a client as a text that no error may show, in each form.
    pub(crate) fn redacting_client(mut self, id: &str, secret: &ClientSecret) -> Self {
        self.redaction.add_client(id, secret.expose());
        self
    }

    /// Sets a header.
    #[cfg(feature = "data")]
    pub(crate) fn header(mut self, name: http::HeaderName, mut value: HeaderValue) -> Self {
        let is_personal = name.as_str() == PSU_IP;
        value.set_sensitive(is_personal);
        let text = value.to_str().unwrap_or_default().to_owned();
        self.request.headers_mut().insert(name, value);
        if is_personal { self.personal([text.as_str()]) } else { self }
    }

    /// Sets the limit of the response body, in bytes.
    #[cfg(feature = "data")]
    pub(crate) fn max_body_len(mut self, max_body_len: usize) -> Self {
        self.max_body_len = max_body_len;
        self
    }

    /// Sets a form as the body (RFC 6749 appendix B).
    pub(crate) fn form(self, fields: &[(&str, &str)]) -> Self {
        let mut text = String::with_capacity(fields.iter().map(|(name, value)| encoded_capacity(name, value)).sum());
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

    /// Sets JSON as the body.
    pub(crate) fn json(self, json: &Json) -> Self {
        self.body("application/json", json.to_vec())
    }

    fn body(mut self, content_type: &'static str, body: Vec<u8>) -> Self {
        self.request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        *self.request.body_mut() = RequestBody(Zeroizing::new(body));
        self
    }

    /// Sets the access token, in the header (RFC 6750 §2.1).
    pub(crate) fn bearer(mut self, token: &AccessToken) -> Self {
        let text = Zeroizing::new(["Bearer ", token.expose()].concat());
        // A token is printable ASCII, so the header accepts it.
        if let Ok(mut value) = HeaderValue::from_str(&text) {
            value.set_sensitive(true);
            self.request.headers_mut().insert(AUTHORIZATION, value);
        }
        self.with_access_token(token)
    }

    /// Marks the request as one that contains an access token.
    pub(crate) fn with_access_token(mut self, token: &AccessToken) -> Self {
        self.traits.has_access_token = true;
        self.redacting([token.expose()])
    }

    /// Returns the call. `parse` reads its response.
    pub(crate) fn call<T>(
        self,
        parse: impl FnOnce(Result<Json, Unexpected>) -> Result<T, Unexpected> + Send + Sync + 'static,
    ) -> Call<T> {
        self.call_with(Parse::Tree(Box::new(parse)))
    }

    /// Returns the call of a response that `parse` reads without a tree.
    pub(crate) fn stream<T>(
        self,
        parse: impl FnOnce(&str) -> Result<T, Unexpected> + Send + Sync + 'static,
    ) -> Call<T> {
        self.call_with(Parse::Stream(Box::new(parse)))
    }

    fn call_with<T>(self, parse: Parse<T>) -> Call<T> {
        let Self { request, redaction, traits, max_body_len } = self;
        Call { request, parser: ResponseParser { parse, redaction, traits, max_body_len } }
    }
}
