//! The application's registration at the mock server.

use std::time::Duration;

/// The data that an application registers in TrueLayer's Console, and the server's settings.
pub(crate) struct Registration {
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) redirect_uri: String,
    /// The lifetime of an access token.
    pub(crate) token_lifetime: Duration,
}

/// The default client id.
pub(crate) const CLIENT_ID: &str = "sandbox-demo-5fe1a2";

/// The default client secret. It is no secret: only the mock server accepts it.
pub(crate) const CLIENT_SECRET: &str = "mock-server-client-secret";
