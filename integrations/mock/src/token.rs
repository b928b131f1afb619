//! The token endpoint.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::client_auth::{Fields, check_client};
use crate::connection::{Connection, connection_id};
use crate::failure::Failure;
use crate::random::random;
use crate::state::{CLIENT_TOKEN_LIFETIME, MockServer, Shared};

/// The codes of Mock Bank's logins `error.…` that fail the exchange. The others fail the requests for data.
const EXCHANGE_ERRORS: [&str; 4] = ["invalid_grant", "invalid_client", "invalid_authorization_code", "invalid_scope"];

/// Handles `POST /connect/token`.
pub(crate) async fn issue(State(mock_server): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    match mock_server.issue(&headers, &body) {
        Ok(tokens) => {
            ([(header::CACHE_CONTROL, "no-store"), (header::PRAGMA, "no-cache")], Json(tokens)).into_response()
        }
        Err(failure) => failure.response(),
    }
}

impl MockServer {
    fn issue(&self, headers: &HeaderMap, body: &[u8]) -> Result<Value, Failure> {
        let fields = Fields::parse(headers, body)?;
        let grant_type = fields.required("grant_type")?;
        check_client(headers, &fields, &self.settings)?;
        match grant_type {
            "authorization_code" => self.exchange(
                fields.required("code")?,
                fields.required("redirect_uri")?,
                fields.optional("code_verifier")?,
            ),
            "refresh_token" => self.refresh(fields.required("refresh_token")?),
            "client_credentials" => {
                let scope = fields.required("scope")?;
                let token = random();
                self.state().client_tokens.insert(token.clone(), scope.to_owned());
                let seconds = CLIENT_TOKEN_LIFETIME.as_secs();
                Ok(json!({ "access_token": token, "expires_in": seconds, "token_type": "Bearer", "scope": scope }))
            }
            _ => Err(Failure::error("unsupported_grant_type").with_description(
                "expected `authorization_code`, `refresh_token` or `client_credentials` for `grant_type`",
            )),
        }
    }

    /// Exchanges a code for tokens. A code is gone after its first use, even if the exchange fails.
    fn exchange(&self, code: &str, redirect_uri: &str, verifier: Option<&str>) -> Result<Value, Failure> {
        let mut state = self.state();
        let grant = state.codes.remove(code);
        let grant = grant.ok_or_else(|| invalid_grant("the code is unknown, used, or older than five minutes"))?;
        if grant.link.redirect_uri != redirect_uri {
            return Err(invalid_grant("the redirect_uri differs from that of the link"));
        }
        match (&grant.link.code_challenge, verifier) {
            (None, None) => {}
            (None, Some(_)) => return Err(invalid_grant("a code_verifier, but the link had no code_challenge")),
            (Some(_), None) => return Err(invalid_grant("missing code_verifier, since the link had a code_challenge")),
            (Some(challenge), Some(verifier)) => {
                if URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) != *challenge {
                    return Err(invalid_grant("the code_verifier does not match the code_challenge of the link"));
                }
            }
        }
        if let Some(code) = grant.user.error.as_deref().filter(|code| EXCHANGE_ERRORS.contains(code)) {
            return Err(Failure::error(code));
        }
        let journey = grant.link.journey;
        let connection = Connection::new(grant.user, grant.bank, grant.scope, &self.settings);
        let tokens = connection.tokens(&self.settings);
        let members = [("provider_id", &*connection.bank.id), ("credentials_id", &connection.id)];
        state.journeys.record(journey.as_ref(), "code_exchanged", &members);
        state.connections.insert(connection.id.clone(), connection);
        Ok(tokens)
    }

    /// Refreshes the tokens of a connection.
    ///
    /// Each refresh token works once. A used one may be stolen, and ends the connection.
    fn refresh(&self, refresh_token: &str) -> Result<Value, Failure> {
        let unknown = || invalid_grant("the refresh token is unknown, or its connection ended");
        let id = connection_id(refresh_token).ok_or_else(unknown)?;
        let mut state = self.state();
        let connection = state.connections.get(id).ok_or_else(unknown)?;
        if connection.refresh_token.as_deref() != Some(refresh_token) {
            state.connections.remove(id);
            return Err(invalid_grant("the refresh token was used before, which ends the connection"));
        }
        if !connection.has_consent() {
            return Err(invalid_grant("the consent ended"));
        }
        connection.replace_tokens(&self.settings);
        Ok(connection.tokens(&self.settings))
    }
}

fn invalid_grant(description: &str) -> Failure {
    Failure::error("invalid_grant").with_description(description)
}
