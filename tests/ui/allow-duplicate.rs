//! Two fields `allow`, as the help of two errors tells.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "sandbox-acme-7d2f1a",
    redirect_uri = "http://mock.internal/callback",
    scope = [balance],
    providers = [uk_cs_mock],
    allow = [insecure_private_redirect_uri],
    allow = [missing_required_scope],
);

fn main() {}
