//! A parameter without rules, in braces.
#![deny(warnings)]

use auth_link::{AuthLink, LinkError, auth_link};

pub fn link(id: &str) -> Result<AuthLink, LinkError> {
    let link = auth_link!(
        client_id = "acme-7d2f1a",
        redirect_uri = "https://app.example.com/callback",
        scope = [accounts],
        "consent_id" = { id },
    )?;
    Ok(link)
}

fn main() {}
