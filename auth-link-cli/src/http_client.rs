//! The HTTP client of every request: it follows no redirect, and returns responses of every status.

use std::time::Duration;

use auth_link_runtime::Error;
use auth_link_runtime::client::{Call, RequestBody};
use auth_link_runtime::http::Response;
use ureq::Agent;
use ureq::config::Config;

/// The time limit for connecting.
const CONNECT: Duration = Duration::from_secs(10);

/// The time limit of a call. A bank may need half a minute to respond through TrueLayer.
const CALL: Duration = Duration::from_secs(60);

/// Builds an HTTP client with a time limit for a whole response.
pub(crate) fn agent(time_limit: Duration) -> Agent {
    let config = Config::builder()
        .user_agent(concat!("auth-link-cli/", env!("CARGO_PKG_VERSION")))
        .timeout_global(Some(time_limit))
        .timeout_connect(Some(CONNECT.min(time_limit)))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .build();
    Agent::new_with_config(config)
}

/// Sends calls to TrueLayer.
pub(crate) struct Sender(Agent);

impl Sender {
    /// Builds the HTTP client, with a time limit of a minute.
    pub(crate) fn new() -> Self {
        Self(agent(CALL))
    }

    /// Sends a call and parses its response.
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the request cannot be sent, or its response is not received within a minute;
    /// - the response is an error.
    pub(crate) fn send<T>(&self, call: Call<T>) -> Result<T, Error> {
        let failed = |error: ureq::Error| Error::Transport(Box::new(error));
        let response = self.0.run(call.request.map(RequestBody::expose)).map_err(failed)?;
        let (parts, mut body) = response.into_parts();
        let limit = call.parser.max_body_len() as u64;
        let body = body.with_config().limit(limit).read_to_vec().map_err(failed)?;
        Ok(call.parser.parse(Response::from_parts(parts, body))?)
    }
}
