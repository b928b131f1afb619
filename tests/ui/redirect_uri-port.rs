//! A port above 65535.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    scope = [accounts],
    redirect_uri = "https://app.example.com:99999/callback",
);

fn main() {}
