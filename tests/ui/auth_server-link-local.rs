//! A link-local address, such as a metadata service of a cloud.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    auth_server = "http://169.254.169.254",
);

fn main() {}
