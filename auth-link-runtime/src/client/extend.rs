//! A connection that shall last longer.

use auth_link_rules::Param;
use http::Method;

use super::call::Draft;
use super::direct::sign_in;
use super::json::Unexpected;
use super::tokens::Asked;
use super::{Call, Client, RefreshToken, RequestError, Tokens, User, uri};
use crate::{AuthLink, SignIn};

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
    pub fn extend(
        &self,
        link: &AuthLink,
        refresh_token: &RefreshToken,
        user: &User,
        user_has_reconfirmed_consent: bool,
    ) -> Result<Call<Extension>, RequestError> {
        let (mut json, fresh) = self.begin_elsewhere(link)?;
        json.add("user_has_reconfirmed_consent", user_has_reconfirmed_consent);
        json.add(Param::ClientId.name(), self.id.as_str());
        json.add("client_secret", self.secret.expose());
        json.add("refresh_token", refresh_token.expose());
        json.add_json("user", user.to_json());
        // TrueLayer's page promises a new access token and a new refresh token, and no more.
        let asked = Asked { refresh_token: Some(refresh_token.clone()), is_bearer: true, ..Asked::default() };
        let draft = Draft::new(Method::POST, uri(&self.servers.api, "/connections/extend")).json(&json);
        let draft = draft.hiding([self.secret.expose(), refresh_token.expose()]).hiding(fresh.texts());
        Ok(draft.hiding(user.texts()).call(|json| {
            let mut json = json?;
            match json.needed("action_needed")?.as_str() {
                "no_action_needed" => Ok(Extension::Extended(Tokens::read(Ok(json), asked)?)),
                action @ ("authentication_needed" | "reconfirmation_of_consent_needed") => {
                    let sign_in = Box::new(sign_in(json.needed("user_input_link")?, fresh, "user_input_link")?);
                    let is_bank = action == "authentication_needed";
                    Ok(if is_bank { Extension::Authenticate(sign_in) } else { Extension::ReconfirmConsent(sign_in) })
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
pub enum Extension {
    /// Nothing more: the connection is extended. Store the new tokens.
    Extended(Tokens),
    /// The user signs in at the bank. The callback is received as after [`begin`](AuthLink::begin).
    Authenticate(Box<SignIn>),
    /// The user gives consent again in TrueLayer's dialog, with a callback as after [`begin`](AuthLink::begin). TrueLayer's page says
    /// that this answer is not sent yet.
    ReconfirmConsent(Box<SignIn>),
}
