//! The HTTP client of every request: it follows no redirect, and returns responses of every status.

use std::time::Duration;

use auth_link_ureq::HttpClient;
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

/// Builds the client of calls to TrueLayer.
pub(crate) fn http_client() -> HttpClient {
    HttpClient::from_agent(agent(CALL))
}
