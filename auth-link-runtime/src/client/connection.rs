//! A connection that stands: to end it, and to have TrueLayer look at it.

use http::Method;

use super::base::{Client, uri};
use super::call::Call;
use super::credential::AccessToken;
use super::json::Json;
use super::request_builder::RequestBuilder;

impl Client {
    /// Ends the connection: TrueLayer forgets the user's access to the bank (`DELETE /api/delete`).
    pub fn delete_connection(&self, access_token: &AccessToken) -> Call<()> {
        RequestBuilder::new(Method::DELETE, uri(&self.servers.auth, "/api/delete"))
            .bearer(access_token)
            .call(|_| Ok(()))
    }

    /// Asks for an id by which TrueLayer's support finds what went wrong with a connection (`POST /api/debug`). TrueLayer wants it
    /// requested only then.
    pub fn debug_id(&self, access_token: &AccessToken) -> Call<DebugId> {
        RequestBuilder::new(Method::POST, uri(&self.servers.auth, "/api/debug"))
            .json(&Json::object([("access_token", access_token.expose())]))
            .hiding([access_token.expose()])
            .call(|json| {
                let mut json = json?;
                Ok(DebugId {
                    debug_id: json.required("debug_id")?,
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
