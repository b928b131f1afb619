//! A scope in braces.
#![deny(warnings)]

use auth_link::{AuthLink, LinkError, auth_link};

pub fn link(scopes: &str) -> Result<AuthLink, LinkError> {
    let link = auth_link!(
        client_id = "acme-7d2f1a",
        redirect_uri = "https://app.example.com/callback",
        scope = { scopes },
    )?;
    Ok(link)
}

fn main() {}
