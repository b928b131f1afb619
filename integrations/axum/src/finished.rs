//! The extractor of the handler of callbacks.

use std::fmt;

use auth_link::cookies::{FinishedAuthorization, PendingCookies, cookie_text};
use auth_link::{AuthorizationCode, Callback};
use axum_core::extract::{FromRef, FromRequest, Request};
use serde_core::de::DeserializeOwned;

use crate::callback_body;
use crate::error::Error;
use crate::set_cookies::SetCookies;

/// A finished authorization: an extractor for the handler of callbacks, by `GET` and by `POST` (`response_mode = form_post`).
///
/// It checks the callback against the browser's pending authorization. `T` is the application's value of
/// [`Begin::redirect`](crate::Begin::redirect). The router's state provides the [`PendingCookies`] by [`FromRef`].
///
/// ```
/// use auth_link::{AuthorizationCode, Error};
/// use auth_link_axum::{Finished, Redirect, Result};
///
/// /// Exchanges the code, and stores the tokens of the user.
/// async fn exchange(user: &str, code: AuthorizationCode) -> Result<(), Error> {
/// #   let _ = (user, code);
///     Ok(())
/// }
///
/// async fn callback(finished: Finished<String>) -> Result<Redirect> {
///     let cookies = finished.exchange(async |user, code| exchange(&user, code).await).await?;
///     Ok(cookies.redirect("/accounts"))
/// }
/// ```
///
/// # Rejections
///
/// Each is an [`Error`], which is a page:
///
/// - The callback is an error, such as that of a user who cancelled, or it is invalid.
/// - The browser has no pending authorization for it, or one that began more than ten minutes ago.
/// - The callback already arrived, for example because the user reloaded the page.
/// - It is a `HEAD` request (405, with `Allow`) or a prefetch (503), which use nothing: the user's own request may follow.
/// - The body is longer than 64 KiB, or is not a form.
///
/// A callback that ends its authorization removes the cookie from the browser. Another party's callback removes nothing.
#[must_use]
pub struct Finished<T>(FinishedAuthorization<T>);

impl<T> Finished<T> {
    /// Returns the application's value.
    #[must_use]
    pub fn data(&self) -> &T {
        &self.0.data
    }

    /// Passes the application's value and the code to a function, which exchanges the code and stores the tokens.
    ///
    /// Returns the cookies of the response. They remove the authorization from the browser, which needs it no longer.
    ///
    /// # Errors
    ///
    /// Returns the function's error. As a response, it removes the authorization from the browser too: its code may be used.
    pub async fn exchange<E, F>(self, exchange: F) -> Result<SetCookies, Error>
    where
        F: AsyncFnOnce(T, AuthorizationCode) -> Result<(), E>,
        Error: From<E>,
    {
        let (code, data, cookies) = self.into_parts();
        match exchange(data, code).await {
            Ok(()) => Ok(cookies),
            Err(error) => Err(Error::from(error).with_cookies(cookies)),
        }
    }

    /// Returns the code, the application's value, and the cookies of the response.
    ///
    /// Add the cookies to each response, also to one of an error ([`Error::with_cookies`]).
    pub fn into_parts(self) -> (AuthorizationCode, T, SetCookies) {
        let FinishedAuthorization { code, data, set_cookies, .. } = self.0;
        (code, data, SetCookies::new(set_cookies))
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Finished<T>
where
    PendingCookies: FromRef<S>,
{
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let (parts, body) = request.into_parts();
        let body = callback_body::receive(&parts, body).await?;
        let pending = PendingCookies::from_ref(state);
        let callback = Callback::from_request_parts(&parts, &body);
        match pending.finish(&cookie_text(&parts.headers), callback) {
            Ok(finished) => Ok(Self(finished)),
            Err(rejection) => Err(Error::from(rejection.error).with_cookies(SetCookies::new(rejection.set_cookies))),
        }
    }
}

impl<T> fmt::Debug for Finished<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finished").field("code", &self.0.code).finish_non_exhaustive()
    }
}
