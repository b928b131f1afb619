//! The client of this crate, for the tests of both crates.

pub(super) use auth_link_reqwest::HttpClient;

/// Runs a future.
pub(super) fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

pub(super) fn http() -> HttpClient {
    HttpClient::new().unwrap()
}

/// Returns the default client, and one whose builder follows redirects and repeats every request.
pub(super) fn clients() -> Vec<HttpClient> {
    let retry = reqwest::retry::for_host("127.0.0.1").no_budget().max_retries_per_request(3).classify_fn(|attempt| {
        if attempt.status().is_some_and(|status| status == 200) { attempt.success() } else { attempt.retryable() }
    });
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::limited(5)).retry(retry);
    vec![http(), HttpClient::from_builder(builder).unwrap()]
}
