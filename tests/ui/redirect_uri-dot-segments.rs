//! A path with segments that a browser removes.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/a/../callback",
    scope = [accounts],
);

fn main() {}
