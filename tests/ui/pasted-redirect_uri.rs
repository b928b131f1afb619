//! `http` in the redirect URI.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    "https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=http://app.example.com%2Fcallback&scope=info%20accounts",
);

fn main() {}
