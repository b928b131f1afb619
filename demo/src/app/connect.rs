//! `POST /connect`: a sign-in begins.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::PrivateCookieJar;
use serde::Deserialize;

use super::Shared;
use super::page::Trouble;
use super::pending_store::UnderWay;
use crate::random::random;

#[derive(Deserialize)]
pub(super) struct Connect {
    /// `new`: in a window of its own.
    window: Option<String>,
}

/// Sends the browser to the dialog, and keeps what the callback will need.
pub(super) async fn begin(
    State(app): State<Shared>,
    jar: PrivateCookieJar,
    Form(form): Form<Connect>,
) -> Result<Response, Trouble> {
    let sign_in = app.link.begin().map_err(Trouble::begin)?;
    let session = app.session(&jar).unwrap_or_else(random);
    let jar = app.add_session(jar, session.clone());
    let under_way = UnderWay::new(session, form.window.as_deref() == Some("new"), sign_in.pending);
    let jar = app.keep(jar, under_way).await?;
    // 303: what was a POST here is a GET there.
    Ok((jar, Redirect::to(&sign_in.url)).into_response())
}
