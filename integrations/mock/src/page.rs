//! The dialog's pages.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use crate::link::SCOPES;
use crate::scenario::Bank;
use crate::state::MockServer;
use crate::url::origin;

/// Returns the page on which the user chooses the bank.
pub(crate) fn providers(mock_server: &MockServer, dialog: &str, banks: &[Bank]) -> Response {
    let main = html! {
        h1 { "Choose your bank" }
        p { (mock_server.settings.application) " would like to read your accounts." }
        @for bank in banks {
            form action="/bank" {
                input type="hidden" name="dialog" value=(dialog);
                input type="hidden" name="provider" value=(bank.id);
                button.bank {
                    span.badge aria-hidden="true" { (bank.name.chars().next().unwrap_or('B')) }
                    span { b { (bank.name) } small { (country(&bank.country)) } }
                }
            }
        }
        (cancel(dialog))
    };
    page(mock_server, StatusCode::OK, "Choose your bank", &main)
}

/// Returns the page on which the user signs in at the bank. `rejected` is the user name of a failed attempt.
pub(crate) fn bank(mock_server: &MockServer, dialog: &str, bank: &Bank, rejected: Option<&str>) -> Response {
    let main = html! {
        h1 { "Sign in at " (bank.name) }
        @if rejected.is_some() {
            p.error #error role="alert" { "The user name or password is wrong. Use " code { "john" } " and " code { "doe" } "." }
        } @else {
            p { "The user name is " code { "john" } ", the password " code { "doe" } "." }
        }
        form.fields action="/bank" method="post" {
            input type="hidden" name="dialog" value=(dialog);
            label { "User name"
                input name="user" value=[rejected] required autofocus autocomplete="username" autocapitalize="none"
                    aria-describedby=[rejected.map(|_| "error")];
            }
            label { "Password" input type="password" name="password" required autocomplete="current-password"; }
            button { "Sign in" }
        }
        (cancel(dialog))
    };
    page(mock_server, StatusCode::OK, &format!("Sign in at {}", bank.name), &main)
}

/// Returns the page on which the user allows or denies access.
pub(crate) fn consent(mock_server: &MockServer, dialog: &str, scope: &[String], bank: &str, user: &str) -> Response {
    let requested = SCOPES.iter().filter(|(name, _)| scope.iter().any(|word| word == name));
    let main = html! {
        h1 { "Allow access?" }
        p { "You are signed in at " (bank) " as " b { (user) } ". " (mock_server.settings.application) " asks to read:" }
        ul.scopes { @for (name, description) in requested { li { (description) " " code { (name) } } } }
        form action="/decision" method="post" {
            input type="hidden" name="dialog" value=(dialog);
            button name="decision" value="allow" { "Allow" }
        }
        (cancel(dialog))
    };
    page(mock_server, StatusCode::OK, "Allow access?", &main)
}

/// Returns the page with the response as a form (`response_mode=form_post`). A script submits it, or else the user.
pub(crate) fn send(mock_server: &MockServer, redirect_uri: &str, fields: &[(&str, String)]) -> Response {
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

/// Returns the page for a link that is invalid or used. It does not redirect the browser.
pub(crate) fn invalid_link(mock_server: &MockServer, status: StatusCode, message: &str) -> Response {
    let main = html! {
        h1 { "This link does not work" }
        p.error { (message) }
        @for uri in mock_server.settings.redirect_uris.iter().filter(|uri| uri.starts_with("http")).take(1) {
            p { a href=(origin(uri)) { "Back to the application" } }
        }
    };
    page(mock_server, status, "This link does not work", &main)
}

fn cancel(dialog: &str) -> Markup {
    html! {
        form action="/decision" method="post" {
            input type="hidden" name="dialog" value=(dialog);
            button.plain name="decision" value="cancel" { "Cancel" }
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
                title { (title) " – mock server for TrueLayer" }
                link rel="stylesheet" href="/style.css";
                link rel="icon" href="data:,";
            }
            body.mock-server {
                header { p { b { "Mock server for TrueLayer" } } p { "running on this machine" } }
                main { div.card { (main) } }
            }
        }
    };
    // The response leaves by a redirect after a form, or by a form: `form-action` applies to both.
    let application = sources(&mock_server.settings.redirect_uris);
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

/// Returns the sources of a policy for the redirect URIs: the origin, or the scheme of an app.
fn sources(redirect_uris: &[String]) -> String {
    let source = |uri: &String| {
        let is_web = uri.starts_with("http://") || uri.starts_with("https://");
        let source =
            if is_web { origin(uri).to_owned() } else { format!("{}:", uri.split(':').next().unwrap_or_default()) };
        // Any other character could end the directive, or the header.
        source.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":/.-[]+_".contains(&byte)).then_some(source)
    };
    redirect_uris.iter().filter_map(source).collect::<Vec<_>>().join(" ")
}

fn country(code: &str) -> &str {
    if code == "uk" { "United Kingdom" } else { code }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sources_of_a_policy_are_origins_and_schemes_that_cannot_end_it() {
        let uris =
            ["http://localhost:3000/callback", "https://[::1]:8080/?a", "com.acme-app:/callback", "http://a;b/c"];
        assert_eq!(sources(&uris.map(str::to_owned)), "http://localhost:3000 https://[::1]:8080 com.acme-app:");
    }
}
