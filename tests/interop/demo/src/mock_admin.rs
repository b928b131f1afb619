//! The admin endpoint of a demo's mock server.

use serde_json::Value;
use ureq::Agent;

use crate::instance::Instance;

/// Changes a mock server, and counts the requests that it received.
pub struct MockAdmin {
    agent: Agent,
    address: String,
}

impl MockAdmin {
    /// Returns the admin endpoint of the mock server that `demo` runs.
    #[must_use]
    pub fn of(demo: &Instance) -> Self {
        let origin = demo.mock_server.as_deref().expect("a demo with a mock server");
        Self { agent: Agent::new_with_defaults(), address: format!("{origin}/_mock") }
    }

    /// Ends the validity of all access tokens.
    pub fn expire_tokens(&self) {
        self.agent.post(format!("{}/expire-tokens", self.address)).send_empty().expect("a response");
    }

    /// Forgets the requests so far.
    pub fn clear_requests(&self) {
        self.agent.delete(format!("{}/requests", self.address)).call().expect("a response");
    }

    /// Returns the number of requests of an endpoint, such as `token`.
    #[must_use]
    pub fn requests(&self, endpoint: &str) -> usize {
        let mut response = self.agent.get(format!("{}/requests", self.address)).call().expect("a response");
        let text = response.body_mut().with_config().limit(64 * 1024 * 1024).read_to_string().expect("text");
        let list: Value = serde_json::from_str(&text).expect("JSON");
        let requests = list["requests"].as_array().expect("a list");
        requests.iter().filter(|request| request["endpoint"] == endpoint).count()
    }
}
