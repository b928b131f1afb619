//! Authorizations at a URL that TrueLayer returns: direct bank authentication, and reauthentication of a connection.

use std::fmt;
use std::str::FromStr;

use auth_link_rules::{Param, is_auth_server};
use http::Method;

use super::base::{Client, uri};
use super::call::Call;
use super::credential::RefreshToken;
use super::json::Json;
use super::request_builder::RequestBuilder;
use super::request_error::RequestError;
use super::unexpected::Unexpected;
use super::user::User;
use crate::authorization_request::{AuthorizationParameters, AuthorizationRequest};
use crate::link::{AuthLink, LinkText};

impl Client {
    /// Begins an authorization directly at the bank, without TrueLayer's dialog (`POST /v1/authuri`).
    ///
    /// For applications with their own consent screens, which TrueLayer has to approve. In the sandbox it is open to everyone,
    /// with the provider `mock`.
    ///
    /// The link provides the redirect URI, the scopes, the provider, the response mode and the tracking id. Parameters that only
    /// TrueLayer's dialog reads are not sent. The response contains the URL at the bank. Its callback is finished, and its code
    /// exchanged, as after [`begin`](AuthLink::begin).
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::AuthLink;
    /// use auth_link::client::{Call, Client, ConsentId, DirectBankAuthentication, User};
    /// use auth_link::{AuthorizationRequest, Error};
    ///
    /// /// The response has the URL at the bank, and the pending authorization.
    /// fn begin(client: &Client, link: &AuthLink, consent: ConsentId) -> Result<Call<AuthorizationRequest>, Error> {
    ///     let user = User::with_email("Jo Doe", "jo@example.com")?;
    ///     let auth = DirectBankAuthentication::new(consent).user(user).data_use_description("your budget");
    ///     Ok(client.direct_bank_authentication(link, &auth)?)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the link has another client id or auth server than the client;
    /// - the link has no `provider_id`;
    /// - the operating system provides no random bytes.
    #[inline]
    pub fn direct_bank_authentication(
        &self,
        link: &AuthLink,
        auth: &DirectBankAuthentication,
    ) -> Result<Call<AuthorizationRequest>, RequestError> {
        let (mut json, parameters) = self.authorization_body(link)?;
        for param in [Param::ClientId, Param::Scope, Param::ProviderId, Param::TrackingId] {
            match link.text.value(param) {
                value if !value.is_empty() => json.add(param.name(), &*value),
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
            let inputs = auth.auth_inputs.iter().map(|(id, value)| Json::object(&[(id.as_str(), value.as_str())]));
            json.add_list("auth_inputs", inputs.collect());
        }
        let inputs = auth.auth_inputs.iter().map(|(_, value)| value.as_str());
        let user_texts = auth.user.iter().flat_map(User::sensitive_texts);
        let texts = user_texts.chain(inputs).chain(auth.data_use_description.as_deref());
        Ok(self.authorization_call("/v1/authuri", json, parameters, |request| request.personal(texts)))
    }

    /// Begins an authorization at the bank of a connection, to reauthorize the user (`POST /v1/reauthuri`).
    ///
    /// It works until 90 days after the consent ended, for providers in the United Kingdom. TrueLayer recommends
    /// [`extend_connection`](Self::extend_connection) instead.
    ///
    /// The link provides the redirect URI and the response mode. It must be the link of the original authorization.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::AuthLink;
    /// use auth_link::client::{Call, Client, RefreshToken, RequestError};
    /// use auth_link::AuthorizationRequest;
    ///
    /// fn reauthenticate(
    ///     client: &Client,
    ///     link: &AuthLink,
    ///     refresh_token: &RefreshToken,
    /// ) -> Result<Call<AuthorizationRequest>, RequestError> {
    ///     client.reauthenticate(link, refresh_token)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the link has another client id or auth server than the client;
    /// - the operating system provides no random bytes.
    #[inline]
    pub fn reauthenticate(
        &self,
        link: &AuthLink,
        refresh_token: &RefreshToken,
    ) -> Result<Call<AuthorizationRequest>, RequestError> {
        let (mut json, parameters) = self.authorization_body(link)?;
        json.add("refresh_token", refresh_token.expose());
        let secret = [refresh_token.expose()];
        Ok(self.authorization_call("/v1/reauthuri", json, parameters, |request| request.redacting(secret)))
    }

    /// Generates the parameters of a new authorization, and the part of the request body that depends on them.
    #[inline]
    pub(super) fn authorization_body(&self, link: &AuthLink) -> Result<(Json, AuthorizationParameters), RequestError> {
        self.check_owner(&link.text.value(Param::ClientId), link.text.auth_server())?;
        let parameters = link.generate_parameters()?;
        let redirect_uri = link.text.value(Param::RedirectUri);
        let mut json = Json::object(&[("redirect_uri", redirect_uri.as_ref()), ("state", parameters.state())]);
        match link.text.value(Param::ResponseMode) {
            mode if mode.is_empty() => {}
            mode => json.add("response_mode", &*mode),
        }
        if let Some(challenge) = parameters.challenge() {
            json.add("code_challenge", challenge.as_str());
        }
        Ok((json, parameters))
    }

    /// Returns the call. `protect` adds the texts that no error may show.
    #[inline]
    fn authorization_call(
        &self,
        path: &str,
        mut json: Json,
        parameters: AuthorizationParameters,
        protect: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Call<AuthorizationRequest> {
        json.add("response_type", "code");
        if parameters.challenge().is_some() {
            json.add("code_challenge_method", "S256");
        }
        let request = RequestBuilder::new(Method::POST, uri(&self.servers.auth, path)).json(&json);
        protect(request.redacting(parameters.sensitive_texts())).call(|json| {
            let mut json = json?;
            if json.flag("success")? == Some(false) {
                return Err(Unexpected("expected true for `success`, found false".to_owned()));
            }
            authorization_request(json.required("result")?, parameters, "result")
        })
    }
}

/// Creates the request at `url`, the field `name` of the response.
#[inline]
pub(super) fn authorization_request(
    url: String,
    parameters: AuthorizationParameters,
    name: &str,
) -> Result<AuthorizationRequest, Unexpected> {
    if !is_browser_url(&url, parameters.link()) {
        return Err(Unexpected(format!("expected an https URL for `{name}`, found another text")));
    }
    Ok(parameters.into_request_at(url))
}

/// Returns whether a browser may be redirected to the URL: https, or also http if the link leads to an http mock server.
#[inline]
fn is_browser_url(url: &str, link: &LinkText) -> bool {
    let authority = url.find("://").map_or(0, |at| at + 3);
    let end = url[authority..].find(['/', '?', '#']).map_or(url.len(), |at| authority + at);
    let origin = url[..end].to_ascii_lowercase();
    let is_plain = url.chars().all(|c| c.is_ascii_graphic() && !"\"<>\\`".contains(c));
    let allows_http = link.auth_server().starts_with("http:");
    is_plain && is_auth_server(&origin) && (origin.starts_with("https:") || allows_http)
}

/// The consent that the application collected on its own screens, for
/// [`Client::direct_bank_authentication`].
#[derive(Clone)]
#[must_use]
pub struct DirectBankAuthentication {
    consent_id: ConsentId,
    user: Option<User>,
    data_use_description: Option<String>,
    auth_inputs: Vec<(String, String)>,
}

impl DirectBankAuthentication {
    /// Creates it with the application's id of the consent.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::DirectBankAuthentication;
    ///
    /// let auth = DirectBankAuthentication::new("5c1f0e2d".parse()?);
    /// # Ok::<(), auth_link::client::ParseConsentIdError>(())
    /// ```
    #[inline]
    pub fn new(consent_id: ConsentId) -> Self {
        Self { consent_id, user: None, data_use_description: None, auth_inputs: Vec::new() }
    }

    /// Sets the user who gave the consent.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::Error;
    /// use auth_link::client::{DirectBankAuthentication, User};
    ///
    /// let user = User::with_email("Jo Doe", "jo@example.com")?;
    /// let auth = DirectBankAuthentication::new("5c1f0e2d".parse()?).user(user);
    /// # Ok::<(), Error>(())
    /// ```
    #[inline]
    pub fn user(mut self, user: User) -> Self {
        self.user = Some(user);
        self
    }

    /// Sets the text that the screen showed to the user about the use of the data.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::DirectBankAuthentication;
    ///
    /// let auth = DirectBankAuthentication::new("5c1f0e2d".parse()?).data_use_description("your monthly budget");
    /// # Ok::<(), auth_link::client::ParseConsentIdError>(())
    /// ```
    #[inline]
    pub fn data_use_description(mut self, text: impl Into<String>) -> Self {
        self.data_use_description = Some(text.into());
        self
    }

    /// Adds a value that the provider requires: the id of its field ([`ProviderField`](super::ProviderField)) and the user's
    /// input.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{DirectBankAuthentication, ProviderField};
    ///
    /// /// Adds the user's input for a field of [`Client::providers`](auth_link::client::Client::providers).
    /// fn add_input(auth: DirectBankAuthentication, field: &ProviderField, input: String) -> DirectBankAuthentication {
    ///     auth.auth_input(&field.id, input)
    /// }
    /// ```
    #[inline]
    pub fn auth_input(mut self, id: impl Into<String>, value: impl Into<String>) -> Self {
        self.auth_inputs.push((id.into(), value.into()));
        self
    }
}

impl fmt::Debug for DirectBankAuthentication {
    /// Shows neither the user nor the user's input.
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DirectBankAuthentication").field("consent_id", &self.consent_id).finish_non_exhaustive()
    }
}

/// The application's id of a consent, unique to it: letters and digits, such as a UUID without hyphens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ConsentId(String);

impl ConsentId {
    /// Returns the id as text.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::ConsentId;
    ///
    /// let id: ConsentId = "5c1f0e2d".parse()?;
    /// assert_eq!(id.as_str(), "5c1f0e2d");
    /// # Ok::<(), auth_link::client::ParseConsentIdError>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ConsentId {
    type Err = ParseConsentIdError;

    /// Parses an id.
    ///
    /// # Errors
    ///
    /// Returns an error if the text:
    ///
    /// - is empty;
    /// - contains a character that is not an ASCII letter or digit.
    #[inline]
    fn from_str(text: &str) -> Result<Self, ParseConsentIdError> {
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(ParseConsentIdError);
        }
        Ok(Self(text.to_owned()))
    }
}

/// The error of parsing a [`ConsentId`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseConsentIdError;

impl fmt::Display for ParseConsentIdError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a consent id: letters and digits, such as a UUID without its hyphens")
    }
}

impl std::error::Error for ParseConsentIdError {}
