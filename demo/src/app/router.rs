//! The application's routes.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};

use super::error::AppError;
use super::state::{App, Shared};
use super::{accounts, callback, connect, guard, home, prefetch};
use crate::assets;

pub(crate) fn router(app: App) -> Router {
    let app = Shared::new(app);
    Router::new()
        .route("/", get(home::show))
        .route("/connect", post(connect::begin))
        .route(
            "/callback",
            get(callback::by_query).post(callback::by_form).layer(middleware::from_fn(prefetch::refuse)),
        )
        .route("/cancelled", get(callback::cancelled))
        .route("/connected", get(callback::connected))
        .route("/accounts", get(accounts::show))
        .route("/refresh", post(accounts::refresh))
        .route("/disconnect", post(accounts::disconnect))
        .route("/style.css", get(assets::style))
        .route("/window.js", get(assets::window))
        .route("/done.js", get(assets::done))
        .fallback(async || AppError::NotFound)
        .layer(middleware::from_fn_with_state(app.clone(), guard::guard))
        // A callback is at most 64 KiB. This limit is higher, so that the callback's own check reports a longer one.
        .layer(DefaultBodyLimit::max(128 * 1024))
        .with_state(app)
}
