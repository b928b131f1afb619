//! A host and port without a scheme.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    scope = [accounts],
    redirect_uri = "localhost:3000/callback",
);

fn main() {}
