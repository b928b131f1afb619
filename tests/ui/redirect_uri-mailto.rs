//! A scheme of mail programs.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "mailto:jo@example.com",
    scope = [accounts],
);

fn main() {}
