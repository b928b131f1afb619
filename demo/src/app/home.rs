//! `GET /`: the home page, with the buttons that connect a bank.

use std::time::Duration;

use axum::extract::{Query, State};
use axum::response::Response;
use axum_extra::extract::cookie::PrivateCookieJar;
use maud::html;
use serde::Deserialize;
use tokio::time::timeout;

use super::page::page;
use super::session::Session;
use super::state::Shared;

/// The limit of the wait for the database. The home page works also when it cannot be reached.
const DATABASE_LIMIT: Duration = Duration::from_secs(2);

/// The query of the home page.
#[derive(Deserialize)]
pub(super) struct HomeQuery {
    notice: Option<String>,
}

/// Handles `GET /`.
pub(super) async fn show(State(app): State<Shared>, jar: PrivateCookieJar, Query(query): Query<HomeQuery>) -> Response {
    let is_connected = match Session::of(&app, &jar) {
        Some(session) => {
            let ids = timeout(DATABASE_LIMIT, app.bank.ids(&session.prefix())).await;
            ids.is_ok_and(|ids| ids.is_ok_and(|ids| !ids.is_empty()))
        }
        None => false,
    };
    let main = html! {
        @if query.notice.as_deref() == Some("disconnected") {
            p.notice role="status" { "Disconnected. TrueLayer no longer has access to your bank." }
        }
        section.hero {
            h1 { "Your bank, in one picture" }
            p.lead { "Connect an account to see its balance and transactions. You sign in at your bank, not here, and can disconnect at any time." }
            div.actions {
                form action="/connect" method="post" { button { "Connect your bank" } }
                form #new-window action="/connect" method="post" target="_blank" {
                    input type="hidden" name="window" value="new";
                    button.plain { "Connect in a new window" }
                }
            }
            form.notice #blocked hidden action="/connect" method="post" role="alert" {
                p { "Your browser did not open the new window." }
                button { "Continue in this window" }
            }
            @if is_connected { p { a href="/accounts" { "Show your accounts" } } }
        }
        ol.steps {
            li { b { "Choose your bank" } " on TrueLayer's page." }
            li { b { "Sign in and allow" } " read access. Your password stays at the bank." }
            li { b { "Come back" } " to your balances and transactions." }
        }
        script src="/window.js" {}
    };
    page("Connect your bank", &main)
}
