//! A redirect URI in braces, without the feature `builder`.
#![deny(warnings)]

use auth_link::{AuthLink, LinkError, auth_link};

pub fn link(uri: &str) -> Result<AuthLink, LinkError> {
    let link = auth_link!(
        client_id = "acme-7d2f1a",
        scope = [accounts],
        redirect_uri = { uri },
    )?;
    Ok(link)
}

fn main() {}
