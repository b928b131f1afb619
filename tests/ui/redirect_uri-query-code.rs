//! A query with a parameter of the callback.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    scope = [accounts],
    redirect_uri = "https://app.example.com/callback?code=1",
);

fn main() {}
