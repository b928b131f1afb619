//! Another error in the call: the expression is still used, and the call is still a `Result`.
#![deny(warnings)]

use auth_link::{AuthLink, LinkError, auth_link};

pub fn link(email: &str) -> Result<AuthLink, LinkError> {
    let link = auth_link!(
        client_id = "acme-7d2f1a",
        redirect_uri = "https://app.example.com/callback",
        scope = [accounts],
        language_id = english,
        user_email = { email },
    )?;
    Ok(link)
}

fn main() {}
