//! A default as the second argument, which Rust takes as a message.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    client_id = env!("AUTH_LINK_TEST_NOT_SET", "acme"),
);

fn main() {}
