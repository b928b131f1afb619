//! The session of a browser, and the ids of its connections.

use std::time::Duration;

use axum_extra::extract::cookie::{Cookie, PrivateCookieJar, SameSite};
use serde::{Deserialize, Serialize};

use super::state::App;
use crate::clock::unix_time;
use crate::random::random;

/// The lifetime of a session, in seconds.
pub(super) const LIFETIME: u64 = 60 * 60;

/// The random name of a browser's session.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Session(String);

impl Session {
    /// Returns a new session.
    pub(super) fn new() -> Self {
        Self(random())
    }

    /// Returns the session of the browser that sent the cookies.
    pub(super) fn of(app: &App, jar: &PrivateCookieJar) -> Option<Self> {
        jar.get(name(app)).map(|cookie| Self(cookie.value().to_owned()))
    }

    /// Adds the cookie of the session, which lives an hour from now.
    pub(super) fn add_to(&self, app: &App, jar: PrivateCookieJar) -> PrivateCookieJar {
        let mut cookie = Cookie::new(name(app), self.0.clone());
        cookie.set_path("/");
        cookie.set_http_only(true);
        cookie.set_secure(app.is_https());
        // After the redirect from the dialog, the browser requests the accounts page by GET, which sends `Lax` cookies.
        cookie.set_same_site(SameSite::Lax);
        cookie.set_max_age(Duration::from_secs(LIFETIME).try_into().ok());
        jar.add(cookie)
    }

    /// Returns the beginning of the ids of the session's connections.
    pub(super) fn prefix(&self) -> String {
        format!("{}/", self.0)
    }

    /// Returns the id of a new connection. The time comes first, so that ids sort by age.
    pub(super) fn new_id(&self) -> String {
        format!("{}/{:010x}-{}", self.0, unix_time(), random())
    }

    /// Returns the id of the connection that has this name on the session's pages. No name leads to another session.
    pub(super) fn id(&self, name: &str) -> String {
        format!("{}/{name}", self.0)
    }
}

/// Returns the name of the cookie. With the prefix, no other host, path or scheme can set it.
fn name(app: &App) -> &'static str {
    if app.is_https() { "__Host-session" } else { "session" }
}

/// Returns the name of a connection on its session's pages, and the time of its authorization.
///
/// Returns `None` if the text is no id of [`Session::new_id`].
pub(super) fn parse_id(id: &str) -> Option<(&str, u64)> {
    let (_, name) = id.split_once('/')?;
    let (time, random) = name.split_once('-')?;
    let is_random =
        random.len() == 22 && random.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let is_time = time.len() == 10 && time.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_random && is_time).then_some(())?;
    Some((name, u64::from_str_radix(time, 16).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_contains_the_name_and_time_of_a_connection() {
        let session = Session::new();
        let id = session.new_id();
        let (name, time) = parse_id(&id).expect("an id");
        assert!(unix_time() - time < 10, "{id}");
        assert_eq!(session.id(name), id);
        assert!(id.starts_with(&session.prefix()));
        for other in ["", "user-1", "a/b-c", "a/00000000ff-short", "a/+0000000ff-AAAAAAAAAAAAAAAAAAAAAA"] {
            assert_eq!(parse_id(other), None, "{other}");
        }
    }
}
