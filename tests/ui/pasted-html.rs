//! A link copied from HTML.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    "https://auth.truelayer.com/?client_id=acme-7d2f1a&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&amp;scope=info%20accounts",
);

fn main() {}
