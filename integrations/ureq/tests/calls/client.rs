//! The client of this crate, for the tests of both crates.

pub(super) use auth_link_ureq::HttpClient;

/// Returns the result of a call that blocks.
pub(super) fn run<T>(result: T) -> T {
    result
}

pub(super) fn http() -> HttpClient {
    HttpClient::new()
}

/// Returns the default client, and one whose agent follows redirects and makes a status an error.
pub(super) fn clients() -> Vec<HttpClient> {
    let config = ureq::Agent::config_builder().max_redirects(5).http_status_as_error(true);
    let config = config.redirect_auth_headers(ureq::config::RedirectAuthHeaders::SameHost);
    vec![http(), HttpClient::from_agent(config.build().into())]
}
