//! The pages of errors.

use auth_link::client::Recovery;
use auth_link::cookies::CookieError;
use auth_link::{CallbackError, Error};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::page::page;

/// Returns the page of an error at `/callback`, and logs the error. A user who cancelled causes none.
pub(super) fn callback_page(error: &Error) -> Response {
    if error.is_cancelled() {
        return Redirect::to("/cancelled").into_response();
    }
    if let Error::Store(_) | Error::StoreUnavailable(_) = error {
        log(error);
        let text = "Your bank allowed access, but the connection could not be saved. Please connect again in a moment.";
        return error_page(error.status(), "The connection was not saved", text, &connect());
    }
    app_page(error)
}

/// Returns the page of an error at any other address, and logs the error.
pub(super) fn app_page(error: &Error) -> Response {
    log(error);
    let next = match error {
        Error::Cookie(CookieError::Missing | CookieError::Used | CookieError::Expired) => html! {
            p { a.button href="/accounts" { "Show your accounts" } }
            (connect())
        },
        Error::Store(_)
        | Error::StoreUnavailable(_)
        | Error::Callback(CallbackError::Prefetch | CallbackError::UnexpectedMethod) => Markup::default(),
        _ => connect(),
    };
    let status = if let Error::NotConnected = error { StatusCode::NOT_FOUND } else { error.status() };
    error_page(status, title(error), &text(error), &next)
}

/// Returns the page of a form that another site sent.
pub(super) fn cross_site() -> Response {
    eprintln!("form rejected: it was sent from another site");
    let text = "Only this application's own pages can send this request. Nothing was changed.";
    error_page(StatusCode::FORBIDDEN, "This request came from another site", text, &Markup::default())
}

/// Returns the page of an address without a page.
pub(super) async fn not_found() -> Response {
    let text = "The address is wrong, or the page was removed.";
    error_page(StatusCode::NOT_FOUND, "Page not found", text, &Markup::default())
}

fn error_page(status: StatusCode, title: &str, text: &str, next: &Markup) -> Response {
    let main = html! {
        div.card {
            h1 { (title) }
            p role="alert" { (text) }
            (next)
            p { a href="/" { "Back to the home page" } }
        }
    };
    (status, page(title, &main)).into_response()
}

fn connect() -> Markup {
    html! { form action="/connect" method="post" { button { "Connect your bank" } } }
}

fn title(error: &Error) -> &'static str {
    match error {
        Error::Callback(CallbackError::Server(_)) => "Your bank was not connected",
        Error::Callback(CallbackError::Prefetch | CallbackError::UnexpectedMethod) => {
            "This page cannot be loaded in advance"
        }
        Error::Cookie(CookieError::Missing | CookieError::Used | CookieError::Expired) => {
            "No connection is in progress"
        }
        Error::Callback(_) | Error::Cookie(_) => "The connection cannot be completed",
        Error::Store(_) | Error::StoreUnavailable(_) => "Please try again in a moment",
        Error::Api(_) => "TrueLayer rejected the request",
        Error::Transport(_) => "TrueLayer cannot be reached",
        Error::RefreshLost(_) => "Access to your bank has ended",
        Error::NotConnected => "This connection no longer exists",
        _ => "Something went wrong",
    }
}

/// Returns the explanation for the user: the cause, and the next step.
pub(super) fn text(error: &Error) -> String {
    let text = match error {
        Error::Callback(CallbackError::Server(error)) => {
            return format!("TrueLayer reported an error: {error}. Nothing was connected. You can try again.");
        }
        Error::Callback(CallbackError::IssuerMismatch) => {
            "The response came from an unexpected server and was rejected. You can start again."
        }
        Error::Callback(CallbackError::ErrorWithoutState { .. } | CallbackError::MissingState) => {
            "The response does not say which connection it belongs to. If you were connecting your bank, start again."
        }
        Error::Callback(CallbackError::StateMismatch) => {
            "The response belongs to another connection and was rejected. You can start again."
        }
        Error::Callback(CallbackError::Prefetch | CallbackError::UnexpectedMethod) => {
            "Nothing was used or changed. Reload this page to complete the connection."
        }
        Error::Callback(_) => "The response is invalid and was rejected. You can start again.",
        Error::Cookie(CookieError::Missing | CookieError::Used | CookieError::Expired) => {
            "The connection is already complete, was started more than ten minutes ago, or was started in another \
             browser. If it was started in another browser, complete it there."
        }
        Error::Cookie(_) => "The connection was started by another version of this application. You can start again.",
        Error::Store(_) | Error::StoreUnavailable(_) => {
            "The application cannot read its stored data right now. Nothing was lost. Reload this page in a moment."
        }
        Error::RefreshLost(_) => "The last refresh of the access was interrupted. Please connect your bank again.",
        Error::Transport(_) => "The request may not have arrived. Try again in a moment.",
        Error::NotConnected => "It was disconnected, or this browser's session has expired.",
        Error::Api(error) => match error.recovery() {
            Recovery::RetryLater => "TrueLayer or your bank is busy. Try again in a moment.",
            Recovery::Reauthorize | Recovery::Refresh => {
                "Access has expired, or the code was already used. Please connect your bank again."
            }
            _ => "TrueLayer did not accept the request.",
        },
        _ => "The error was logged. You can start again.",
    };
    text.to_owned()
}

/// Writes one line to the log. The error shows no secret and escapes text from outside; a database's own text is escaped here.
fn log(error: &Error) {
    match error {
        Error::Callback(_) | Error::Cookie(_) => eprintln!("callback rejected: {error}"),
        Error::NotConnected => {}
        error => eprintln!("{}", error.to_string().escape_debug()),
    }
}
