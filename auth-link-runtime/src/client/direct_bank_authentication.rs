//! Sign-ins whose link TrueLayer makes: at the bank directly, and anew at the bank of a connection that there is.

use std::fmt;
use std::str::FromStr;

use auth_link_rules::{Param, is_auth_server};
use http::Method;

use super::base::{Client, uri};
use super::call::Call;
use super::credential::RefreshToken;
use super::json::{Json, Unexpected};
use super::request_builder::RequestBuilder;
use super::request_error::RequestError;
use super::user::User;
use crate::authorization_request::{AuthorizationRequest, NewAuthorization};
use crate::link::{AuthLink, LinkText};

impl Client {
    /// Begins a sign-in at the bank itself, without TrueLayer's dialog (`POST /v1/authuri`): for applications that ask the user for
    /// consent on screens of their own, which TrueLayer has approved. In the sandbox it is open to all, with the provider `mock`.
    ///
    /// Redirect URI, scopes, provider, response mode and tracking id are those of the link; what only TrueLayer's dialog reads is
    /// not sent. The answer has the bank's address; its callback is received, and its code exchanged, as after
    /// [`begin`](AuthLink::begin).
    ///
    /// # Errors
    ///
    /// The link is of another client id or auth server, or has no `provider_id`; the operating system gives no randomness.
    pub fn direct_bank_authentication(
        &self,
        link: &AuthLink,
        auth: &DirectBankAuthentication,
    ) -> Result<Call<AuthorizationRequest>, RequestError> {
        let (mut json, authorization) = self.begin_elsewhere(link)?;
        for param in [Param::ClientId, Param::Scope, Param::ProviderId, Param::TrackingId] {
            match link.text.value(param) {
                value if !value.is_empty() => json.add(param.name(), value),
                _ if param == Param::ProviderId => return Err(RequestError::MissingProvider),
                _ => {}
            }
        }
        json.add("consent_id", auth.consent_id.as_str());
        if let Some(user) = &auth.user {
            json.add_json("user", user.to_json());
        }
        if let Some(description) = &auth.data_use_description {
            json.add("data_use_description", description.as_str());
        }
        if !auth.auth_inputs.is_empty() {
            let inputs = auth.auth_inputs.iter().map(|(id, value)| Json::object([(id.as_str(), value.as_str())]));
            json.add_list("auth_inputs", inputs);
        }
        let inputs = auth.auth_inputs.iter().map(|(_, value)| value.as_str());
        let of_user = auth.user.iter().flat_map(User::texts);
        Ok(self.authorization_call("/v1/authuri", json, authorization, of_user.chain(inputs)))
    }

    /// Begins a sign-in that renews the user's consent to a connection, at its bank (`POST /v1/reauthuri`): before the 90 days of a
    /// consent end, or up to 90 days after. For providers of the United Kingdom; TrueLayer recommends [`extend`](Self::extend_connection).
    ///
    /// Redirect URI and response mode are those of the link, which must be the one that the user signed in with.
    ///
    /// # Errors
    ///
    /// The link is of another client id or auth server; the operating system gives no randomness.
    pub fn reauthenticate(
        &self,
        link: &AuthLink,
        refresh_token: &RefreshToken,
    ) -> Result<Call<AuthorizationRequest>, RequestError> {
        let (mut json, authorization) = self.begin_elsewhere(link)?;
        json.add("refresh_token", refresh_token.expose());
        Ok(self.authorization_call("/v1/reauthuri", json, authorization, [refresh_token.expose()]))
    }

    /// What each request for a sign-in says: how its callback shall come, and what it alone has.
    pub(super) fn begin_elsewhere(&self, link: &AuthLink) -> Result<(Json, NewAuthorization), RequestError> {
        self.owns(&link.text.value(Param::ClientId), link.text.auth_server())?;
        let authorization = link.new_authorization()?;
        let redirect_uri = link.text.value(Param::RedirectUri);
        let mut json = Json::object([("redirect_uri", redirect_uri.as_ref()), ("state", authorization.state())]);
        match link.text.value(Param::ResponseMode) {
            mode if mode.is_empty() => {}
            mode => json.add("response_mode", mode),
        }
        if let Some(challenge) = authorization.challenge() {
            json.add("code_challenge", challenge.as_str());
        }
        Ok((json, authorization))
    }

