//! A private network without TLS, for a client id of the sandbox.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "sandbox-acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    auth_server = "http://192.168.1.20:8080",
);

fn main() {}
