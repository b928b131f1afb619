//! Mock Bank's country id.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    providers = [uk_cs_mock],
    provider_id = "uk-cs-mock",
);

fn main() {}