    fn authorization_call<'t>(
        &self,
        path: &str,
        mut json: Json,
        authorization: NewAuthorization,
        hidden: impl IntoIterator<Item = &'t str>,
    ) -> Call<AuthorizationRequest> {
        json.add("response_type", "code");
        if authorization.challenge().is_some() {
            json.add("code_challenge_method", "S256");
        }
        let request = RequestBuilder::new(Method::POST, uri(&self.servers.auth, path)).json(&json);
        request.hiding(authorization.texts()).hiding(hidden).call(|json| {
            let mut json = json?;
            if json.flag("success")? == Some(false) {
                return Err(Unexpected("no success".to_owned()));
            }
            authorization_request(json.required("result")?, authorization, "result")
        })
    }
}

/// The sign-in that goes on at `url`, which the answer has as `name`.
pub(super) fn authorization_request(
    url: String,
    authorization: NewAuthorization,
    name: &str,
) -> Result<AuthorizationRequest, Unexpected> {
    if !is_web_address(&url, authorization.link()) {
        return Err(Unexpected(format!("expected an address of the web for `{name}`, found another")));
    }
    Ok(authorization.into_request_at(url))
}

/// Whether a browser may be sent there: by TLS, or to a stand-in as the link leads to one.
fn is_web_address(url: &str, link: &LinkText) -> bool {
    let authority = url.find("://").map_or(0, |at| at + 3);
    let end = url[authority..].find(['/', '?', '#']).map_or(url.len(), |at| authority + at);
    let origin = url[..end].to_ascii_lowercase();
    let is_plain = url.chars().all(|c| c.is_ascii_graphic() && !"\"<>\\`".contains(c));
    let is_stand_in = link.auth_server().starts_with("http:");
    is_plain && is_auth_server(&origin) && (origin.starts_with("https:") || is_stand_in)
}

/// What direct bank authentication needs beside the link: the consent that the application requested the user for on its own screens.
#[derive(Clone)]
#[must_use]
pub struct DirectBankAuthentication {
    consent_id: ConsentId,
    user: Option<User>,
    data_use_description: Option<String>,
    auth_inputs: Vec<(String, String)>,
}

impl DirectBankAuthentication {
    /// With the application's name for the consent.
    pub fn new(consent_id: ConsentId) -> Self {
        Self { consent_id, user: None, data_use_description: None, auth_inputs: Vec::new() }
    }

    /// With the user who gave the consent.
    pub fn user(mut self, user: User) -> Self {
        self.user = Some(user);
        self
    }

    /// With the very words that told the user what the data is for.
    pub fn data_use_description(mut self, text: impl Into<String>) -> Self {
        self.data_use_description = Some(text.into());
        self
    }

    /// With what a provider asks for beforehand: the id of the field ([`ProviderField`](super::ProviderField)) and the user's answer.
    pub fn auth_input(mut self, id: impl Into<String>, value: impl Into<String>) -> Self {
        self.auth_inputs.push((id.into(), value.into()));
        self
    }
}

impl fmt::Debug for DirectBankAuthentication {
    /// Shows nothing of the user or of what the user answered.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DirectBankAuthentication").field("consent_id", &self.consent_id).finish_non_exhaustive()
    }
}

/// The application's name for one consent, each its own: letters and digits, as in a UUID without hyphens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ConsentId(String);

impl ConsentId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ConsentId {
    type Err = ParseConsentIdError;

    /// Takes letters and digits.
    ///
    /// # Errors
    ///
    /// An empty text, and other characters.
    fn from_str(text: &str) -> Result<Self, ParseConsentIdError> {
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(ParseConsentIdError);
        }
        Ok(Self(text.to_owned()))
    }
}

/// A text that is no consent id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseConsentIdError;

impl fmt::Display for ParseConsentIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a consent id: letters and digits, such as a UUID without its hyphens")
    }
}

impl std::error::Error for ParseConsentIdError {}
