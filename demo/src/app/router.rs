//! The application's routes.

use auth_link_axum::ErrorPages;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};

use super::error::{app_page, callback_page, not_found};
use super::state::{App, Shared};
use super::{accounts, callback, connect, guard, home};
use crate::assets;

/// The most bytes of a request body: those of a callback.
const MAX_BODY: usize = 64 * 1024;

pub(crate) fn router(app: App) -> Router {
    let app = Shared::new(app);
    Router::new()
        .route("/", get(home::show))
        .route("/connect", post(connect::begin))
        .route("/callback", get(callback::finish).post(callback::finish).layer(ErrorPages::new(callback_page)))
        .route("/cancelled", get(callback::cancelled))
        .route("/connected", get(callback::connected))
        .route("/accounts", get(accounts::show))
        .route("/refresh", post(accounts::refresh))
        .route("/disconnect", post(accounts::disconnect))
        .route("/style.css", get(assets::style))
        .route("/window.js", get(assets::window))
        .route("/done.js", get(assets::done))
        .fallback(not_found)
        .layer(ErrorPages::new(app_page))
        .layer(middleware::from_fn_with_state(app.clone(), guard::guard))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(app)
}
