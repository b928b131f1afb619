//! Where pending authorizations are stored: each in a cookie, or all in Redis.

use auth_link::{PendingAuthorization, PendingKey};
use axum_extra::extract::cookie::PrivateCookieJar;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::cookies::PENDING_LIFETIME;
use super::error::AppError;
use super::state::App;
use crate::clock::unix_time;
use crate::random::random;

/// A pending authorization, and the data that the application needs at its callback.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredAuthorization {
    /// When it was stored, in seconds since 1970.
    stored_at: u64,
    /// The session that receives the connection. A form from another site does not send the session's own cookie.
    pub(super) session: String,
    pub(super) new_window: bool,
    pub(super) pending: PendingAuthorization,
}

impl StoredAuthorization {
    pub(super) fn new(session: String, new_window: bool, pending: PendingAuthorization) -> Self {
        Self { stored_at: unix_time(), session, new_window, pending }
    }

    /// Parses the text form. Returns `None` if it is invalid or too old.
    fn parse(text: &str) -> Option<Self> {
        let stored: Self = serde_json::from_str(text).ok()?;
        // A browser may keep a cookie beyond its `Max-Age`.
        (unix_time() < stored.stored_at + PENDING_LIFETIME).then_some(stored)
    }

    fn to_text(&self) -> Result<String, AppError> {
        serde_json::to_string(self).map_err(|error| AppError::Unexpected(error.to_string()))
    }
}

/// The most pending authorizations of one browser. Each is a cookie, which every request carries.
const MAX_PENDING: usize = 8;

/// The prefix of a pending authorization's cookie. Its key follows.
const PREFIX: &str = "authorization-";

/// The cookie that binds pending authorizations in Redis to a browser.
const BROWSER: &str = "browser";

impl App {
    /// Stores a pending authorization for its callback.
    pub(super) async fn store_pending(
        &self,
        jar: PrivateCookieJar,
        stored: StoredAuthorization,
    ) -> Result<PrivateCookieJar, AppError> {
        let key = stored.pending.key();
        let text = stored.to_text()?;
        let Some(redis) = self.store.redis() else {
            let jar = self.remove_oldest(jar);
            return Ok(jar.add(self.cookies.callback_cookie(&[PREFIX, key.as_str()].concat(), text)));
        };
        let browser = jar.get(&self.cookies.name(BROWSER)).map_or_else(random, |cookie| cookie.value().to_owned());
        redis.store_pending(&key, &hash(&browser), &text, PENDING_LIFETIME).await?;
        Ok(jar.add(self.cookies.callback_cookie(BROWSER, browser)))
    }

    /// Removes and returns a pending authorization of this browser. It is returned only once.
    pub(super) async fn take_pending(
        &self,
        jar: PrivateCookieJar,
        key: &PendingKey,
    ) -> Result<(PrivateCookieJar, Option<StoredAuthorization>), AppError> {
        let Some(redis) = self.store.redis() else {
            let name = self.cookies.name(&[PREFIX, key.as_str()].concat());
            let stored = jar.get(&name).and_then(|cookie| StoredAuthorization::parse(cookie.value()));
            return Ok((self.remove_cookie(jar, &name), stored));
        };
        let Some(browser) = jar.get(&self.cookies.name(BROWSER)) else {
            return Ok((jar, None));
        };
        let text = redis.take_pending(key, &hash(browser.value())).await?;
        Ok((jar, text.and_then(|text| StoredAuthorization::parse(&text))))
    }

    /// Removes expired authorizations, and the oldest ones, until there is space for one more.
    fn remove_oldest(&self, mut jar: PrivateCookieJar) -> PrivateCookieJar {
        let prefix = self.cookies.name(PREFIX);
        let cookies = jar.iter().filter(|cookie| cookie.name().starts_with(&prefix));
        let stored_at = |text: &str| StoredAuthorization::parse(text).map_or(0, |stored| stored.stored_at);
        let mut pending: Vec<_> = cookies.map(|cookie| (stored_at(cookie.value()), cookie.name().to_owned())).collect();
        pending.sort_unstable();
        let excess = (pending.len() + 1).saturating_sub(MAX_PENDING);
        for (index, (stored_at, name)) in pending.iter().enumerate() {
            if index < excess || *stored_at == 0 {
                jar = self.remove_cookie(jar, name);
            }
        }
        jar
    }

    fn remove_cookie(&self, jar: PrivateCookieJar, name: &str) -> PrivateCookieJar {
        // The attributes must be those that the cookie was set with: browsers ignore a `__Host-` cookie without `Secure`.
        let bare = name.strip_prefix("__Host-").unwrap_or(name);
        jar.remove(self.cookies.callback_cookie(bare, String::new()))
    }
}

fn hash(browser: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(browser))
}

#[cfg(test)]
mod tests {
    use auth_link::auth_link;

    use super::*;

    fn stored_at(stored_at: u64) -> StoredAuthorization {
        let link = auth_link!(
            client_id = "sandbox-demo-5fe1a2",
            redirect_uri = "http://localhost:3000/callback",
            scope = [accounts],
            providers = [uk_cs_mock],
        );
        let request = link.begin().expect("randomness");
        StoredAuthorization { stored_at, ..StoredAuthorization::new("s1".to_owned(), true, request.pending) }
    }

    #[test]
    fn a_stored_authorization_can_be_parsed_for_ten_minutes() {
        let (now, key) = (stored_at(unix_time()), |stored: &StoredAuthorization| stored.pending.key());
        let parsed = StoredAuthorization::parse(&now.to_text().expect("a text")).expect("it has not expired");
        assert_eq!((key(&parsed), parsed.session.as_str(), parsed.new_window), (key(&now), "s1", true));
        let expired = stored_at(unix_time() - PENDING_LIFETIME);
        assert!(StoredAuthorization::parse(&expired.to_text().expect("a text")).is_none());
    }
}
