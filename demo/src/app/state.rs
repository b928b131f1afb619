//! The data that all handlers share.

use std::ops::Deref;
use std::sync::Arc;

use auth_link::AuthLink;
use auth_link::client::ClientSecret;
use auth_link::cookies::PendingCookies;
use auth_link_store::Connections;
use auth_link_ureq::HttpClient;
use axum::extract::FromRef;
use axum::http::HeaderValue;
use axum_extra::extract::cookie::Key;

use crate::database::DatabaseStore;
use crate::keys::DemoKeys;
use crate::url::origin;

/// The connections of all sessions.
pub(crate) type Bank = Connections<DatabaseStore, HttpClient>;

/// The application's link, cookies and connections.
pub(crate) struct App {
    pub(super) link: AuthLink,
    pub(crate) bank: Bank,
    /// The pending authorizations of a browser.
    pending: PendingCookies,
    /// Encrypts the cookie of a session.
    session_key: Key,
    /// The application's origin for browsers.
    pub(super) origin: String,
    /// The `Content-Security-Policy` of each page.
    pub(super) policy: HeaderValue,
}

impl App {
    pub(crate) fn new(
        link: AuthLink,
        secret: ClientSecret,
        own_origin: String,
        keys: DemoKeys,
        store: DatabaseStore,
    ) -> Self {
        // Browsers apply `form-action` also to redirects, and `/connect` redirects to the dialog.
        let policy = format!(
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; form-action 'self' {}; \
             frame-ancestors 'none'; base-uri 'none'",
            origin(link.as_str())
        );
        Self {
            bank: Connections::new(link.client(secret), HttpClient::new(), store, keys.store),
            pending: PendingCookies::new(&link, keys.pending),
            link,
            session_key: keys.session,
            origin: own_origin,
            policy: HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'")),
        }
    }

    pub(super) fn is_https(&self) -> bool {
        self.origin.starts_with("https://")
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

impl FromRef<Shared> for PendingCookies {
    fn from_ref(app: &Shared) -> Self {
        app.pending.clone()
    }
}

impl FromRef<Shared> for Key {
    fn from_ref(app: &Shared) -> Self {
        app.session_key.clone()
    }
}
