//! From a code to tokens, and from old tokens to new ones.

use std::fmt;

use http::Method;

use super::base::{Client, uri};
use super::call::Call;
use super::credential::RefreshToken;
use super::request_builder::RequestBuilder;
use super::request_error::RequestError;
use super::tokens::{Requested, Tokens};
use crate::authorization_code::AuthorizationCode;

impl Client {
    /// Exchanges an authorization code for tokens (RFC 6749 §4.1.3, RFC 7636 §4.5), with the redirect URI and the code verifier of
    /// its very sign-in.
    ///
    /// # Errors
    ///
    /// The code is of another client id or auth server, or its verifier is missing. The error hands the code back, and nothing is
    /// sent.
    pub fn exchange(&self, code: AuthorizationCode) -> Result<Call<Tokens>, ExchangeError> {
        let owned = self.owns(&code.client_id(), code.auth_server());
        let verifier = code.expose_verifier();
        let error = match owned {
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
        let requested = Requested {
            scope: code.requested_scope().map(std::borrow::Cow::into_owned),
            granted: code.scope().map(str::to_owned),
            ..Requested::default()
        };
        let request = self.token_request("authorization_code", &grant);
        Ok(request.hiding([code.expose()]).hiding(verifier).call(|json| Tokens::read(json, requested)))
    }

    /// Renews access (RFC 6749 §6). The answer may bring a new refresh token, and then the old one is dead: store what it brings
    /// before anything else, and renew a connection once at a time. A server that sees an old one again may take it for stolen, and
    /// end the connection (RFC 9700 §4.14.2).
    pub fn refresh(&self, refresh_token: &RefreshToken) -> Call<Tokens> {
        let requested = Requested { refresh_token: Some(refresh_token.clone()), ..Requested::default() };
        self.token_request("refresh_token", &[("refresh_token", refresh_token.expose())])
            .hiding([refresh_token.expose()])
            .call(|json| Tokens::read(json, requested))
    }

    /// A token of the client itself, without a user (RFC 6749 §4.4).
    pub(super) fn client_credentials(&self, scope: &'static str) -> Call<Tokens> {
        let requested = Requested { scope: Some(scope.to_owned()), ..Requested::default() };
        self.token_request("client_credentials", &[("scope", scope)]).call(|json| Tokens::read(json, requested))
    }

    fn token_request(&self, grant_type: &str, grant: &[(&str, &str)]) -> RequestBuilder {
        let mut fields =
            vec![("grant_type", grant_type), ("client_id", &self.id), ("client_secret", self.secret.expose())];
        fields.extend(grant);
        RequestBuilder::new(Method::POST, uri(&self.servers.auth, "/connect/token"))
            .form(&fields)
            .hiding([self.secret.expose()])
    }
}

/// Why a code is not exchanged. Nothing was sent.
#[derive(Debug)]
#[non_exhaustive]
pub struct ExchangeError {
    /// What stands against it.
    pub error: RequestError,
    /// The code, for the client that it is of, or for its verifier.
    pub code: Box<AuthorizationCode>,
}

impl fmt::Display for ExchangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for ExchangeError {}

impl From<ExchangeError> for RequestError {
    fn from(refused: ExchangeError) -> Self {
        refused.error
    }
}
