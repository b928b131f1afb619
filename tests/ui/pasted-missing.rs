//! A missing redirect URI.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    "https://auth.truelayer.com/?client_id=acme-7d2f1a&scope=info",
);

fn main() {}
