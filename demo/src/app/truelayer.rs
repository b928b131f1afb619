//! Requests to TrueLayer: auth-link makes them and reads the answers, `ureq` takes them there.

use std::time::Duration;

use auth_link::client::{Call, RequestBody};

use super::App;
use super::page::Trouble;

/// What follows no redirect, takes each status as it is, and gives up in time.
pub(super) fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false);
    config.timeout_global(Some(Duration::from_secs(60))).build().into()
}

impl App {
    /// Sends a call. It goes on when the browser goes away meanwhile: what it brings may be there once only.
    pub(super) async fn send<T: Send + 'static>(&self, call: Call<T>) -> Result<T, Trouble> {
        let agent = self.agent.clone();
        tokio::task::spawn_blocking(move || send(&agent, call))
            .await
            .map_err(|error| Trouble::Unexpected(error.to_string()))?
    }
}

fn send<T>(agent: &ureq::Agent, call: Call<T>) -> Result<T, Trouble> {
    let (parts, mut body) =
        agent.run(call.request.map(RequestBody::expose)).map_err(Trouble::unreachable)?.into_parts();
    let body =
        body.with_config().limit(call.parser.max_body_len() as u64).read_to_vec().map_err(Trouble::unreachable)?;
    call.parser.parse(ureq::http::Response::from_parts(parts, body)).map_err(Trouble::Api)
}
