//! The events of journeys with a `tracking_id`, for the application's statistics.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::client_auth::invalid_request;
use crate::data::bearer;
use crate::failure::Failure;
use crate::state::Shared;
use crate::url::parse_form;

/// Handles `GET /v1/tracked-events`.
pub(crate) async fn tracked_events(State(mock_server): State<Shared>, request: Request) -> Response {
    match events(&mock_server, &request) {
        Ok(events) => {
            ([(header::CACHE_CONTROL, "no-store")], Json(json!({ "results": events, "status": "Succeeded" })))
                .into_response()
        }
        Err(failure) => failure.response(),
    }
}

fn events(mock_server: &Shared, request: &Request) -> Result<Vec<Value>, Failure> {
    let mut state = mock_server.state();
    let token = bearer(request.headers()).unwrap_or_default();
    let scope = state.client_tokens.get(token).ok_or_else(|| Failure::error("invalid_token"))?;
    if !scope.split(' ').any(|word| word == "tracking") {
        return Err(Failure::error("access_denied").with_description("missing scope `tracking`"));
    }
    let query = parse_form(request.uri().query().unwrap_or_default());
    let id = query.iter().find(|field| field.0 == "tracking_id" && !field.1.is_empty());
    let (_, id) = id.ok_or_else(|| invalid_request("missing parameter `tracking_id`"))?;
    Ok(state.journeys.events(id).to_vec())
}
