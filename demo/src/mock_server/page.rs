//! The dialog's pages.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use super::MockServer;
use super::link::SCOPES;
use crate::url::origin;

pub(super) fn providers(mock_server: &MockServer, dialog: &str) -> Response {
    let main = html! {
        h1 { "Choose your bank" }
        p { "auth-link demo would like to read your accounts." }
        form action="/bank" {
            input type="hidden" name="dialog" value=(dialog);
            button.bank {
                span.badge aria-hidden="true" { "M" }
                span { b { "Mock Bank" } small { "United Kingdom" } }
            }
        }
        (cancel(dialog))
    };
    page(mock_server, StatusCode::OK, "Choose your bank", &main)
}

/// `refused` is the user name that was not let in.
pub(super) fn bank(mock_server: &MockServer, dialog: &str, refused: Option<&str>) -> Response {
    let main = html! {
        h1 { "Sign in at Mock Bank" }
        @if refused.is_some() {
            p.fault #fault role="alert" { "User name or password is wrong. Here they are " code { "john" } " and " code { "doe" } "." }
        } @else {
            p { "The user name is " code { "john" } ", the password " code { "doe" } "." }
        }
        form.fields action="/bank" method="post" {
            input type="hidden" name="dialog" value=(dialog);
            label { "User name"
                input name="user" value=[refused] required autofocus autocomplete="username" autocapitalize="none"
                    aria-describedby=[refused.map(|_| "fault")];
            }
            label { "Password" input type="password" name="password" required autocomplete="current-password"; }
            button { "Sign in" }
        }
        (cancel(dialog))
    };
    page(mock_server, StatusCode::OK, "Sign in at Mock Bank", &main)
}

pub(super) fn consent(mock_server: &MockServer, dialog: &str, scope: &[String], user: &str) -> Response {
    let asked = SCOPES.iter().filter(|(word, _)| scope.iter().any(|asked| asked == word));
    let main = html! {
        h1 { "Allow access?" }
        p { "You are signed in at Mock Bank as " b { (user) } ". auth-link demo asks to read:" }
        ul.scopes { @for (word, told) in asked { li { (told) " " code { (word) } } } }
        form action="/answer" method="post" {
            input type="hidden" name="dialog" value=(dialog);
            button name="answer" value="allow" { "Allow" }
        }
        (cancel(dialog))
    };
    page(mock_server, StatusCode::OK, "Allow access?", &main)
}

/// Takes the answer back by a form (`response_mode=form_post`), which a script sends; without scripts the user does.
pub(super) fn send(mock_server: &MockServer, redirect_uri: &str, fields: &[(&str, String)]) -> Response {
    let main = html! {
        h1 { "Back to the application" }
        form #send action=(redirect_uri) method="post" {
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            button { "Continue" }
        }
        script src="/send.js" {}
    };
    page(mock_server, StatusCode::OK, "Back to the application", &main)
}

/// What is wrong with a link is told here, and nobody is redirected.
pub(super) fn refused(mock_server: &MockServer, status: StatusCode, fault: &str) -> Response {
    let main = html! {
        h1 { "This link does not work" }
        p.fault { (fault) }
        p { a href=(origin(&mock_server.registration.redirect_uri)) { "To the application" } }
    };
    page(mock_server, status, "This link does not work", &main)
}

fn cancel(dialog: &str) -> Markup {
    html! {
        form action="/answer" method="post" {
            input type="hidden" name="dialog" value=(dialog);
            button.plain name="answer" value="cancel" { "Cancel" }
        }
    }
}

fn page(mock_server: &MockServer, status: StatusCode, title: &str, main: &Markup) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                title { (title) " – stand-in for TrueLayer" }
                link rel="stylesheet" href="/style.css";
                link rel="icon" href="data:,";
            }
            body.stand-in {
                header { p { b { "Stand-in for TrueLayer" } } p { "played on this machine" } }
                main { div.card { (main) } }
            }
        }
    };
    // The answer leads to the application by a redirect or a form, which this directive judges alike.
    let application = origin(&mock_server.registration.redirect_uri);
    let policy = format!(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; form-action 'self' {application}; \
         frame-ancestors 'none'; base-uri 'none'"
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, [(header::CONTENT_SECURITY_POLICY, policy)], page.into_string()).into_response()
}
