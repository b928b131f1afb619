//! A private network without TLS, for a client id of the live environment.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    auth_server = "http://192.168.1.20:8080",
    allow = [insecure_private_auth_server],
);

fn main() {}
