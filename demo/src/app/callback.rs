//! `/callback`: the end of an authorization, by query or by form, and the pages that follow it.

use auth_link::{AuthorizationCode, Callback, CallbackError};
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::PrivateCookieJar;
use maud::html;

use super::connection::Connection;
use super::error::AppError;
use super::page::page;
use super::pending_store::StoredAuthorization;
use super::state::Shared;

/// Handles `GET /callback`.
pub(super) async fn by_query(State(app): State<Shared>, jar: PrivateCookieJar, RawQuery(query): RawQuery) -> Response {
    finish(&app, jar, Callback::from_query(&query.unwrap_or_default())).await
}

/// Handles `POST /callback`.
pub(super) async fn by_form(
    State(app): State<Shared>,
    jar: PrivateCookieJar,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    finish(&app, jar, Callback::from_form(&query.unwrap_or_default(), &body)).await
}

/// Turns a callback into a connection, and redirects to an address that holds nothing of the callback.
async fn finish(app: &Shared, jar: PrivateCookieJar, callback: Result<Callback<'_>, CallbackError>) -> Response {
    let had_session = app.cookies.session(&jar).is_some();
    let callback = match callback {
        Ok(callback) => callback,
        Err(CallbackError::ErrorWithoutState { access_denied: true }) => {
            return Redirect::to("/cancelled").into_response();
        }
        Err(error) => return AppError::Callback(error).into_response(),
    };
    let key = callback.key();
    let (jar, stored) = match app.take_pending(jar, &key).await {
        Ok((jar, Some(stored))) => (jar, stored),
        Ok((_, None)) => return AppError::NotPending { had_session }.into_response(),
        Err(error) => return error.into_response(),
    };
    let StoredAuthorization { session, new_window, pending, .. } = stored;
    let code = match pending.finish(callback) {
        Ok(code) => code,
        Err(rejection) => {
            // A callback with another state does not end this authorization.
            let jar = match rejection.pending {
                Some(pending) => {
                    match app.store_pending(jar, StoredAuthorization::new(session, new_window, *pending)).await {
                        Ok(jar) => jar,
                        Err(error) => return error.into_response(),
                    }
                }
                None => jar,
            };
            return match rejection.error {
                CallbackError::AccessDenied(_) => (jar, Redirect::to("/cancelled")).into_response(),
                error => (jar, AppError::Callback(error)).into_response(),
            };
        }
    };
    if let Err(error) = exchange(app, code, &session).await {
        return (jar, error.after_exchange()).into_response();
    }
    let jar = app.cookies.add_session(jar, session);
    (jar, Redirect::to(if new_window { "/connected" } else { "/accounts" })).into_response()
}

/// Exchanges the code, and stores the tokens.
///
/// This continues when the browser disconnects, because a code can be used only once.
async fn exchange(app: &Shared, code: AuthorizationCode, session: &str) -> Result<(), AppError> {
    let (app, session) = (app.clone(), session.to_owned());
    let task = tokio::spawn(async move {
        let call = app.client.exchange(code).map_err(|error| AppError::Request(error.into()))?;
        let tokens = app.http.send(call).await?;
        app.store.add(&session, Connection::new(tokens)).await
    });
    task.await.map_err(|error| AppError::Unexpected(error.to_string()))?
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
