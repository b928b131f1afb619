//! `/callback`: the end of an authorization, by query or by form, and the pages that follow it.

use auth_link_axum::{Finished, Result};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::PrivateCookieJar;
use maud::html;

use super::connect::Started;
use super::page::page;
use super::state::Shared;

/// Stores the connection, and redirects to an address that contains nothing of the callback.
pub(super) async fn finish(
    State(app): State<Shared>,
    jar: PrivateCookieJar,
    finished: Finished<Started>,
) -> Result<impl IntoResponse> {
    let Started { session, new_window } = finished.data().clone();
    let id = session.new_id();
    let cookies = finished.exchange(async |_, code| app.bank.connect(&id, code).await).await?;
    let next = if new_window { "/connected" } else { "/accounts" };
    Ok((session.add_to(&app, jar), cookies.redirect(next)))
}

/// Handles `GET /cancelled`. A user who cancels causes no error.
pub(super) async fn cancelled() -> Response {
    page(
        "Cancelled",
        &html! {
            div.card {
                h1 { "You cancelled" }
                p { "Nothing was connected, and no data was read." }
                form action="/connect" method="post" { button { "Try again" } }
                p { a href="/" { "Back to the home page" } }
            }
        },
    )
}

/// Handles `GET /connected`, the last page in a new window.
pub(super) async fn connected() -> Response {
    page(
        "Connected",
        &html! {
            div.card {
                h1 { "Your bank is connected" }
                p { "You can close this window." }
                p { a.button href="/accounts" { "Show your accounts" } }
            }
            script src="/done.js" {}
        },
    )
}
