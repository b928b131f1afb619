//! The dialog: the user chooses the bank, signs in there and decides, and the browser returns to the application.

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::link::Link;
use super::state::{Dialog, Grant, Shared, lock};
use super::{bank, page};
use crate::random::random;
use crate::url::with_query;

/// The query of the dialog's pages.
#[derive(Deserialize)]
pub(super) struct DialogQuery {
    dialog: String,
}

/// The form of Mock Bank's page.
#[derive(Deserialize)]
pub(super) struct CredentialsForm {
    dialog: String,
    user: String,
    password: String,
}

/// The form of the consent page and of every cancel button.
#[derive(Deserialize)]
pub(super) struct DecisionForm {
    dialog: String,
    /// `allow` or `cancel`.
    decision: String,
}

/// Handles `GET /?client_id=…`, the auth link.
pub(super) async fn open(State(mock_server): State<Shared>, Query(query): Query<Vec<(String, String)>>) -> Response {
    let link = match Link::parse(&query, &mock_server.registration) {
        Ok(link) => link,
        Err(message) => return page::invalid_link(&mock_server, StatusCode::BAD_REQUEST, &message),
    };
    if lock(&mock_server.used_links).get(&link.code_challenge).is_some() {
        return used_link(&mock_server);
    }
    let dialog = random();
    let page = page::providers(&mock_server, &dialog);
    lock(&mock_server.dialogs).insert(dialog, Dialog { link, user: None });
    page
}

/// Handles `GET /bank`, Mock Bank's own page.
pub(super) async fn bank(
    State(mock_server): State<Shared>,
    Query(DialogQuery { dialog }): Query<DialogQuery>,
) -> Response {
    let is_open = lock(&mock_server.dialogs).get(&dialog).is_some();
    if is_open { page::bank(&mock_server, &dialog, None) } else { used_link(&mock_server) }
}

/// Handles `POST /bank`, the user name and password.
pub(super) async fn submit_credentials(
    State(mock_server): State<Shared>,
    Form(form): Form<CredentialsForm>,
) -> Response {
    if !bank::accepts(&form.user, &form.password) {
        return page::bank(&mock_server, &form.dialog, Some(&form.user));
    }
    match lock(&mock_server.dialogs).get(&form.dialog) {
        Some(dialog) => dialog.user = Some(form.user),
        None => return used_link(&mock_server),
    }
    Redirect::to(&format!("/consent?dialog={}", form.dialog)).into_response()
}

/// Handles `GET /consent`, the page that lists the requested scopes.
pub(super) async fn consent(
    State(mock_server): State<Shared>,
    Query(DialogQuery { dialog }): Query<DialogQuery>,
) -> Response {
    match lock(&mock_server.dialogs).get(&dialog) {
        Some(Dialog { link, user: Some(user) }) => page::consent(&mock_server, &dialog, &link.scope, user),
        Some(_) => Redirect::to(&format!("/bank?dialog={dialog}")).into_response(),
        None => used_link(&mock_server),
    }
}

/// Handles `POST /decision`: closes the dialog, and returns the browser to the application with the response.
pub(super) async fn decide(State(mock_server): State<Shared>, Form(form): Form<DecisionForm>) -> Response {
    let Some(Dialog { link, user }) = lock(&mock_server.dialogs).remove(&form.dialog) else {
        return used_link(&mock_server);
    };
    let mut used_links = lock(&mock_server.used_links);
    // The user may have opened the link in two tabs.
    if used_links.get(&link.code_challenge).is_some() {
        return used_link(&mock_server);
    }
    used_links.insert(link.code_challenge.clone(), ());
    drop(used_links);
    let mut fields = Vec::new();
    let (redirect_uri, form_post) = (link.redirect_uri.clone(), link.form_post);
    let state = link.state.clone();
    match user.filter(|_| form.decision == "allow") {
        Some(user) => {
            let code = random();
            fields.extend([("code", code.clone()), ("scope", link.scope.join(" "))]);
            lock(&mock_server.codes).insert(code, Grant { link, user });
        }
        None => fields.push(("error", "access_denied".to_owned())),
    }
    fields.extend(state.map(|state| ("state", state)));
    if form_post {
        page::send(&mock_server, &redirect_uri, &fields)
    } else {
        Redirect::to(&with_query(&redirect_uri, &fields)).into_response()
    }
}

fn used_link(mock_server: &Shared) -> Response {
    page::invalid_link(mock_server, StatusCode::GONE, "This link was already used. Each link works once.")
}
