//! The HTTP client that sends calls.

use std::time::Duration;

use auth_link::Error;
use auth_link::client::{Call, RequestBody, RequestError, Retries};
use http::Response;
use reqwest::redirect::Policy;

use crate::call_span::CallSpan;
use crate::transport_error::{of_builder, of_request};

/// Sends calls to TrueLayer with [`reqwest`].
///
/// It follows no redirect, reads no response beyond its limit, and stops an attempt after 60 seconds. Cloning it is cheap, and
/// the clones share their connections.
///
/// Each method needs a Tokio runtime with time and I/O. A future that is dropped may have sent its request: to keep the tokens of
/// an exchange or a refresh although a browser leaves, run it in `tokio::spawn`.
#[derive(Clone, Debug)]
pub struct HttpClient {
    client: reqwest::Client,
    timeout: Duration,
    max_wait: Duration,
}

/// The default limit of the waits of one read.
const MAX_WAIT: Duration = Duration::from_secs(30);

/// The default limit of one attempt.
const TIMEOUT: Duration = Duration::from_secs(60);

impl HttpClient {
    /// Creates an HTTP client with the defaults.
    ///
    /// # Errors
    ///
    /// Returns an error if TLS cannot be set up, such as without certificates.
    pub fn new() -> Result<Self, Error> {
        Self::from_builder(reqwest::Client::builder())
    }

    /// Creates an HTTP client with other settings of reqwest, such as a proxy or a certificate.
    ///
    /// These settings of the builder are replaced: its redirect policy and its retry policy, so that each request is sent once and
    /// to TrueLayer alone, and its timeout ([`with_timeout`](Self::with_timeout)). There is no constructor from a
    /// `reqwest::Client`, whose redirect policy can be neither read nor changed.
    ///
    /// ```
    /// use auth_link_reqwest::HttpClient;
    ///
    /// # fn main() -> Result<(), auth_link::Error> {
    /// let http = HttpClient::from_builder(reqwest::Client::builder().user_agent("acme/1.0"))?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if reqwest refuses the settings.
    pub fn from_builder(builder: reqwest::ClientBuilder) -> Result<Self, Error> {
        let builder = builder.redirect(Policy::none()).retry(reqwest::retry::never());
        let client = builder.build().map_err(of_builder)?;
        Ok(Self { client, timeout: TIMEOUT, max_wait: MAX_WAIT })
    }

    /// Sets the limit of one attempt, from the connection to the end of the response. The default is 60 seconds.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// Sets the limit of all waits of one [`read`](Self::read). The default is 30 seconds.
    ///
    /// An error that asks for a longer wait is returned at once.
    #[must_use]
    pub fn with_max_wait(self, max_wait: Duration) -> Self {
        Self { max_wait, ..self }
    }

    /// Returns the HTTP client with one attempt for each read.
    #[must_use]
    pub fn without_retries(self) -> Self {
        self.with_max_wait(Duration::ZERO)
    }

    /// Sends a call once and parses its response.
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - there is no complete response ([`TransportError`](auth_link::client::TransportError));
    /// - the response is an error, a redirect, or too long.
    pub async fn send<T>(&self, call: Call<T>) -> Result<T, Error> {
        let span = CallSpan::new(&call);
        in_span(&span, async {
            let result = self.attempt(call, &span).await;
            span.record_result(&result, 1);
            result
        })
        .await
    }

    /// Sends a read, again if it fails for a moment, and parses its response. `call` builds the call for each attempt.
    ///
    /// A read is sent again after a dropped or refused connection and after an error with
    /// [`Recovery::RetryLater`](auth_link::client::Recovery::RetryLater):
    ///
    /// - at most twice; once for the Data API without [`with_psu_ip`], since banks then accept four requests a day and count failed
    ///   ones;
    /// - after the wait in `Retry-After`, or else after about a second, then two; at most 30 seconds in all
    ///   ([`with_max_wait`](Self::with_max_wait));
    /// - after a status 429 only with `Retry-After`, since the limit may be one of a day;
    /// - not after a timeout, which the caller has already waited for.
    ///
    /// A request that is no GET, such as an exchange or a refresh, is sent once.
    ///
    /// ```
    /// use auth_link::client::{Client, List, Provider};
    /// use auth_link::Error;
    /// use auth_link_reqwest::HttpClient;
    ///
    /// async fn providers(http: &HttpClient, client: &Client) -> Result<List<Provider>, Error> {
    ///     http.read(|| client.providers(&["accounts"], &["GB"])).await
    /// }
    /// ```
    ///
    /// [`with_psu_ip`]: https://docs.rs/auth-link/latest/auth_link/data/struct.Data.html#method.with_psu_ip
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt, or an error if the call cannot be built. If the server asked for a longer wait,
    /// the error contains it ([`ApiError::retry_after`](auth_link::client::ApiError::retry_after)).
    pub async fn read<T>(&self, call: impl Fn() -> Result<Call<T>, RequestError>) -> Result<T, Error> {
        let mut next = call()?;
        let mut retries = Retries::of(&next, self.max_wait);
        let span = CallSpan::new(&next);
        in_span(&span, async {
            let mut attempts = 1;
            loop {
                let result = self.attempt(next, &span).await;
                let wait = result.as_ref().err().and_then(|error| retries.next_wait(error));
                let Some(wait) = wait else {
                    span.record_result(&result, attempts);
                    return result;
                };
                drop(result);
                tokio::time::sleep(wait).await;
                next = call()?;
                attempts += 1;
            }
        })
        .await
    }

    async fn attempt<T>(&self, call: Call<T>, span: &CallSpan) -> Result<T, Error> {
        let uri = call.request.uri().clone();
        let failed = |error| of_request(&uri, error);
        let mut request: reqwest::Request = call.request.map(RequestBody::expose).try_into().map_err(failed)?;
        *request.timeout_mut() = Some(self.timeout);
        let received = self.client.execute(request).await.map_err(failed)?;
        span.record_status(received.status().as_u16());
        let response = read_response(received, call.parser.max_body_len()).await.map_err(failed)?;
        Ok(call.parser.parse(response)?)
    }
}

/// Reads a body up to the first part that exceeds the limit.
async fn read_response(mut received: reqwest::Response, max_len: usize) -> reqwest::Result<Response<Vec<u8>>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = received.status();
    *response.headers_mut() = std::mem::take(received.headers_mut());
    let body = response.body_mut();
    while body.len() <= max_len
        && let Some(part) = received.chunk().await?
    {
        body.extend_from_slice(&part);
    }
    Ok(response)
}

#[cfg(feature = "tracing")]
fn in_span<F: Future>(span: &CallSpan, future: F) -> impl Future<Output = F::Output> + use<F> {
    tracing::Instrument::instrument(future, span.span.clone())
}

#[cfg(not(feature = "tracing"))]
fn in_span<F: Future>(_span: &CallSpan, future: F) -> F {
    future
}
