//! Pending authorizations in the browser's cookies.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use http::Request;
use serde_core::de::DeserializeOwned;
use serde_core::ser::Serialize;

use super::cookie_error::CookieError;
use super::cookie_header::{CookieAttributes, MAX_COOKIE_LEN};
use super::cookie_key::CookieKey;
use super::cookie_rejection::CookieRejection;
use super::cookie_text::cookie_text;
use super::seal::{began_at, link_fingerprint, open, seal};
use super::used_keys::UsedKeys;
use crate::authorization_code::AuthorizationCode;
use crate::authorization_request::AuthorizationRequest;
use crate::callback::Callback;
use crate::callback_error::CallbackError;
use crate::clock::unix_time;
use crate::error::Error;
use crate::link::AuthLink;
use crate::pending::{MAX_AGE, PendingAuthorization};
use crate::pending_key::PendingKey;

/// Keeps pending authorizations in sealed cookies, one for each authorization of a browser.
///
/// - A cookie is `HttpOnly`, and under https it is `Secure` and has the prefix `__Host-`. Its `SameSite` is the one with which
///   browsers send it to the callback: `Lax`, or `None` for a link with `response_mode = form_post`.
/// - It lives ten minutes. A browser has at most eight; the ninth authorization removes the oldest.
/// - It is encrypted (AES-256-GCM), and bound to the link's auth server, client id, redirect URI and `pkce`, and to the time of
///   the begin. A value that was altered, swapped or aged, or belongs to another link, is refused.
/// - Several instances share the key alone. A callback is accepted once on each instance; beyond that, its code works once.
///
/// A clone shares the callbacks that already arrived.
///
/// ```
/// # use auth_link_runtime as auth_link;
/// use auth_link::AuthLink;
/// use auth_link::cookies::PendingCookies;
///
/// /// Create it once. Each handler has a clone.
/// fn cookies(link: &AuthLink, key: &str) -> Result<PendingCookies, Box<dyn std::error::Error>> {
///     Ok(PendingCookies::new(link, key.parse()?))
/// }
/// ```
#[derive(Clone)]
#[must_use]
pub struct PendingCookies {
    /// The first seals, and each opens.
    keys: Vec<CookieKey>,
    link: String,
    attributes: CookieAttributes,
    requires_iss: bool,
    used: Arc<UsedKeys>,
}

/// The most pending authorizations of one browser. Each is a cookie, which every request carries.
const MAX_PENDING: usize = 8;

/// The most values of one name that are opened.
const MAX_VALUES: usize = 100;

/// The most cookies that one response removes.
const MAX_REMOVALS: usize = 100;

impl PendingCookies {
    /// Creates the cookies of a link. Links that differ only in values of a user, such as `user_email`, share them.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::AuthLink;
    /// use auth_link::cookies::{CookieKey, PendingCookies};
    ///
    /// fn cookies(link: &AuthLink, key: CookieKey) -> PendingCookies {
    ///     PendingCookies::new(link, key)
    /// }
    /// ```
    pub fn new(link: &AuthLink, key: CookieKey) -> Self {
        Self {
            keys: vec![key],
            link: link_fingerprint(link),
            attributes: CookieAttributes::new(link),
            requires_iss: false,
            used: Arc::default(),
        }
    }

    /// Adds a key that opens values and seals none, while a new key replaces it. Remove it after ten minutes.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::AuthLink;
    /// use auth_link::cookies::{CookieKey, PendingCookies};
    ///
    /// fn cookies(link: &AuthLink, new: CookieKey, old: CookieKey) -> PendingCookies {
    ///     PendingCookies::new(link, new).with_old_key(old)
    /// }
    /// ```
    pub fn with_old_key(mut self, key: CookieKey) -> Self {
        self.keys.push(key);
        self
    }

    /// Refuses callbacks without `iss` ([`PendingAuthorization::require_iss`]).
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::AuthLink;
    /// use auth_link::cookies::{CookieKey, PendingCookies};
    ///
    /// fn cookies(link: &AuthLink, key: CookieKey) -> PendingCookies {
    ///     PendingCookies::new(link, key).require_iss()
    /// }
    /// ```
    pub fn require_iss(mut self) -> Self {
        self.requires_iss = true;
        self
    }

    /// Begins an authorization, and seals it together with a value of the application, such as a user id.
    ///
    /// `cookies` is the text of the request's `Cookie` header, or empty.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::cookies::PendingCookies;
    /// use auth_link::http::{Response, header};
    /// use auth_link::{AuthLink, Error};
    ///
    /// /// Redirects the browser. The cookie keeps the id of the user.
    /// fn connect(cookies: &PendingCookies, link: &AuthLink, header: &str, user: u64) -> Result<Response<()>, Error> {
    ///     let begun = cookies.begin(link, header, &user)?;
    ///     let mut response = Response::builder().status(303).header(header::LOCATION, begun.url);
    ///     for cookie in begun.set_cookies {
    ///         response = response.header(header::SET_COOKIE, cookie);
    ///     }
    ///     Ok(response.body(()).unwrap_or_default())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the link has another auth server, client id, redirect URI or `pkce` than the one of [`new`](Self::new);
    /// - the cookie is longer than 4,096 bytes, or the value cannot be serialized;
    /// - the operating system provides no random bytes.
    pub fn begin<T: Serialize + ?Sized>(
        &self,
        link: &AuthLink,
        cookies: &str,
        data: &T,
    ) -> Result<BegunAuthorization, Error> {
        if link_fingerprint(link) != self.link {
            return Err(CookieError::OtherLink.into());
        }
        self.begin_request(link.begin()?, cookies, data)
    }

