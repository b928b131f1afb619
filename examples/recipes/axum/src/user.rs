//! The users of the application, each with a random id in a cookie. Put your own sign-in here.

use axum::extract::FromRequestParts;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode};
use axum::response::Redirect;

/// The user of a request.
pub(crate) struct User {
    /// The id of the user, which is the name of the connection too.
    pub(crate) id: String,
}

impl<S: Sync> FromRequestParts<S> for User {
    type Rejection = (StatusCode, &'static str);

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let headers = parts.headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok());
        let id = headers.flat_map(|header| header.split("; ")).find_map(|cookie| cookie.strip_prefix("user="));
        id.map(|id| Self { id: id.to_owned() }).ok_or((StatusCode::UNAUTHORIZED, "Sign in first."))
    }
}

/// Signs a new user in.
pub(crate) async fn sign_in() -> Result<([(HeaderName, String); 1], Redirect), StatusCode> {
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    let cookie = format!("user={:032x}; HttpOnly; SameSite=Lax; Path=/", u128::from_be_bytes(id));
    Ok(([(SET_COOKIE, cookie)], Redirect::to("/accounts")))
}
