//! Sandbox providers without Mock Bank.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    client_id = "sandbox-acme-7d2f1a",
    providers = [uk_ob_all],
);

fn main() {}
