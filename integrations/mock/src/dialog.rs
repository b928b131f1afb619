//! The dialog: the user chooses the bank, signs in there and decides, and the browser returns to the application.

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::authorization::{Decision, Refusal};
use crate::page;
use crate::profile::sign_in;
use crate::random::random;
use crate::state::{Dialog, Shared};
use crate::url::with_query;

/// The query of the dialog's pages.
#[derive(Deserialize)]
pub(crate) struct DialogQuery {
    dialog: String,
    /// The chosen bank.
    provider: Option<String>,
}

/// The form of the bank's page.
#[derive(Deserialize)]
pub(crate) struct CredentialsForm {
    dialog: String,
    user: String,
    password: String,
}

/// The form of the consent page and of every cancel button.
#[derive(Deserialize)]
pub(crate) struct DecisionForm {
    dialog: String,
    /// `allow` or `cancel`.
    decision: String,
}

/// Handles `GET /?client_id=…`, the auth link.
pub(crate) async fn open(State(mock_server): State<Shared>, Query(query): Query<Vec<(String, String)>>) -> Response {
    let link = match mock_server.open(&query) {
        Ok(link) => link,
        Err(Refusal::Invalid(message)) => return page::invalid_link(&mock_server, StatusCode::BAD_REQUEST, &message),
        Err(Refusal::Used) => return used_link(&mock_server),
    };
    let dialog = random();
    let is_chosen = query.iter().any(|(name, _)| name == "provider_id");
    let bank = link.banks.first().filter(|_| is_chosen).cloned();
    let page = match &bank {
        Some(bank) => page::bank(&mock_server, &dialog, bank, None),
        None => page::providers(&mock_server, &dialog, &link.banks),
    };
    mock_server.state().dialogs.insert(dialog, Dialog { link, bank, user: None });
    page
}

/// Handles `GET /bank`, the bank's own page.
pub(crate) async fn bank(
    State(mock_server): State<Shared>,
    Query(DialogQuery { dialog: id, provider }): Query<DialogQuery>,
) -> Response {
    let mut state = mock_server.state();
    let Some(dialog) = state.dialogs.get(&id) else {
        return used_link(&mock_server);
    };
    let is_chosen = |id: &str| provider.as_ref().is_none_or(|chosen| chosen == id);
    let chosen = dialog.link.banks.iter().find(|bank| is_chosen(&bank.id)).or(dialog.link.banks.first()).cloned();
    let Some(bank) = dialog.bank.clone().filter(|_| provider.is_none()).or(chosen) else {
        return used_link(&mock_server);
    };
    dialog.bank = Some(bank.clone());
    let journey = dialog.link.journey.clone();
    state.journeys.record(journey.as_ref(), "provider_selected", &[("provider_id", &bank.id)]);
    page::bank(&mock_server, &id, &bank, None)
}

/// Handles `POST /bank`, the user name and password.
pub(crate) async fn submit_credentials(
    State(mock_server): State<Shared>,
    Form(form): Form<CredentialsForm>,
) -> Response {
    let mut state = mock_server.state();
    let Some(dialog) = state.dialogs.get(&form.dialog) else {
        return used_link(&mock_server);
    };
    let Some(user) = sign_in(&mock_server.settings.scenario, &form.user, &form.password) else {
        let bank = dialog.bank.as_ref().or(dialog.link.banks.first());
        return bank.map_or_else(
            || used_link(&mock_server),
            |bank| page::bank(&mock_server, &form.dialog, bank, Some(&form.user)),
        );
    };
    dialog.user = Some(user);
    Redirect::to(&with_query("/consent", &[("dialog", form.dialog)])).into_response()
}

/// Handles `GET /consent`, the page that lists the requested scopes.
pub(crate) async fn consent(
    State(mock_server): State<Shared>,
    Query(DialogQuery { dialog, .. }): Query<DialogQuery>,
) -> Response {
    match mock_server.state().dialogs.get(&dialog) {
        Some(Dialog { link, user: Some(user), bank }) => {
            let bank = bank.as_ref().or(link.banks.first()).map_or("", |bank| &bank.name);
            page::consent(&mock_server, &dialog, &link.scope, bank, &user.name)
        }
        Some(_) => Redirect::to(&with_query("/bank", &[("dialog", dialog)])).into_response(),
        None => used_link(&mock_server),
    }
}

/// Handles `POST /decision`: closes the dialog, and returns the browser to the application with the response.
pub(crate) async fn decide(State(mock_server): State<Shared>, Form(form): Form<DecisionForm>) -> Response {
    let Some(dialog) = mock_server.state().dialogs.remove(&form.dialog) else {
        return used_link(&mock_server);
    };
    let bank = dialog.bank.or_else(|| dialog.link.banks.first().cloned());
    let decision = match (bank, dialog.user) {
        (Some(bank), Some(user)) if form.decision == "allow" => Decision::Allow(bank, user),
        _ => Decision::Cancel { with_state: mock_server.settings.cancels_with_state },
    };
    match mock_server.decide(dialog.link, decision) {
        None => used_link(&mock_server),
        Some(response) if response.form_post => page::send(&mock_server, &response.redirect_uri, &response.fields),
        Some(response) => Redirect::to(&with_query(&response.redirect_uri, &response.fields)).into_response(),
    }
}

fn used_link(mock_server: &Shared) -> Response {
    page::invalid_link(mock_server, StatusCode::GONE, "This link was already used. Each link works once.")
}
