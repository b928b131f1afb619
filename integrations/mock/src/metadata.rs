//! The metadata of the server for plain OAuth clients (RFC 8414). TrueLayer publishes none.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::link::SCOPES;
use crate::state::Shared;

/// Handles `GET /.well-known/oauth-authorization-server`.
pub(crate) async fn metadata(State(mock_server): State<Shared>) -> Json<Value> {
    let origin = &mock_server.origin;
    Json(json!({
        "issuer": origin,
        "authorization_endpoint": format!("{origin}/"),
        "token_endpoint": format!("{origin}/connect/token"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "form_post"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "scopes_supported": SCOPES.map(|scope| scope.0),
    }))
}
