//! The data that all handlers share.

use std::ops::Deref;
use std::sync::Arc;

use auth_link::AuthLink;
use auth_link::client::{Client, ClientSecret};
use axum::extract::FromRef;
use axum::http::HeaderValue;
use axum_extra::extract::cookie::Key;

use super::cookies::Cookies;
use super::http_client::HttpClient;
use super::store::Store;
use crate::url::origin;

/// The application's link, clients, cookies and store.
pub(crate) struct App {
    pub(super) link: AuthLink,
    /// Builds requests to TrueLayer.
    pub(super) client: Client,
    /// Sends them.
    pub(super) http: HttpClient,
    /// The application's origin for browsers.
    pub(super) origin: String,
    pub(super) cookies: Cookies,
    /// Encrypts the cookies.
    key: Key,
    pub(super) store: Store,
    /// The `Content-Security-Policy` of each page.
    pub(super) policy: HeaderValue,
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
        // Browsers apply `form-action` also to redirects, and `/connect` redirects to the dialog.
        let policy = format!(
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; form-action 'self' {}; \
             frame-ancestors 'none'; base-uri 'none'",
            origin(link.as_str())
        );
        Self {
            client: link.client(secret),
            link,
            http: HttpClient::new(),
            cookies: Cookies::new(&own_origin, form_post),
            origin: own_origin,
            key,
            store,
            policy: HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'")),
        }
    }
}

/// An [`App`] behind a pointer, as axum's state.
#[derive(Clone)]
pub(super) struct Shared(Arc<App>);

impl Shared {
    pub(super) fn new(app: App) -> Self {
        Self(Arc::new(app))
    }
}

impl Deref for Shared {
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
