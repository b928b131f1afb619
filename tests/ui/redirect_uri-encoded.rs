//! A percent-encoded redirect URI.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    scope = [accounts],
    redirect_uri = "https%3A%2F%2Fapp.example.com%2Fcallback",
);

fn main() {}
