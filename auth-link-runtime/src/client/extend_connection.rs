//! A connection that shall last longer.

use auth_link_rules::Param;
use http::Method;

use super::base::{Client, uri};
use super::call::Call;
use super::credential::RefreshToken;
use super::direct_bank_authentication::authorization_request;
use super::json::Unexpected;
use super::request_builder::RequestBuilder;
use super::request_error::RequestError;
use super::tokens::{Requested, Tokens};
use super::user::User;
use crate::authorization_request::AuthorizationRequest;
use crate::link::AuthLink;

impl Client {
    /// Extends a connection for which the user has given consent again, on a screen of the application's own
    /// (`POST /connections/extend`). For providers of the United Kingdom. An expired connection can be extended too.
    ///
    /// Redirect URI and response mode are those of the link, which must be the one that the user signed in with. TrueLayer must have
    /// seen the screen before `user_has_reconfirmed_consent` may be true in the live environment, and does not take false yet.
    ///
    /// # Errors
    ///
    /// The link is of another client id or auth server; the operating system gives no randomness.
    pub fn extend_connection(
        &self,
        link: &AuthLink,
        refresh_token: &RefreshToken,
        user: &User,
        user_has_reconfirmed_consent: bool,
    ) -> Result<Call<ExtendOutcome>, RequestError> {
        let (mut json, authorization) = self.begin_elsewhere(link)?;
        json.add("user_has_reconfirmed_consent", user_has_reconfirmed_consent);
        json.add(Param::ClientId.name(), self.id.as_str());
        json.add("client_secret", self.secret.expose());
        json.add("refresh_token", refresh_token.expose());
        json.add_json("user", user.to_json());
        // TrueLayer's page promises a new access token and a new refresh token, and no more.
        let requested =
            Requested { refresh_token: Some(refresh_token.clone()), is_bearer: true, ..Requested::default() };
        let request = RequestBuilder::new(Method::POST, uri(&self.servers.api, "/connections/extend")).json(&json);
        let request = request.hiding([self.secret.expose(), refresh_token.expose()]).hiding(authorization.texts());
        Ok(request.hiding(user.texts()).call(|json| {
            let mut json = json?;
            match json.required("action_needed")?.as_str() {
                "no_action_needed" => Ok(ExtendOutcome::Extended(Tokens::read(Ok(json), requested)?)),
                action @ ("authentication_needed" | "reconfirmation_of_consent_needed") => {
                    let sign_in = Box::new(authorization_request(
                        json.required("user_input_link")?,
                        authorization,
                        "user_input_link",
                    )?);
                    let is_bank = action == "authentication_needed";
                    Ok(if is_bank {
                        ExtendOutcome::Authenticate(sign_in)
                    } else {
                        ExtendOutcome::ReconfirmConsent(sign_in)
                    })
                }
                _ => Err(Unexpected("unknown `action_needed`".to_owned())),
            }
        }))
    }
}

/// What it takes to extend a connection.
#[derive(Debug)]
#[non_exhaustive]
#[must_use]
pub enum ExtendOutcome {
    /// Nothing more: the connection is extended. Store the new tokens.
    Extended(Tokens),
    /// The user signs in at the bank. The callback is received as after [`begin`](AuthLink::begin).
    Authenticate(Box<AuthorizationRequest>),
    /// The user gives consent again in TrueLayer's dialog, with a callback as after [`begin`](AuthLink::begin). TrueLayer's page says
    /// that this answer is not sent yet.
    ReconfirmConsent(Box<AuthorizationRequest>),
}
