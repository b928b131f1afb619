//! A Cyrillic letter that looks like a Latin one.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    client_id = "aсme-7d2f1a",
);

fn main() {}
