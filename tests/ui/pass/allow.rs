//! What is allowed is no error.
#![deny(warnings)]

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "sandbox-acme-7d2f1a",
    redirect_uri = "http://App.internal:80/callback",
    scope = [info, balance],
    country_id = FR,
    allow = [redirect_private, redirect_form, scope_needs, country_providers, sandbox_mock],
);

fn main() {}
