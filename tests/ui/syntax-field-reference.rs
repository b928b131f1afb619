//! A reference to a field of a struct: the help, followed, makes the call a `Result`.

use auth_link::{AuthLink, auth_link};

pub struct User {
    pub email: String,
}

pub fn link(user: &User) -> AuthLink {
    let _ = user;
    auth_link!(
        client_id = "acme-7d2f1a",
        redirect_uri = "https://app.example.com/callback",
        scope = [accounts],
        user_email = &user.email,
    )
}

fn main() {}
