//! A connection that stands: to end it, and to have TrueLayer look at it.

use http::Method;

use super::call::Draft;
use super::json::Json;
use super::{AccessToken, Call, Client, uri};

impl Client {
    /// Ends the connection: TrueLayer forgets the user's access to the bank (`DELETE /api/delete`).
    pub fn delete(&self, access_token: &AccessToken) -> Call<()> {
        Draft::new(Method::DELETE, uri(&self.servers.auth, "/api/delete")).bearer(access_token).call(|_| Ok(()))
    }

    /// Asks for an id by which TrueLayer's support finds what went wrong with a connection (`POST /api/debug`). TrueLayer wants it
    /// asked only then.
    pub fn debug(&self, access_token: &AccessToken) -> Call<DebugId> {
        Draft::new(Method::POST, uri(&self.servers.auth, "/api/debug"))
            .json(&Json::object([("access_token", access_token.expose())]))
            .hiding([access_token.expose()])
            .call(|json| {
                let mut json = json?;
                Ok(DebugId {
                    debug_id: json.needed("debug_id")?,
                    credentials_id: json.text("credentials_id")?,
                    provider_id: json.text("provider_id")?,
                })
            })
    }
}

/// What TrueLayer's support asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DebugId {
    /// The id to tell.
    pub debug_id: String,
    /// TrueLayer's name for the connection.
    pub credentials_id: Option<String>,
    /// The provider of the connection.
    pub provider_id: Option<String>,
}
