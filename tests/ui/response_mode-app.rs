//! `form_post` with an app's scheme.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    scope = [accounts],
    redirect_uri = "com.example.app:/callback",
    response_mode = form_post,
);

fn main() {}
