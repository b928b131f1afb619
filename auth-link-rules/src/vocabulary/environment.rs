//! TrueLayer's two environments and their servers.

/// The origins of TrueLayer's auth server, live and sandbox.
pub const TRUELAYER: [&str; 2] = ["https://auth.truelayer.com", "https://auth.truelayer-sandbox.com"];

/// The origins of TrueLayer's API, in the order of [`TRUELAYER`].
pub const API: [&str; 2] = ["https://api.truelayer.com", "https://api.truelayer-sandbox.com"];

/// The origins of TrueLayer's event tracking, in the order of [`TRUELAYER`].
pub const TRACKING: [&str; 2] =
    ["https://client-tracking.truelayer.com", "https://client-tracking.truelayer-sandbox.com"];

/// The values of `environment`, in the order of [`TRUELAYER`].
pub(crate) const ENVIRONMENTS: [&str; 2] = ["live", "sandbox"];

/// The prefix of client ids that belong to the sandbox.
pub(crate) const SANDBOX_PREFIX: &str = "sandbox-";

/// Returns the index of the environment whose auth server has the host `host`.
pub(crate) fn environment_of_host(host: &str) -> Option<usize> {
    let host = host.strip_suffix(":443").unwrap_or(host);
    TRUELAYER
        .iter()
        .position(|server| server.strip_prefix("https://").is_some_and(|known| known.eq_ignore_ascii_case(host)))
}