    /// Seals an authorization that began in another way, such as with
    /// [`begin_with_challenge`](AuthLink::begin_with_challenge). It must belong to the link of [`new`](Self::new).
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::cookies::{BegunAuthorization, PendingCookies};
    /// use auth_link::{AuthLink, Error, pkce::CodeChallenge};
    ///
    /// fn begin(
    ///     cookies: &PendingCookies,
    ///     link: &AuthLink,
    ///     challenge: CodeChallenge,
    ///     header: &str,
    /// ) -> Result<BegunAuthorization, Error> {
    ///     cookies.begin_request(link.begin_with_challenge(challenge)?, header, "user-1")
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the cookie is longer than 4,096 bytes, or the value cannot be serialized.
    pub fn begin_request<T: Serialize + ?Sized>(
        &self,
        request: AuthorizationRequest,
        cookies: &str,
        data: &T,
    ) -> Result<BegunAuthorization, Error> {
        let AuthorizationRequest { url, pending, .. } = request;
        let value = seal(&self.keys[0], &self.link, "", &pending, data)?;
        let mut set_cookies = self.remove_oldest(cookies);
        let cookie = self.attributes.set(pending.key().as_str(), &value);
        if cookie.len() > MAX_COOKIE_LEN {
            return Err(CookieError::TooLong.into());
        }
        set_cookies.push(cookie);
        Ok(BegunAuthorization { url, set_cookies })
    }

    /// Checks a callback against the browser's pending authorization.
    ///
    /// `cookies` is the text of the request's `Cookie` header, or empty. Pass the result of a function of [`Callback`] unchanged:
    /// a callback that is refused before its state matched ends nothing.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::cookies::{CookieRejection, PendingCookies};
    /// use auth_link::{AuthorizationCode, Callback};
    ///
    /// /// Returns the code, and the value of `begin`. Send `set_cookies` to the browser.
    /// fn finish(cookies: &PendingCookies, header: &str, query: &str) -> Result<(AuthorizationCode, u64), CookieRejection> {
    ///     let finished = cookies.finish(header, Callback::from_query(query))?;
    ///     Ok((finished.code, finished.data))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if:
    ///
    /// - the callback is an error;
    /// - the browser has no pending authorization for it, or one that was altered, aged or belongs to another link;
    /// - the value has another type than the one that was stored;
    /// - the callback already arrived at this instance.
    pub fn finish<T: DeserializeOwned>(
        &self,
        cookies: &str,
        callback: Result<Callback<'_>, CallbackError>,
    ) -> Result<FinishedAuthorization<T>, CookieRejection> {
        let rejection = |error: Error, set_cookies| CookieRejection { error, set_cookies };
        let callback = callback.map_err(|error| rejection(error.into(), Vec::new()))?;
        let key = callback.key();
        let values = || self.attributes.read(cookies).filter(|(name, _)| *name == key.as_str());
        if values().next().is_none() {
            return Err(rejection(CookieError::Missing.into(), Vec::new()));
        }
        let set_cookies = vec![self.attributes.remove(key.as_str())];
        // Another site may have set a second cookie of this name, which is not ours.
        let mut opened = Err(CookieError::Missing);
        for (_, value) in values().take(MAX_VALUES) {
            opened = self.open_for("", value, &key);
            if opened.is_ok() {
                break;
            }
        }
        let (pending, data) = match opened {
            Ok(opened) => opened,
            Err(error) => return Err(rejection(error.into(), set_cookies)),
        };
        if !self.used.insert(key, unix_time(SystemTime::now()), MAX_AGE.as_secs()) {
            return Err(rejection(CookieError::Used.into(), set_cookies));
        }
        match pending.finish(callback) {
            Ok(code) => Ok(FinishedAuthorization { code, data, set_cookies }),
            Err(error) => Err(rejection(error.into(), set_cookies)),
        }
    }

    /// Checks the callback in a request, as [`Callback::from_request`] and [`finish`](Self::finish) do.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::cookies::{CookieRejection, FinishedAuthorization, PendingCookies};
    /// use auth_link::http::Request;
    ///
    /// fn finish(cookies: &PendingCookies, request: &Request<Vec<u8>>) -> Result<FinishedAuthorization<u64>, CookieRejection> {
    ///     cookies.finish_request(request)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error in the cases of these functions.
    pub fn finish_request<T: DeserializeOwned, B: AsRef<[u8]>>(
        &self,
        request: &Request<B>,
    ) -> Result<FinishedAuthorization<T>, CookieRejection> {
        self.finish(&cookie_text(request.headers()), Callback::from_request(request))
    }

