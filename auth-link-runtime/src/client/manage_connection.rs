//! Requests about an existing connection: to delete it, and to report a problem to TrueLayer's support.

use http::Method;

use super::base::{Client, uri};
use super::call::Call;
use super::credential::AccessToken;
use super::json::Json;
use super::request_builder::RequestBuilder;

impl Client {
    /// Deletes the connection: TrueLayer removes the user's access to the bank (`DELETE /api/delete`).
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{AccessToken, Call, Client};
    ///
    /// /// Send the call, and delete the tokens from the store once it succeeded.
    /// fn disconnect(client: &Client, access_token: &AccessToken) -> Call<()> {
    ///     client.delete_connection(access_token)
    /// }
    /// ```
    #[inline]
    pub fn delete_connection(&self, access_token: &AccessToken) -> Call<()> {
        RequestBuilder::new(Method::DELETE, uri(&self.servers.auth, "/api/delete"))
            .bearer(access_token)
            .call(|_| Ok(()))
    }

    /// Requests an id with which TrueLayer's support can investigate a connection (`POST /api/debug`).
    ///
    /// Request it only for a support case, as TrueLayer's page requires.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{AccessToken, Call, Client, DebugId};
    ///
    /// fn support_case(client: &Client, access_token: &AccessToken) -> Call<DebugId> {
    ///     client.debug_id(access_token)
    /// }
    /// ```
    #[inline]
    pub fn debug_id(&self, access_token: &AccessToken) -> Call<DebugId> {
        RequestBuilder::new(Method::POST, uri(&self.servers.auth, "/api/debug"))
            .json(&Json::object(&[("access_token", access_token.expose())]))
            .with_access_token(access_token)
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

/// The ids that TrueLayer's support needs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DebugId {
    /// The id for the support case.
    pub debug_id: String,
    /// TrueLayer's id of the connection.
    pub credentials_id: Option<String>,
    /// The id of the provider.
    pub provider_id: Option<String>,
}
