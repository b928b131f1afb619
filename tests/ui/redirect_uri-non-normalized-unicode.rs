//! A host outside its ASCII form.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    scope = [accounts],
    redirect_uri = "https://bücher.example/callback",
);

fn main() {}
