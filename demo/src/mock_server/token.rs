//! The token endpoint, and the deletion of a connection.

use std::time::Instant;

use axum::Json;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::state::{Connection, MockServer, Shared, lock};
use crate::clock::unix_time;
use crate::random::random;

/// Handles `POST /connect/token`.
pub(super) async fn issue(State(mock_server): State<Shared>, Form(form): Form<Vec<(String, String)>>) -> Response {
    let get = |name: &str| form.iter().find(|field| field.0 == name).map_or("", |field| field.1.as_str());
    let registration = &mock_server.registration;
    if get("client_id") != registration.client_id || get("client_secret") != registration.client_secret {
        return error_response("invalid_client");
    }
    let tokens = match get("grant_type") {
        "authorization_code" => mock_server.exchange(get("code"), get("redirect_uri"), get("code_verifier")),
        "refresh_token" => mock_server.refresh(get("refresh_token")),
        _ => return error_response("unsupported_grant_type"),
    };
    match tokens {
        Some(tokens) => ([(header::CACHE_CONTROL, "no-store")], Json(tokens)).into_response(),
        None => error_response("invalid_grant"),
    }
}

/// Handles `DELETE /api/delete`.
pub(super) async fn delete(State(mock_server): State<Shared>, headers: HeaderMap) -> Response {
    match mock_server.connection_of(&headers) {
        Some(id) => {
            lock(&mock_server.connections).remove(&id);
            Json(json!({})).into_response()
        }
        None => unauthorized(),
    }
}

impl MockServer {
    /// Exchanges a code for tokens. A code is gone after its first use, even if the exchange fails.
    fn exchange(&self, code: &str, redirect_uri: &str, verifier: &str) -> Option<Value> {
        let grant = lock(&self.codes).remove(code)?;
        let code_challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
        if grant.link.redirect_uri != redirect_uri || grant.link.code_challenge != code_challenge {
            return None;
        }
        let id = random();
        let mut connection = Connection {
            user: grant.user,
            scope: grant.link.scope,
            created_at: unix_time(),
            access_token: String::new(),
            expires_at: Instant::now(),
            refresh_token: None,
        };
        connection.replace_tokens(&id, self.registration.token_lifetime);
        let tokens = self.tokens(&connection);
        lock(&self.connections).insert(id, connection);
        Some(tokens)
    }

    /// Refreshes the tokens of a connection.
    ///
    /// Each refresh token works once. A used one may be stolen, and ends the connection.
    fn refresh(&self, refresh_token: &str) -> Option<Value> {
        let (id, _) = refresh_token.split_once('.')?;
        let mut connections = lock(&self.connections);
        let connection = connections.get(id)?;
        if connection.refresh_token.as_deref() != Some(refresh_token) {
            connections.remove(id);
            return None;
        }
        connection.replace_tokens(id, self.registration.token_lifetime);
        Some(self.tokens(connection))
    }

    fn tokens(&self, connection: &Connection) -> Value {
        let mut tokens = json!({
            "access_token": connection.access_token,
            "expires_in": self.registration.token_lifetime.as_secs(),
            "token_type": "Bearer",
            "scope": connection.scope.join(" "),
        });
        if let Some(refresh_token) = &connection.refresh_token {
            tokens["refresh_token"] = refresh_token.as_str().into();
        }
        tokens
    }

    /// Returns the id of the connection that a request's access token belongs to.
    pub(super) fn connection_of(&self, headers: &HeaderMap) -> Option<String> {
        let token = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")?;
        let (id, _) = token.split_once('.')?;
        let mut connections = lock(&self.connections);
        let connection = connections.get(id)?;
        (connection.access_token == token && Instant::now() < connection.expires_at).then(|| id.to_owned())
    }
}

fn error_response(error: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": error }))).into_response()
}

pub(super) fn unauthorized() -> Response {
    let challenge = [(header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")];
    (StatusCode::UNAUTHORIZED, challenge, Json(json!({ "error": "invalid_token" }))).into_response()
}