    /// Seals a pending authorization for a store that all browsers share, such as a database.
    ///
    /// `browser` is a random text that a cookie of this browser alone contains. Store the sealed text under
    /// [`PendingAuthorization::key`], and remove it from the store for the callback.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::cookies::{CookieError, PendingCookies};
    /// use auth_link::PendingAuthorization;
    ///
    /// /// Returns a row of a shared store: its key and its text. `browser` is the random text in the browser's cookie.
    /// fn row(
    ///     cookies: &PendingCookies,
    ///     pending: &PendingAuthorization,
    ///     browser: &str,
    ///     user: u64,
    /// ) -> Result<(String, String), CookieError> {
    ///     Ok((pending.key().to_string(), cookies.seal(pending, browser, &user)?))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the value cannot be serialized.
    pub fn seal<T: Serialize + ?Sized>(
        &self,
        pending: &PendingAuthorization,
        browser: &str,
        data: &T,
    ) -> Result<String, CookieError> {
        seal(&self.keys[0], &self.link, browser, pending, data)
    }

    /// Opens a text of [`seal`](Self::seal). `key` is the key under which it was stored.
    ///
    /// ```
    /// # use auth_link_runtime as auth_link;
    /// use auth_link::cookies::{CookieError, PendingCookies};
    /// use auth_link::{Callback, PendingAuthorization};
    ///
    /// /// `text` is the row of `callback.key()`, removed from the store.
    /// fn open(
    ///     cookies: &PendingCookies,
    ///     text: &str,
    ///     browser: &str,
    ///     callback: &Callback<'_>,
    /// ) -> Result<(PendingAuthorization, u64), CookieError> {
    ///     cookies.open(text, browser, &callback.key())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the text was altered, was stored under another key or for another browser, is older than ten
    /// minutes, belongs to another link, or was sealed with an unknown key.
    pub fn open<T: DeserializeOwned>(
        &self,
        text: &str,
        browser: &str,
        key: &PendingKey,
    ) -> Result<(PendingAuthorization, T), CookieError> {
        self.open_for(browser, text, key)
    }

    fn open_for<T: DeserializeOwned>(
        &self,
        browser: &str,
        text: &str,
        key: &PendingKey,
    ) -> Result<(PendingAuthorization, T), CookieError> {
        let (pending, data) = open(&self.keys, &self.link, browser, text)?;
        if pending.key() != *key {
            return Err(CookieError::Swapped);
        }
        if pending.age(SystemTime::now()) > MAX_AGE {
            return Err(CookieError::Expired);
        }
        Ok((if self.requires_iss { pending.require_iss() } else { pending }, data))
    }

    /// Returns `Set-Cookie` headers that remove expired authorizations, and the oldest, so that there is space for one more.
    fn remove_oldest(&self, cookies: &str) -> Vec<String> {
        let now = unix_time(SystemTime::now());
        let is_key = |name: &str| name.parse::<PendingKey>().is_ok();
        let pending = self.attributes.read(cookies).filter(|(name, _)| is_key(name));
        let mut pending: Vec<_> = pending.map(|(name, value)| (began_at(value).unwrap_or(0), name)).collect();
        pending.sort_unstable();
        let excess = (pending.len() + 1).saturating_sub(MAX_PENDING);
        let is_stale = |began_at: u64| began_at.saturating_add(MAX_AGE.as_secs()) < now;
        let stale = pending.iter().enumerate().filter(|(index, (began_at, _))| *index < excess || is_stale(*began_at));
        stale.take(MAX_REMOVALS).map(|(_, (_, name))| self.attributes.remove(name)).collect()
    }
}

impl fmt::Debug for PendingCookies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingCookies").field("keys", &self.keys.len()).finish_non_exhaustive()
    }
}

/// An authorization that began.
#[non_exhaustive]
#[must_use]
pub struct BegunAuthorization {
    /// The URL to redirect the browser to, with status 303.
    pub url: String,
    /// The text of each `Set-Cookie` header for the response.
    pub set_cookies: Vec<String>,
}

impl fmt::Debug for BegunAuthorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BegunAuthorization").field("cookies", &self.set_cookies.len()).finish_non_exhaustive()
    }
}

/// An authorization that ended with a code.
#[non_exhaustive]
#[must_use]
pub struct FinishedAuthorization<T> {
    /// The authorization code, to be exchanged once.
    pub code: AuthorizationCode,
    /// The application's value of [`PendingCookies::begin`].
    pub data: T,
    /// The text of each `Set-Cookie` header for the response. They remove the authorization's cookie.
    pub set_cookies: Vec<String>,
}

impl<T> fmt::Debug for FinishedAuthorization<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FinishedAuthorization").field("code", &self.code).finish_non_exhaustive()
    }
}
