//! The HTTP client that sends calls.

use std::io::Read as _;
use std::thread;
use std::time::Duration;

use auth_link::Error;
use auth_link::client::{Call, RequestBody, RequestError, Retries};
use ureq::http::Response;

use crate::call_span::CallSpan;
use crate::transport_error::of_request;

/// Sends calls to TrueLayer with [`ureq`].
///
/// It follows no redirect, reads no response beyond its limit, and stops an attempt after 60 seconds. Cloning it is cheap, and
/// the clones share their connections.
///
/// Each method blocks its thread. In an async application, call it in a thread for blocking work, such as
/// `tokio::task::spawn_blocking`, or use the crate `auth-link-reqwest`.
#[derive(Clone, Debug)]
pub struct HttpClient {
    agent: ureq::Agent,
    timeout: Duration,
    max_wait: Duration,
}

/// The default limit of the waits of one read.
const MAX_WAIT: Duration = Duration::from_secs(30);

/// The default limit of one attempt.
const TIMEOUT: Duration = Duration::from_secs(60);

/// `ureq` adds the timeout to the current time, and panics if it overflows.
const MAX_TIMEOUT: Duration = Duration::from_secs(u32::MAX as u64);

impl HttpClient {
    /// Creates an HTTP client with the defaults.
    #[must_use]
    pub fn new() -> Self {
        let config = ureq::Agent::config_builder();
        Self::from_agent(config.build().into())
    }

    /// Creates an HTTP client with the application's own agent, such as one with a proxy or a certificate.
    ///
    /// Whatever the settings of the agent, no redirect is followed and a status is no error. Its global timeout is kept if it has
    /// one.
    ///
    /// ```
    /// use auth_link_ureq::HttpClient;
    ///
    /// let config = ureq::Agent::config_builder().user_agent("acme/1.0");
    /// let http = HttpClient::from_agent(config.build().into());
    /// ```
    #[must_use]
    pub fn from_agent(agent: ureq::Agent) -> Self {
        let timeout = agent.config().timeouts().global.unwrap_or(TIMEOUT);
        Self { agent, timeout, max_wait: MAX_WAIT }
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
    pub fn send<T>(&self, call: Call<T>) -> Result<T, Error> {
        let span = CallSpan::new(&call);
        in_span(&span, || {
            let result = self.attempt(call, &span);
            span.record_result(&result, 1);
            result
        })
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
    /// use auth_link_ureq::HttpClient;
    ///
    /// fn providers(http: &HttpClient, client: &Client) -> Result<List<Provider>, Error> {
    ///     http.read(|| client.providers(&["accounts"], &["GB"]))
    /// }
    /// ```
    ///
    /// [`with_psu_ip`]: https://docs.rs/auth-link/latest/auth_link/data/struct.Data.html#method.with_psu_ip
    ///
    /// # Errors
    ///
    /// Returns the error of the last attempt, or an error if the call cannot be built. If the server asked for a longer wait,
    /// the error contains it ([`ApiError::retry_after`](auth_link::client::ApiError::retry_after)).
    pub fn read<T>(&self, call: impl Fn() -> Result<Call<T>, RequestError>) -> Result<T, Error> {
        let mut next = call()?;
        let mut retries = Retries::of(&next, self.max_wait);
        let span = CallSpan::new(&next);
        in_span(&span, || {
            let mut attempts = 1;
            loop {
                let result = self.attempt(next, &span);
                let wait = result.as_ref().err().and_then(|error| retries.next_wait(error));
                let Some(wait) = wait else {
                    span.record_result(&result, attempts);
                    return result;
                };
                thread::sleep(wait);
                next = call()?;
                attempts += 1;
            }
        })
    }

    fn attempt<T>(&self, call: Call<T>, span: &CallSpan) -> Result<T, Error> {
        let uri = call.request.uri().clone();
        let failed = |error: ureq::Error| of_request(&uri, &error);
        let request = self.agent.configure_request(call.request.map(RequestBody::expose));
        let request = request
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(self.timeout.min(MAX_TIMEOUT)))
            .build();
        let (parts, body) = self.agent.run(request).map_err(failed)?.into_parts();
        span.record_status(parts.status.as_u16());
        // The parser refuses a body beyond the limit.
        let max_len = call.parser.max_body_len() as u64 + 1;
        let mut text = Vec::new();
        body.into_with_config()
            .limit(u64::MAX)
            .reader()
            .take(max_len)
            .read_to_end(&mut text)
            .map_err(|error| failed(error.into()))?;
        Ok(call.parser.parse(Response::from_parts(parts, text))?)
    }
}

impl Default for HttpClient {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(feature = "tracing")]
fn in_span<T>(span: &CallSpan, run: impl FnOnce() -> T) -> T {
    span.span.in_scope(run)
}

#[cfg(not(feature = "tracing"))]
fn in_span<T>(_span: &CallSpan, run: impl FnOnce() -> T) -> T {
    run()
}
