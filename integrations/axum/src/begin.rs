//! The extractor of a handler that begins an authorization.

use std::fmt;

use auth_link::cookies::{PendingCookies, cookie_text};
use auth_link::http::request::Parts;
use auth_link::{AuthLink, Callback};
use axum_core::extract::{FromRef, FromRequestParts};
use serde_core::Serialize;

use crate::error::Error;
use crate::redirect::Redirect;
use crate::set_cookies::SetCookies;

/// Begins authorizations: an extractor for handlers.
///
/// It reads the browser's cookies. It refuses a `HEAD` request (405) and a prefetch (503), which would take one of the browser's
/// eight places. The router's state provides the [`PendingCookies`] by [`FromRef`].
///
/// ```
/// use auth_link::{AuthLink, auth_link};
/// use auth_link_axum::{Begin, Redirect, Result};
///
/// static CONNECT: AuthLink =
///     auth_link!(client_id = "acme-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = [accounts]);
///
/// async fn connect(begin: Begin) -> Result<Redirect> {
///     let user = "user-1"; // of the application's own session
///     begin.redirect(&CONNECT, user)
/// }
/// ```
#[must_use]
pub struct Begin {
    pending: PendingCookies,
    cookies: String,
}

impl Begin {
    /// Begins an authorization, and redirects the browser to it.
    ///
    /// A sealed cookie of this browser keeps the authorization and the application's value, such as the user's id, until the
    /// callback. [`Finished`](crate::Finished) returns the value.
    ///
    /// # Errors
    ///
    /// Returns an error in the cases of [`PendingCookies::begin`].
    pub fn redirect<T: Serialize + ?Sized>(&self, link: &AuthLink, data: &T) -> Result<Redirect, Error> {
        let (cookies, url) = self.url(link, data)?;
        Ok(cookies.redirect(&url))
    }

    /// Begins an authorization, and returns its URL, for a page that opens it by script. The response must contain the cookies.
    ///
    /// The URL is for one authorization in this browser.
    ///
    /// ```
    /// # use auth_link::{AuthLink, auth_link};
    /// # static CONNECT: AuthLink =
    /// #     auth_link!(client_id = "acme-7d2f1a", redirect_uri = "https://app.example.com/callback", scope = [accounts]);
    /// use auth_link_axum::{Begin, Result, SetCookies};
    /// use axum::Json;
    ///
    /// async fn connect(begin: Begin) -> Result<(SetCookies, Json<String>)> {
    ///     let (cookies, url) = begin.url(&CONNECT, "user-1")?;
    ///     Ok((cookies, Json(url)))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error in the cases of [`PendingCookies::begin`].
    pub fn url<T: Serialize + ?Sized>(&self, link: &AuthLink, data: &T) -> Result<(SetCookies, String), Error> {
        let begun = self.pending.begin(link, &self.cookies, data)?;
        Ok((SetCookies::new(begun.set_cookies), begun.url))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Begin
where
    PendingCookies: FromRef<S>,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        Callback::check_request(&parts.method, &parts.headers)?;
        Ok(Self { pending: FromRef::from_ref(state), cookies: cookie_text(&parts.headers) })
    }
}

impl fmt::Debug for Begin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Begin").finish_non_exhaustive()
    }
}
