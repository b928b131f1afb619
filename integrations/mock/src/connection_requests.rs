//! Requests about a connection: to delete, debug, extend and reauthenticate it; and direct bank authentication.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::client_auth::{Fields, check_client, invalid_request};
use crate::connection::connection_id;
use crate::data::bearer;
use crate::failure::Failure;
use crate::journey::Journey;
use crate::link::{Link, code_challenge};
use crate::random::random;
use crate::scenario::Bank;
use crate::state::{Dialog, MockServer, Shared};

/// Handles `GET /api/providers`.
pub(crate) async fn providers(State(mock_server): State<Shared>) -> Json<Value> {
    let scopes = crate::link::SCOPES.map(|scope| scope.0);
    let provider = |bank: &Bank| json!({ "provider_id": bank.id, "display_name": bank.name, "country": bank.country, "scopes": scopes });
    Json(mock_server.settings.banks().iter().map(provider).collect())
}

/// Handles `DELETE /api/delete`.
pub(crate) async fn delete(State(mock_server): State<Shared>, headers: HeaderMap) -> Response {
    let token = bearer(&headers).unwrap_or_default();
    let mut state = mock_server.state();
    let id = connection_id(token).unwrap_or_default();
    if state.connections.get(id).is_none_or(|connection| connection.access_token != token) {
        return Failure::error("invalid_token").response();
    }
    state.connections.remove(id);
    Json(json!({})).into_response()
}

/// Handles `POST /api/debug`.
pub(crate) async fn debug(State(mock_server): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    respond(Fields::parse(&headers, &body).and_then(|fields| {
        let token = fields.required("access_token")?;
        let mut state = mock_server.state();
        let connection = connection_id(token).and_then(|id| state.connections.get(id));
        let connection = connection.filter(|connection| connection.access_token == token);
        let connection = connection.ok_or_else(|| Failure::error("invalid_token"))?;
        Ok(json!({ "credentials_id": connection.id, "debug_id": random(), "provider_id": connection.bank.id }))
    }))
}

/// Handles `POST /v1/authuri`.
pub(crate) async fn auth_uri(State(mock_server): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    respond(Fields::parse(&headers, &body).and_then(|fields| {
        for name in ["response_type", "client_id", "redirect_uri", "scope", "consent_id", "provider_id"] {
            fields.required(name)?;
        }
        if fields.required("client_id")? != mock_server.settings.client_id {
            return Err(Failure::error("unauthorized_client"));
        }
        let id = fields.required("provider_id")?.to_owned();
        let mut parameters = fields.into_inner();
        parameters.retain(|(name, value)| !(value.is_empty() || name == "providers"));
        let has_challenge = parameters.iter().any(|(name, _)| name == "code_challenge");
        if has_challenge && !parameters.iter().any(|(name, _)| name == "code_challenge_method") {
            parameters.push(("code_challenge_method".to_owned(), "S256".to_owned()));
        }
        // The bank is chosen by its id alone.
        let bank = mock_server.settings.banks().into_iter().find(|bank| bank.id == id);
        let bank = bank.ok_or_else(|| invalid_request(format!("unknown `provider_id`: {id:?}")))?;
        parameters.push(("providers".to_owned(), id));
        let link = Link::parse(&parameters, &mock_server.settings).map_err(invalid_request)?;
        Ok(mock_server.begin_at_bank(link, bank))
    }))
}

/// Handles `POST /v1/reauthuri`.
pub(crate) async fn reauth_uri(State(mock_server): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    respond(Fields::parse(&headers, &body).and_then(|fields| {
        let (link, bank) = mock_server.link_of_connection(&fields)?;
        Ok(mock_server.begin_at_bank(link, bank))
    }))
}

/// Handles `POST /connections/extend`.
pub(crate) async fn extend(State(mock_server): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let response = Fields::parse(&headers, &body).and_then(|fields| {
        check_client(&headers, &fields, &mock_server.settings)?;
        if fields.required("user_has_reconfirmed_consent")? != "true" {
            return Err(invalid_request("`user_has_reconfirmed_consent` must be true").with_status(422));
        }
        let (link, bank) = mock_server.link_of_connection(&fields)?;
        let mut state = mock_server.state();
        let id = connection_id(fields.required("refresh_token")?).unwrap_or_default();
        let connection = state.connections.get(id).filter(|connection| connection.has_consent());
        let Some(connection) = connection else {
            drop(state);
            let uri = mock_server.begin_at_bank(link, bank);
            return Ok(json!({ "action_needed": "authentication_needed", "user_input_link": uri["result"] }));
        };
        connection.consent_again(&mock_server.settings);
        connection.replace_tokens(&mock_server.settings);
        let mut tokens = connection.tokens(&mock_server.settings);
        tokens["action_needed"] = "no_action_needed".into();
        Ok(tokens)
    });
    respond(response)
}

impl MockServer {
    /// Returns the link that authorizes the connection of a refresh token again, and its bank.
    fn link_of_connection(&self, fields: &Fields) -> Result<(Link, Bank), Failure> {
        let token = fields.required("refresh_token")?;
        let redirect_uri = fields.required("redirect_uri")?;
        if !self.settings.redirect_uris.iter().any(|registered| registered == redirect_uri) {
            return Err(invalid_request(format!("the redirect_uri is not registered: {redirect_uri:?}")));
        }
        let challenge = fields.optional("code_challenge")?;
        let method = fields.optional("code_challenge_method")?.or(challenge.map(|_| "S256"));
        let code_challenge = code_challenge(challenge, method).map_err(invalid_request)?;
        let mut state = self.state();
        let connection = connection_id(token).and_then(|id| state.connections.get(id));
        let connection = connection.filter(|connection| connection.refresh_token.as_deref() == Some(token));
        let connection = connection.ok_or_else(|| Failure::error("invalid_grant"))?;
        let link = Link {
            redirect_uri: redirect_uri.to_owned(),
            state: fields.optional("state")?.map(str::to_owned),
            code_challenge,
            scope: connection.scope.clone(),
            form_post: fields.optional("response_mode")? == Some("form_post"),
            banks: vec![connection.bank.clone()],
            journey: Journey::new(fields.optional("tracking_id")?, true),
        };
        Ok((link, connection.bank.clone()))
    }

    /// Opens a dialog at a bank, and returns the response with its URL.
    fn begin_at_bank(&self, link: Link, bank: Bank) -> Value {
        let dialog = random();
        let uri = format!("{}/bank?dialog={dialog}", self.origin);
        let mut state = self.state();
        state.journeys.record(link.journey.as_ref(), "dialog_started", &[]);
        state.journeys.record(link.journey.as_ref(), "provider_selected", &[("provider_id", &bank.id)]);
        state.dialogs.insert(dialog, Dialog { link, bank: Some(bank), user: None });
        json!({ "result": uri, "success": true })
    }
}

fn respond(response: Result<Value, Failure>) -> Response {
    match response {
        Ok(value) => (StatusCode::OK, [(header::CACHE_CONTROL, "no-store")], Json(value)).into_response(),
        Err(failure) => failure.response(),
    }
}
