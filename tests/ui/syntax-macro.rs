//! Another macro as a value.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    client_id = concat!("acme", "-7d2f1a"),
);

fn main() {}
