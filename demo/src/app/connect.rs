//! `POST /connect`: the beginning of an authorization.

use auth_link_axum::{Begin, Result};
use axum::Form;
use axum::extract::State;
use axum::response::IntoResponse;
use axum_extra::extract::cookie::PrivateCookieJar;
use serde::{Deserialize, Serialize};

use super::session::Session;
use super::state::Shared;

/// The form of the connect buttons.
#[derive(Deserialize)]
pub(super) struct ConnectForm {
    /// `new`: the dialog opens in a new window.
    window: Option<String>,
}

/// The data that the application needs at the callback. A form from another site does not send the session's own cookie.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Started {
    /// The session that receives the connection.
    pub(super) session: Session,
    pub(super) new_window: bool,
}

/// Redirects the browser to the dialog. A cookie keeps the pending authorization for the callback.
pub(super) async fn begin(
    State(app): State<Shared>,
    jar: PrivateCookieJar,
    begin: Begin,
    Form(form): Form<ConnectForm>,
) -> Result<impl IntoResponse> {
    let known = Session::of(&app, &jar);
    let session = known.clone().unwrap_or_else(Session::new);
    // Each callback extends the session, so that it lives as long as its connections are stored.
    let jar = if known.is_some() { jar } else { session.add_to(&app, jar) };
    let started = Started { session, new_window: form.window.as_deref() == Some("new") };
    Ok((jar, begin.redirect(&app.link, &started)?))
}
