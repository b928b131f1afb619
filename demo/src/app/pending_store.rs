//! Where a sign-in waits for its browser to come back: in a cookie of its own, or in Redis.

use auth_link::{PendingAuthorization, PendingKey};
use axum_extra::extract::cookie::PrivateCookieJar;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::App;
use super::cookie::SIGN_IN_LIFE;
use super::page::Trouble;
use crate::clock::unix_time;
use crate::random::random;

/// A sign-in whose browser has not come back, and what the application wants to know then.
#[derive(Serialize, Deserialize)]
pub(super) struct UnderWay {
    began: u64,
    /// The session that the connection will be of. A form from another site does not bring the session's own cookie.
    pub(super) session: String,
    pub(super) new_window: bool,
    pub(super) pending: PendingAuthorization,
}

impl UnderWay {
    pub(super) fn new(session: String, new_window: bool, pending: PendingAuthorization) -> Self {
        Self { began: unix_time(), session, new_window, pending }
    }

    fn read(text: &str) -> Option<Self> {
        let under_way: Self = serde_json::from_str(text).ok()?;
        // A browser may keep a cookie for longer than it was told to.
        (unix_time() < under_way.began + SIGN_IN_LIFE).then_some(under_way)
    }

    fn text(&self) -> Result<String, Trouble> {
        serde_json::to_string(self).map_err(|error| Trouble::Unexpected(error.to_string()))
    }
}

/// So many sign-ins of one browser wait at once. Each is a cookie, which every request carries.
const MOST: usize = 8;

const PREFIX: &str = "sign-in-";

/// The cookie that ties what waits in Redis to a browser.
const BROWSER: &str = "browser";

impl App {
    /// Keeps a sign-in for the callback.
    pub(super) async fn keep(&self, jar: PrivateCookieJar, under_way: UnderWay) -> Result<PrivateCookieJar, Trouble> {
        let key = under_way.pending.key();
        let text = under_way.text()?;
        let Some(redis) = self.store.redis() else {
            let jar = self.make_room(jar);
            return Ok(jar.add(self.sign_in_cookie(&[PREFIX, key.as_str()].concat(), text)));
        };
        let browser = jar.get(&self.name(BROWSER)).map_or_else(random, |cookie| cookie.value().to_owned());
        redis.keep(&key, &hash(&browser), &text, SIGN_IN_LIFE).await?;
        Ok(jar.add(self.sign_in_cookie(BROWSER, browser)))
    }

    /// Takes a sign-in out, once, if it is of this browser.
    pub(super) async fn take(
        &self,
        jar: PrivateCookieJar,
        key: &PendingKey,
    ) -> Result<(PrivateCookieJar, Option<UnderWay>), Trouble> {
        let Some(redis) = self.store.redis() else {
            let name = self.name(&[PREFIX, key.as_str()].concat());
            let under_way = jar.get(&name).and_then(|cookie| UnderWay::read(cookie.value()));
            return Ok((self.forget(jar, &name), under_way));
        };
        let Some(browser) = jar.get(&self.name(BROWSER)) else {
            return Ok((jar, None));
        };
        let text = redis.take(key, &hash(browser.value())).await?;
        Ok((jar, text.and_then(|text| UnderWay::read(&text))))
    }

    /// Forgets the oldest sign-ins, and those that are over.
    fn make_room(&self, mut jar: PrivateCookieJar) -> PrivateCookieJar {
        let prefix = self.name(PREFIX);
        let cookies = jar.iter().filter(|cookie| cookie.name().starts_with(&prefix));
        let began = |cookie: &str| UnderWay::read(cookie).map_or(0, |under_way| under_way.began);
        let mut waiting: Vec<_> = cookies.map(|cookie| (began(cookie.value()), cookie.name().to_owned())).collect();
        waiting.sort_unstable();
        let too_many = (waiting.len() + 1).saturating_sub(MOST);
        for (index, (began, name)) in waiting.iter().enumerate() {
            if index < too_many || *began == 0 {
                jar = self.forget(jar, name);
            }
        }
        jar
    }

    fn forget(&self, jar: PrivateCookieJar, name: &str) -> PrivateCookieJar {
        // Told as it was set: a browser heeds no word on a `__Host-` cookie that is not `Secure`.
        let bare = name.strip_prefix("__Host-").unwrap_or(name);
        jar.remove(self.sign_in_cookie(bare, String::new()))
    }
}

fn hash(browser: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(browser))
}

#[cfg(test)]
mod tests {
    use auth_link::auth_link;

    use super::*;

    fn began(began: u64) -> UnderWay {
        let link = auth_link!(
            client_id = "sandbox-demo-5fe1a2",
            redirect_uri = "http://localhost:3000/callback",
            scope = [accounts],
            providers = [uk_cs_mock],
        );
        let sign_in = link.begin().expect("randomness");
        UnderWay { began, ..UnderWay::new("s1".to_owned(), true, sign_in.pending) }
    }

    #[test]
    fn a_sign_in_that_is_kept_is_read_again_for_ten_minutes() {
        let (now, key) = (began(unix_time()), |under_way: &UnderWay| under_way.pending.key());
        let read = UnderWay::read(&now.text().expect("a text")).expect("it is fresh");
        assert_eq!((key(&read), read.session.as_str(), read.new_window), (key(&now), "s1", true));
        let old = began(unix_time() - SIGN_IN_LIFE);
        assert!(UnderWay::read(&old.text().expect("a text")).is_none());
    }
}
