//! A host without a dot counts as public, since a search domain may complete it.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    auth_server = "http://mock",
);

fn main() {}
