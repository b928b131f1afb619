//! The application's cookies: their names and attributes.

use axum_extra::extract::cookie::{Cookie, PrivateCookieJar, SameSite};

/// The lifetime of a session, in seconds.
pub(super) const SESSION_LIFETIME: u64 = 60 * 60;

/// The lifetime of a pending authorization, in seconds.
pub(super) const PENDING_LIFETIME: u64 = 10 * 60;

/// Builds cookies for the application's origin and response mode.
pub(super) struct Cookies {
    is_https: bool,
    form_post: bool,
}

impl Cookies {
    pub(super) fn new(origin: &str, form_post: bool) -> Self {
        Self { is_https: origin.starts_with("https://"), form_post }
    }

    /// Returns the id of the browser's session.
    pub(super) fn session(&self, jar: &PrivateCookieJar) -> Option<String> {
        jar.get(&self.name("session")).map(|cookie| cookie.value().to_owned())
    }

    /// Adds the session's cookie to the jar.
    pub(super) fn add_session(&self, jar: PrivateCookieJar, session: String) -> PrivateCookieJar {
        // After the redirect from the dialog, the browser requests the accounts page by GET, which sends `Lax` cookies.
        jar.add(self.cookie("session", session, SESSION_LIFETIME, SameSite::Lax))
    }

    /// Returns a cookie that the browser sends with the callback.
    pub(super) fn callback_cookie(&self, name: &str, value: String) -> Cookie<'static> {
        // A form from another site sends only `None` cookies.
        let same_site = if self.form_post { SameSite::None } else { SameSite::Lax };
        self.cookie(name, value, PENDING_LIFETIME, same_site)
    }

    fn cookie(&self, name: &str, value: String, seconds: u64, same_site: SameSite) -> Cookie<'static> {
        let mut cookie = Cookie::new(self.name(name), value);
        cookie.set_path("/");
        cookie.set_http_only(true);
        cookie.set_same_site(same_site);
        // A `None` cookie must be `Secure`. All browsers but Safari accept that from `http://localhost` too.
        cookie.set_secure(self.is_https || same_site == SameSite::None);
        cookie.set_max_age(std::time::Duration::from_secs(seconds).try_into().ok());
        cookie
    }

    /// Returns a cookie's name with the prefix `__Host-` under https.
    ///
    /// With this prefix, no other host, path or scheme can set the cookie.
    pub(super) fn name(&self, name: &str) -> String {
        if self.is_https { format!("__Host-{name}") } else { name.to_owned() }
    }
}
