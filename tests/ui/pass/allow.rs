//! Errors that are allowed.
#![deny(warnings)]

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "sandbox-acme-7d2f1a",
    redirect_uri = "http://App.internal:80/callback",
    scope = [info, balance],
    country_id = FR,
    allow = [insecure_private_redirect_uri, non_normalized_redirect_uri, missing_required_scope, country_without_providers, sandbox_without_mock_bank],
);

#[test]
fn links_compile() {}
