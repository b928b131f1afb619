//! HTTP as an application would send it.

use std::time::Duration;

/// An agent that follows no redirect and takes each status as it is.
#[must_use]
pub fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder()
        .max_redirects(0)
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(30)))
        .build();
    config.into()
}
