//! `GET /`: where a sign-in begins.

use axum::extract::{Query, State};
use axum::response::Response;
use axum_extra::extract::cookie::PrivateCookieJar;
use maud::html;
use serde::Deserialize;

use super::Shared;
use super::page;

#[derive(Deserialize)]
pub(super) struct Asked {
    notice: Option<String>,
}

pub(super) async fn show(State(app): State<Shared>, jar: PrivateCookieJar, Query(asked): Query<Asked>) -> Response {
    // A store that is down is no reason to have no home page.
    let is_connected = match app.session(&jar) {
        Some(session) => app.store.ids(&session).await.is_ok_and(|ids| !ids.is_empty()),
        None => false,
    };
    let main = html! {
        @if asked.notice.as_deref() == Some("disconnected") {
            p.notice role="status" { "Disconnected. TrueLayer has forgotten the access to your bank." }
        }
        section.hero {
            h1 { "Your bank, in one picture" }
            p.lead { "Connect an account, and see what it holds and how it got there. You sign in at your bank, not here, and can disconnect at any time." }
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
            @if is_connected { p { a href="/accounts" { "To your accounts" } } }
        }
        ol.steps {
            li { b { "Choose your bank" } " at TrueLayer, on a page of its own." }
            li { b { "Sign in and allow" } " reading; your password stays at the bank." }
            li { b { "Come back" } " to your balances and transactions." }
        }
        script src="/window.js" {}
    };
    page::page("Connect your bank", &main)
}
