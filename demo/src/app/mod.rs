//! The application: pages, the two ends of a sign-in, and what becomes of a connection.

mod accounts;
mod callback;
mod chart;
mod connect;
mod connections;
mod cookie;
mod guard;
mod home;
mod money;
mod page;
mod pending_store;
mod redis_store;
mod store;
mod truelayer;

use std::sync::Arc;

use auth_link::AuthLink;
use auth_link::client::{Client, ClientSecret};
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::http::HeaderValue;
use axum::middleware;
use axum::routing::{get, post};
use axum_extra::extract::cookie::Key;

pub(crate) use self::store::Store;
use self::truelayer::agent;
use crate::assets;
use crate::url::origin;

/// What every request needs.
pub(crate) struct App {
    link: AuthLink,
    client: Client,
    agent: ureq::Agent,
    /// Its own origin, as browsers know it.
    origin: String,
    form_post: bool,
    key: Key,
    store: Store,
    /// The `Content-Security-Policy` of each page.
    policy: HeaderValue,
}

#[derive(Clone)]
pub(crate) struct Shared(Arc<App>);

impl std::ops::Deref for Shared {
    type Target = App;

    fn deref(&self) -> &App {
        &self.0
    }
}

impl FromRef<Shared> for Key {
    fn from_ref(app: &Shared) -> Self {
        app.key.clone()
    }
}

impl App {
    pub(crate) fn new(
        link: AuthLink,
        secret: ClientSecret,
        own_origin: String,
        form_post: bool,
        key: Key,
        store: Store,
    ) -> Self {
        let client = link.client(secret);
        // A form that is answered with a redirect must be allowed to go where that leads: `/connect` leads to the dialog.
        let policy = format!(
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; form-action 'self' {}; \
             frame-ancestors 'none'; base-uri 'none'",
            origin(link.as_str())
        );
        let policy = HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"));
        Self { client, link, agent: agent(), origin: own_origin, form_post, key, store, policy }
    }
}

pub(crate) fn router(app: App) -> Router {
    let app = Shared(Arc::new(app));
    Router::new()
        .route("/", get(home::show))
        .route("/connect", post(connect::begin))
        .route("/callback", get(callback::by_query).post(callback::by_form))
        .route("/cancelled", get(callback::cancelled))
        .route("/connected", get(callback::connected))
        .route("/accounts", get(accounts::show))
        .route("/renew", post(accounts::renew))
        .route("/disconnect", post(accounts::disconnect))
        .route("/style.css", get(assets::style))
        .route("/window.js", get(assets::window))
        .route("/done.js", get(assets::done))
        .fallback(page::not_found)
        .layer(middleware::from_fn_with_state(app.clone(), guard::guard))
        // A callback is at most 64 KiB; what is longer is told so by the callback's own check.
        .layer(DefaultBodyLimit::max(128 * 1024))
        .with_state(app)
}
