//! The properties of this crate alone.

use std::time::{Duration, Instant};

use super::client::HttpClient;
use super::server::{Reply, TestServer};

#[test]
fn the_timeout_of_an_agent_is_kept() {
    let server = TestServer::start(vec![Reply::Silence]);
    let config = ureq::Agent::config_builder().timeout_global(Some(Duration::from_millis(200)));
    let start = Instant::now();
    let error = HttpClient::from_agent(config.build().into()).send(server.client().tracking_token()).unwrap_err();
    assert!(error.to_string().contains("timeout") && start.elapsed() < Duration::from_secs(10), "{error}");
}
