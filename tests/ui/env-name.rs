//! A name that is not text.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    client_id = env!(CLIENT_ID),
);

fn main() {}
