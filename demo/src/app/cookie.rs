//! The application's cookies: their names, and what a browser is told of them.

use axum_extra::extract::cookie::{Cookie, PrivateCookieJar, SameSite};

use super::App;

/// A session is forgotten after an hour.
pub(super) const SESSION_LIFE: u64 = 60 * 60;

/// A sign-in waits for ten minutes.
pub(super) const SIGN_IN_LIFE: u64 = 10 * 60;

impl App {
    /// The browser's session.
    pub(super) fn session(&self, jar: &PrivateCookieJar) -> Option<String> {
        jar.get(&self.name("session")).map(|cookie| cookie.value().to_owned())
    }

    pub(super) fn add_session(&self, jar: PrivateCookieJar, session: String) -> PrivateCookieJar {
        // Back from another site, the accounts page is asked for by GET, which carries `Lax`.
        jar.add(self.cookie("session", session, SESSION_LIFE, SameSite::Lax))
    }

    /// A cookie that the callback needs.
    pub(super) fn sign_in_cookie(&self, name: &str, value: String) -> Cookie<'static> {
        // A form from another site carries only `None`.
        let same_site = if self.form_post { SameSite::None } else { SameSite::Lax };
        self.cookie(name, value, SIGN_IN_LIFE, same_site)
    }

    fn cookie(&self, name: &str, value: String, seconds: u64, same_site: SameSite) -> Cookie<'static> {
        let mut cookie = Cookie::new(self.name(name), value);
        cookie.set_path("/");
        cookie.set_http_only(true);
        cookie.set_same_site(same_site);
        // `None` must be `Secure`. Browsers take that from `http://localhost` too, Safari aside.
        cookie.set_secure(self.is_https() || same_site == SameSite::None);
        cookie.set_max_age(std::time::Duration::from_secs(seconds).try_into().ok());
        cookie
    }

    /// `__Host-`: no other host, path or scheme can have set it. That needs https.
    pub(super) fn name(&self, name: &str) -> String {
        if self.is_https() { format!("__Host-{name}") } else { name.to_owned() }
    }

    fn is_https(&self) -> bool {
        self.origin.starts_with("https://")
    }
}
