//! An address without quotes.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "sandbox-acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    auth_server = 127.0.0.1:8080,
);

fn main() {}
