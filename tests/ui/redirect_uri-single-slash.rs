//! One slash after the scheme, which a browser would correct.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    scope = [accounts],
    redirect_uri = "https:/app.example.com/callback",
);

fn main() {}
