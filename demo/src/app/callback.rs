//! `/callback`: the browser comes back, by query or by form.

use auth_link::{AuthorizationCode, Callback, CallbackError};
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::PrivateCookieJar;
use maud::html;

use super::Shared;
use super::connections::Connection;
use super::page::{self, Trouble};
use super::pending_store::UnderWay;

pub(super) async fn by_query(State(app): State<Shared>, jar: PrivateCookieJar, RawQuery(query): RawQuery) -> Response {
    finish(&app, jar, Callback::from_query(&query.unwrap_or_default())).await
}

pub(super) async fn by_form(
    State(app): State<Shared>,
    jar: PrivateCookieJar,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    finish(&app, jar, Callback::from_form(&query.unwrap_or_default(), &body)).await
}

/// From the callback to a connection, and to an address that shows nothing of it.
async fn finish(app: &Shared, jar: PrivateCookieJar, callback: Result<Callback<'_>, CallbackError>) -> Response {
    let had_session = app.session(&jar).is_some();
    let callback = match callback {
        Ok(callback) => callback,
        Err(CallbackError::ErrorWithoutState { access_denied: true }) => {
            return Redirect::to("/cancelled").into_response();
        }
        Err(error) => return Trouble::Callback(error).into_response(),
    };
    let key = callback.key();
    let (jar, under_way) = match app.take(jar, &key).await {
        Ok((jar, Some(under_way))) => (jar, under_way),
        Ok((_, None)) => return Trouble::NotHere { had_session }.into_response(),
        Err(trouble) => return trouble.into_response(),
    };
    let UnderWay { session, new_window, pending, .. } = under_way;
    let code = match pending.finish(callback) {
        Ok(code) => code,
        Err(refused) => {
            // What another sign-in's callback was compared with goes on waiting.
            let jar = match refused.pending {
                Some(pending) => match app.keep(jar, UnderWay::new(session, new_window, pending)).await {
                    Ok(jar) => jar,
                    Err(trouble) => return trouble.into_response(),
                },
                None => jar,
            };
            return match refused.error {
                CallbackError::AccessDenied(_) => (jar, Redirect::to("/cancelled")).into_response(),
                error => (jar, Trouble::Callback(error)).into_response(),
            };
        }
    };
    if let Err(trouble) = exchange(app, code, &session).await {
        return (jar, trouble.without_retry()).into_response();
    }
    let jar = app.add_session(jar, session);
    (jar, Redirect::to(if new_window { "/connected" } else { "/accounts" })).into_response()
}

/// Exchanges the code, and keeps what it brings. It goes on when the browser goes away meanwhile: the code is for one use.
async fn exchange(app: &Shared, code: AuthorizationCode, session: &str) -> Result<(), Trouble> {
    let (app, session) = (app.clone(), session.to_owned());
    let task = tokio::spawn(async move {
        let call = app.client.exchange(code).map_err(|refused| Trouble::Request(refused.into()))?;
        let tokens = app.send(call).await?;
        app.store.add(&session, Connection::new(tokens)).await
    });
    task.await.map_err(|error| Trouble::Unexpected(error.to_string()))?
}

/// `GET /cancelled`: the user said no. Not a fault.
pub(super) async fn cancelled() -> Response {
    page::page(
        "Cancelled",
        &html! {
            div.card {
                h1 { "You cancelled" }
                p { "Nothing was connected, and nothing was read." }
                form action="/connect" method="post" { button { "Try again" } }
                p { a href="/" { "Back to the start" } }
            }
        },
    )
}

/// `GET /connected`: the end in a window of its own.
pub(super) async fn connected() -> Response {
    page::page(
        "Connected",
        &html! {
            div.card {
                h1 { "Your bank is connected" }
                p { "You may close this window." }
                p { a.button href="/accounts" { "To your accounts" } }
            }
            script src="/done.js" {}
        },
    )
}
