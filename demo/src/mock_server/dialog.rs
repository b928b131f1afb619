//! What the user goes through: choosing the bank, signing in there, and the answer that the browser takes back.

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::link::Link;
use super::{Dialog, Grant, Shared, bank, locked, page};
use crate::random::random;
use crate::url::with_query;

/// Which dialog a page is of.
#[derive(Deserialize)]
pub(super) struct At {
    dialog: String,
}

#[derive(Deserialize)]
pub(super) struct SignIn {
    dialog: String,
    user: String,
    password: String,
}

#[derive(Deserialize)]
pub(super) struct Answer {
    dialog: String,
    answer: String,
}

/// `GET /?client_id=…`: the auth link.
pub(super) async fn open(State(mock_server): State<Shared>, Query(query): Query<Vec<(String, String)>>) -> Response {
    let link = match Link::read(&query, &mock_server.registration) {
        Ok(link) => link,
        Err(fault) => return page::refused(&mock_server, StatusCode::BAD_REQUEST, &fault),
    };
    if locked(&mock_server.served).get(&link.challenge).is_some() {
        return used(&mock_server);
    }
    let dialog = random();
    let page = page::providers(&mock_server, &dialog);
    locked(&mock_server.dialogs).insert(dialog, Dialog { link, user: None });
    page
}

/// `GET /bank`: Mock Bank's own page.
pub(super) async fn bank(State(mock_server): State<Shared>, Query(At { dialog }): Query<At>) -> Response {
    let is_open = locked(&mock_server.dialogs).get(&dialog).is_some();
    if is_open { page::bank(&mock_server, &dialog, None) } else { used(&mock_server) }
}

/// `POST /bank`: user name and password.
pub(super) async fn sign_in(State(mock_server): State<Shared>, Form(form): Form<SignIn>) -> Response {
    if !bank::knows(&form.user, &form.password) {
        return page::bank(&mock_server, &form.dialog, Some(&form.user));
    }
    match locked(&mock_server.dialogs).get(&form.dialog) {
        Some(dialog) => dialog.user = Some(form.user),
        None => return used(&mock_server),
    }
    Redirect::to(&format!("/consent?dialog={}", form.dialog)).into_response()
}

/// `GET /consent`: what the application asks for.
pub(super) async fn consent(State(mock_server): State<Shared>, Query(At { dialog }): Query<At>) -> Response {
    match locked(&mock_server.dialogs).get(&dialog) {
        Some(Dialog { link, user: Some(user) }) => page::consent(&mock_server, &dialog, &link.scope, user),
        Some(_) => Redirect::to(&format!("/bank?dialog={dialog}")).into_response(),
        None => used(&mock_server),
    }
}

/// `POST /answer`: allowed or cancelled. The dialog is over, and the browser goes back with the answer.
pub(super) async fn answer(State(mock_server): State<Shared>, Form(form): Form<Answer>) -> Response {
    let Some(Dialog { link, user }) = locked(&mock_server.dialogs).remove(&form.dialog) else {
        return used(&mock_server);
    };
    let mut served = locked(&mock_server.served);
    // Two dialogs of one link may have been open.
    if served.get(&link.challenge).is_some() {
        return used(&mock_server);
    }
    served.insert(link.challenge.clone(), ());
    drop(served);
    let mut fields = Vec::new();
    let (redirect_uri, is_form) = (link.redirect_uri.clone(), link.is_form);
    let state = link.state.clone();
    match user.filter(|_| form.answer == "allow") {
        Some(user) => {
            let code = random();
            fields.extend([("code", code.clone()), ("scope", link.scope.join(" "))]);
            locked(&mock_server.codes).insert(code, Grant { link, user });
        }
        None => fields.push(("error", "access_denied".to_owned())),
    }
    fields.extend(state.map(|state| ("state", state)));
    if is_form {
        page::send(&mock_server, &redirect_uri, &fields)
    } else {
        Redirect::to(&with_query(&redirect_uri, &fields)).into_response()
    }
}

fn used(mock_server: &Shared) -> Response {
    page::refused(mock_server, StatusCode::GONE, "This link has been used. Each link is for one sign-in.")
}
