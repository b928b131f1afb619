//! The mock server's routes.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, delete, get, post};

use crate::failure::Failure;
use crate::intercept::{MAX_BODY, intercept};
use crate::state::Shared;
use crate::{admin, assets, connection_requests, data, dialog, metadata, token, tracked_events};

/// Returns the routes of the mock server.
pub(crate) fn router(mock_server: Shared) -> Router {
    let admin = Router::new()
        .route("/fail-next", post(admin::fail_next))
        .route("/expire-tokens", post(admin::expire_tokens))
        .route("/revoke-consent", post(admin::revoke_consent))
        .route("/end-history-window", post(admin::end_history_window))
        .route("/requests", get(admin::requests).delete(admin::clear_requests))
        .layer(from_fn(admin::guard));
    Router::new()
        .route("/", get(dialog::open))
        .route("/bank", get(dialog::bank).post(dialog::submit_credentials))
        .route("/consent", get(dialog::consent))
        .route("/decision", post(dialog::decide))
        .route("/style.css", get(assets::style))
        .route("/send.js", get(assets::send))
        .route("/connect/token", post(token::issue))
        .route("/api/delete", delete(connection_requests::delete))
        .route("/api/debug", post(connection_requests::debug))
        .route("/api/providers", get(connection_requests::providers))
        .route("/v1/authuri", post(connection_requests::auth_uri))
        .route("/v1/reauthuri", post(connection_requests::reauth_uri))
        .route("/v1/tracked-events", get(tracked_events::tracked_events))
        .route("/connections/extend", post(connection_requests::extend))
        .route("/.well-known/oauth-authorization-server", get(metadata::metadata))
        .route("/data/v1/{*path}", any(data::handle))
        .fallback(async || Failure::error("not_found").response())
        .nest("/_mock", admin)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn_with_state(mock_server.clone(), intercept))
        .with_state(mock_server)
}
