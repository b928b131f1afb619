//! An HTTP client as applications use it.

use std::time::Duration;

/// Returns an agent that follows no redirect and treats no status as an error.
#[must_use]
pub fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder()
        .max_redirects(0)
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(30)))
        .build();
    config.into()
}
