//! The mock server's routes.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{delete, get, post};

use super::registration::Registration;
use super::state::MockServer;
use super::{api, dialog, token};
use crate::assets;

pub(crate) fn router(registration: Registration) -> Router {
    Router::new()
        .route("/", get(dialog::open))
        .route("/bank", get(dialog::bank).post(dialog::submit_credentials))
        .route("/consent", get(dialog::consent))
        .route("/decision", post(dialog::decide))
        .route("/style.css", get(assets::style))
        .route("/send.js", get(assets::send))
        .route("/connect/token", post(token::issue))
        .route("/api/delete", delete(token::delete))
        .route("/api/providers", get(api::providers))
        .route("/data/v1/me", get(api::me))
        .route("/data/v1/info", get(api::info))
        .route("/data/v1/accounts", get(api::accounts))
        .route("/data/v1/accounts/{id}/balance", get(api::balance))
        .route("/data/v1/accounts/{id}/transactions", get(api::transactions))
        .layer(DefaultBodyLimit::max(64 * 1024))
        .with_state(Arc::new(MockServer::new(registration)))
}
