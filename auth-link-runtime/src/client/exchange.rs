//! From a code to tokens, and from old tokens to new ones.

use std::fmt;

use http::Method;

use super::call::Draft;
use super::tokens::Asked;
use super::{Call, Client, RefreshToken, RequestError, Tokens, uri};
use crate::AuthorizationCode;

impl Client {
    /// Exchanges an authorization code for tokens (RFC 6749 §4.1.3, RFC 7636 §4.5), with the redirect URI and the code verifier of
    /// its very sign-in.
    ///
    /// # Errors
    ///
    /// The code is of another client id or auth server, or its verifier is missing. The error hands the code back, and nothing is
    /// sent.
    pub fn exchange(&self, code: AuthorizationCode) -> Result<Call<Tokens>, ExchangeRefused> {
        let owned = self.owns(&code.client_id(), code.auth_server());
        let verifier = code.expose_verifier();
        let error = match owned {
            Err(error) => Some(error),
            Ok(()) if verifier.is_none() && code.needs_verifier() => Some(RequestError::VerifierMissing),
            Ok(()) => None,
        };
        if let Some(error) = error {
            return Err(ExchangeRefused { error, code: Box::new(code) });
        }
        let redirect_uri = code.redirect_uri();
        let mut grant = vec![("code", code.expose()), ("redirect_uri", &redirect_uri)];
        grant.extend(verifier.map(|verifier| ("code_verifier", verifier)));
        let asked = Asked {
            scope: code.asked_scope().map(std::borrow::Cow::into_owned),
            granted: code.scope().map(str::to_owned),
            ..Asked::default()
        };
        let draft = self.token_request("authorization_code", &grant);
        Ok(draft.hiding([code.expose()]).hiding(verifier).call(|json| Tokens::read(json, asked)))
    }

    /// Renews access (RFC 6749 §6). The answer may bring a new refresh token, and then the old one is dead: store what it brings
    /// before anything else, and renew a connection once at a time. A server that sees an old one again may take it for stolen, and
    /// end the connection (RFC 9700 §4.14.2).
    pub fn refresh(&self, refresh_token: &RefreshToken) -> Call<Tokens> {
        let asked = Asked { refresh_token: Some(refresh_token.clone()), ..Asked::default() };
        self.token_request("refresh_token", &[("refresh_token", refresh_token.expose())])
            .hiding([refresh_token.expose()])
            .call(|json| Tokens::read(json, asked))
    }

    /// A token of the client itself, without a user (RFC 6749 §4.4).
    pub(super) fn client_credentials(&self, scope: &'static str) -> Call<Tokens> {
        let asked = Asked { scope: Some(scope.to_owned()), ..Asked::default() };
        self.token_request("client_credentials", &[("scope", scope)]).call(|json| Tokens::read(json, asked))
    }

    fn token_request(&self, grant_type: &str, grant: &[(&str, &str)]) -> Draft {
        let mut fields =
            vec![("grant_type", grant_type), ("client_id", &self.id), ("client_secret", self.secret.expose())];
        fields.extend(grant);
        Draft::new(Method::POST, uri(&self.servers.auth, "/connect/token")).form(&fields).hiding([self.secret.expose()])
    }
}

/// Why a code is not exchanged. Nothing was sent.
#[derive(Debug)]
#[non_exhaustive]
pub struct ExchangeRefused {
    /// What stands against it.
    pub error: RequestError,
    /// The code, for the client that it is of, or for its verifier.
    pub code: Box<AuthorizationCode>,
}

impl fmt::Display for ExchangeRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl std::error::Error for ExchangeRefused {}

impl From<ExchangeRefused> for RequestError {
    fn from(refused: ExchangeRefused) -> Self {
        refused.error
    }
}
