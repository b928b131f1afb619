//! The syntax of a struct in braces.

use auth_link::{AuthLink, LinkError, auth_link};

pub struct User {
    pub email: String,
}

pub fn link(user: &User) -> Result<AuthLink, LinkError> {
    auth_link!(
        client_id = "acme-7d2f1a",
        redirect_uri = "https://app.example.com/callback",
        scope = [accounts],
        user_email = { email: user.email },
    )
}

fn main() {}
