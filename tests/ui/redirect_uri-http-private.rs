//! `http` on a private network.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    scope = [accounts],
    redirect_uri = "http://192.168.1.20/callback",
);

fn main() {}
