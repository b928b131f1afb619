//! The error of a handler, which is a response.

use std::fmt;
use std::sync::Arc;

use auth_link::http::header::{ALLOW, RETRY_AFTER};
use auth_link::http::{HeaderValue, StatusCode};
use axum_core::response::{IntoResponse, Response};

use crate::default_page;
use crate::set_cookies::SetCookies;

/// The result of a handler.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The error of a handler, made by `?` from each error of `auth-link` and of its integrations.
///
/// As a response it has the status of [`auth_link::Error::status`] and a short page for the user, without any text of the
/// request. No cache stores it. [`ErrorPages`](crate::ErrorPages) replaces the page.
///
/// ```
/// use auth_link::AuthLink;
/// use auth_link::client::{Call, Tokens};
/// use auth_link_axum::Result;
///
/// fn refresh(link: &AuthLink, secret: &str, stored: &str) -> Result<Call<Tokens>> {
///     let client = link.client(secret.parse()?); // an error shows neither text
///     Ok(client.refresh(&stored.parse()?))
/// }
/// ```
pub struct Error {
    error: Arc<auth_link::Error>,
    cookies: SetCookies,
}

impl Error {
    /// Adds the cookies of a finished authorization to the response.
    ///
    /// ```
    /// use auth_link::AuthorizationCode;
    /// use auth_link_axum::{Error, Finished, Redirect, Result};
    ///
    /// # async fn exchange(user: &str, code: AuthorizationCode) -> Result<(), auth_link::Error> { let _ = (user, code); Ok(()) }
    /// async fn callback(finished: Finished<String>) -> Result<Redirect> {
    ///     let (code, user, cookies) = finished.into_parts();
    ///     match exchange(&user, code).await {
    ///         Ok(()) => Ok(cookies.redirect("/accounts")),
    ///         Err(error) => Err(Error::from(error).with_cookies(cookies)),
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn with_cookies(mut self, cookies: SetCookies) -> Self {
        self.cookies = cookies;
        self
    }

    /// Returns the error.
    #[must_use]
    pub fn get_ref(&self) -> &auth_link::Error {
        &self.error
    }
}

/// The error of a response, for a layer.
#[derive(Clone)]
pub(crate) struct ResponseError(pub(crate) Arc<auth_link::Error>);

impl<E> From<E> for Error
where
    auth_link::Error: From<E>,
{
    fn from(error: E) -> Self {
        Self { error: Arc::new(error.into()), cookies: SetCookies::default() }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = self.error.status();
        let mut response = (status, default_page::page(&self.error)).into_response();
        let headers = response.headers_mut();
        self.cookies.add_to(headers);
        if status == StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(ALLOW, HeaderValue::from_static("GET, POST"));
        }
        if let Some(wait) = self.error.retry_after() {
            headers.insert(RETRY_AFTER, wait.as_secs().into());
        }
        response.extensions_mut().insert(ResponseError(self.error));
        response
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}
