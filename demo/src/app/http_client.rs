//! Sending the requests that `auth-link` builds, with `ureq`.

use std::time::Duration;

use auth_link::client::{Call, RequestBody};

use super::error::AppError;

/// An HTTP client that follows no redirect and has a timeout.
pub(super) struct HttpClient(ureq::Agent);

impl HttpClient {
    pub(super) fn new() -> Self {
        let config = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false);
        Self(config.timeout_global(Some(Duration::from_secs(60))).build().into())
    }

    /// Sends a call and parses its response.
    ///
    /// A call continues when the browser disconnects: a code or a refresh token may be used only once.
    ///
    /// # Errors
    ///
    /// Returns an error if TrueLayer cannot be reached, or if its response is an error.
    pub(super) async fn send<T: Send + 'static>(&self, call: Call<T>) -> Result<T, AppError> {
        let agent = self.0.clone();
        tokio::task::spawn_blocking(move || send(&agent, call))
            .await
            .map_err(|error| AppError::Unexpected(error.to_string()))?
    }
}

fn send<T>(agent: &ureq::Agent, call: Call<T>) -> Result<T, AppError> {
    let unreachable = |error: ureq::Error| AppError::Unreachable(error.to_string());
    let (parts, mut body) = agent.run(call.request.map(RequestBody::expose)).map_err(unreachable)?.into_parts();
    let body = body.with_config().limit(call.parser.max_body_len() as u64).read_to_vec().map_err(unreachable)?;
    call.parser.parse(ureq::http::Response::from_parts(parts, body)).map_err(AppError::Api)
}
