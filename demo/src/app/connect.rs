//! `POST /connect`: the beginning of an authorization.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::PrivateCookieJar;
use serde::Deserialize;

use super::error::AppError;
use super::pending_store::StoredAuthorization;
use super::state::Shared;
use crate::random::random;

/// The form of the connect buttons.
#[derive(Deserialize)]
pub(super) struct ConnectForm {
    /// `new`: the dialog opens in a new window.
    window: Option<String>,
}

/// Redirects the browser to the dialog, and stores the pending authorization for the callback.
pub(super) async fn begin(
    State(app): State<Shared>,
    jar: PrivateCookieJar,
    Form(form): Form<ConnectForm>,
) -> Result<Response, AppError> {
    let request = app.link.begin().map_err(|error| AppError::Unexpected(error.to_string()))?;
    let session = app.cookies.session(&jar).unwrap_or_else(random);
    let jar = app.cookies.add_session(jar, session.clone());
    let stored = StoredAuthorization::new(session, form.window.as_deref() == Some("new"), request.pending);
    let jar = app.store_pending(jar, stored).await?;
    // Status 303: the browser sends a GET to the dialog after this POST.
    Ok((jar, Redirect::to(&request.url)).into_response())
}
