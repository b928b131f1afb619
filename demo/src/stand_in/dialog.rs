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
pub(super) async fn open(State(stand_in): State<Shared>, Query(query): Query<Vec<(String, String)>>) -> Response {
    let link = match Link::read(&query, &stand_in.registration) {
        Ok(link) => link,
        Err(fault) => return page::refused(&stand_in, StatusCode::BAD_REQUEST, &fault),
    };
    if locked(&stand_in.served).get(&link.challenge).is_some() {
        return used(&stand_in);
    }
    let dialog = random();
    let page = page::providers(&stand_in, &dialog);
    locked(&stand_in.dialogs).insert(dialog, Dialog { link, user: None });
    page
}

/// `GET /bank`: Mock Bank's own page.
pub(super) async fn bank(State(stand_in): State<Shared>, Query(At { dialog }): Query<At>) -> Response {
    let is_open = locked(&stand_in.dialogs).get(&dialog).is_some();
    if is_open { page::bank(&stand_in, &dialog, None) } else { used(&stand_in) }
}

/// `POST /bank`: user name and password.
pub(super) async fn sign_in(State(stand_in): State<Shared>, Form(form): Form<SignIn>) -> Response {
    if !bank::knows(&form.user, &form.password) {
        return page::bank(&stand_in, &form.dialog, Some(&form.user));
    }
    match locked(&stand_in.dialogs).get(&form.dialog) {
        Some(dialog) => dialog.user = Some(form.user),
        None => return used(&stand_in),
    }
    Redirect::to(&format!("/consent?dialog={}", form.dialog)).into_response()
}

/// `GET /consent`: what the application asks for.
pub(super) async fn consent(State(stand_in): State<Shared>, Query(At { dialog }): Query<At>) -> Response {
    match locked(&stand_in.dialogs).get(&dialog) {
        Some(Dialog { link, user: Some(user) }) => page::consent(&stand_in, &dialog, &link.scope, user),
        Some(_) => Redirect::to(&format!("/bank?dialog={dialog}")).into_response(),
        None => used(&stand_in),
    }
}

/// `POST /answer`: allowed or cancelled. The dialog is over, and the browser goes back with the answer.
pub(super) async fn answer(State(stand_in): State<Shared>, Form(form): Form<Answer>) -> Response {
    let Some(Dialog { link, user }) = locked(&stand_in.dialogs).remove(&form.dialog) else {
        return used(&stand_in);
    };
    let mut served = locked(&stand_in.served);
    // Two dialogs of one link may have been open.
    if served.get(&link.challenge).is_some() {
        return used(&stand_in);
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
            locked(&stand_in.codes).insert(code, Grant { link, user });
        }
        None => fields.push(("error", "access_denied".to_owned())),
    }
    fields.extend(state.map(|state| ("state", state)));
    if is_form {
        page::send(&stand_in, &redirect_uri, &fields)
    } else {
        Redirect::to(&with_query(&redirect_uri, &fields)).into_response()
    }
}

fn used(stand_in: &Shared) -> Response {
    page::refused(stand_in, StatusCode::GONE, "This link has been used. Each link is for one sign-in.")
}
