//! Requests to the token endpoint: the exchange of a code, and the refresh of tokens.

use std::fmt;

use http::Method;

use super::base::{Client, uri};
use super::call::Call;
use super::credential::RefreshToken;
use super::request_builder::RequestBuilder;
use super::request_error::RequestError;
use super::tokens::{TokenContext, Tokens};
use crate::authorization_code::AuthorizationCode;

impl Client {
    /// Exchanges an authorization code for tokens (RFC 6749 §4.1.3, RFC 7636 §4.5).
    ///
    /// The redirect URI and the code verifier are those of the same authorization.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{Call, Client, Tokens};
    /// use auth_link::{Callback, Error, PendingAuthorization};
    ///
    /// /// Returns the request to send, with its parser.
    /// fn exchange(client: &Client, pending: PendingAuthorization, callback: Callback<'_>) -> Result<Call<Tokens>, Error> {
    ///     Ok(client.exchange(pending.finish(callback)?)?)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error, which contains the code, if:
    ///
    /// - the code belongs to another client id or auth server;
    /// - the application's own code verifier is missing.
    pub fn exchange(&self, code: AuthorizationCode) -> Result<Call<Tokens>, ExchangeError> {
        let owner = self.check_owner(&code.client_id(), code.auth_server());
        let verifier = code.expose_verifier();
        let error = match owner {
            Err(error) => Some(error),
            Ok(()) if verifier.is_none() && code.needs_verifier() => Some(RequestError::MissingVerifier),
            Ok(()) => None,
        };
        if let Some(error) = error {
            return Err(ExchangeError { error, code: Box::new(code) });
        }
        let redirect_uri = code.redirect_uri();
        let mut grant = vec![("code", code.expose()), ("redirect_uri", &redirect_uri)];
        grant.extend(verifier.map(|verifier| ("code_verifier", verifier)));
        let context = TokenContext {
            requested_scope: code.requested_scope().map(std::borrow::Cow::into_owned),
            callback_scope: code.scope().map(str::to_owned),
            ..TokenContext::default()
        };
        let request = self.token_request("authorization_code", &grant);
        Ok(request.redacting([code.expose()]).redacting(verifier).stream(|text| Tokens::read(text, context)))
    }

    /// Refreshes the tokens of a connection (RFC 6749 §6).
    ///
    /// The response may contain a new refresh token, which invalidates the old one. Store the new tokens before anything else,
    /// and never refresh the same connection twice at the same time. A server that receives an old refresh token may treat it as
    /// stolen, and end the connection (RFC 9700 §4.14.2).
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::client::{Client, ClientSecret, Environment, RefreshToken};
    ///
    /// let client = Client::new(Environment::Live, "acme-7d2f1a", ClientSecret::new("s3cret")?)?;
    /// let call = client.refresh(&RefreshToken::new("the stored refresh token")?);
    /// assert_eq!(call.request.uri(), "https://auth.truelayer.com/connect/token");
    /// # Ok::<(), auth_link::Error>(())
    /// ```
    pub fn refresh(&self, refresh_token: &RefreshToken) -> Call<Tokens> {
        let context = TokenContext { refresh_token: Some(refresh_token.clone()), ..TokenContext::default() };
        self.token_request("refresh_token", &[("refresh_token", refresh_token.expose())])
            .redacting([refresh_token.expose()])
            .stream(|text| Tokens::read(text, context))
    }

    /// Requests a token of the client itself, without a user (RFC 6749 §4.4).
    pub(super) fn client_credentials(&self, scope: &'static str) -> Call<Tokens> {
        let context = TokenContext { requested_scope: Some(scope.to_owned()), ..TokenContext::default() };
        self.token_request("client_credentials", &[("scope", scope)]).stream(|text| Tokens::read(text, context))
    }

    fn token_request(&self, grant_type: &str, grant: &[(&str, &str)]) -> RequestBuilder {
        let mut fields =
            vec![("grant_type", grant_type), ("client_id", &self.id), ("client_secret", self.secret.expose())];
        fields.extend(grant);
        RequestBuilder::new(Method::POST, uri(&self.servers.auth, "/connect/token"))
            .form(&fields)
            .redacting_client(&self.id, &self.secret)
    }
}

/// The error of a code that this client cannot exchange. No request was built.
#[derive(Debug)]
#[non_exhaustive]
pub struct ExchangeError {
    /// The error.
    pub error: RequestError,
    /// The code, unchanged. Exchange it with its own client, or add its verifier.
    pub code: Box<AuthorizationCode>,
}

impl fmt::Display for ExchangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for ExchangeError {}

impl From<ExchangeError> for RequestError {
    fn from(error: ExchangeError) -> Self {
        error.error
    }
}
