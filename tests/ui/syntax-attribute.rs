//! Attributes on fields.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    #[cfg(debug_assertions)]
    redirect_uri = "http://localhost/callback",
    #[cfg(not(debug_assertions))]
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
);

fn main() {}
