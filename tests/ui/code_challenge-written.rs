//! A fixed code challenge.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    code_challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
);

fn main() {}
