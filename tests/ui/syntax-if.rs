//! A condition as a value: rustc adds no error.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = if cfg!(debug_assertions) { "http://localhost/cb" } else { "https://app.example.com/cb" },
    scope = [accounts],
);

fn main() {}
