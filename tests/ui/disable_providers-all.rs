//! Every listed provider disabled.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    providers = [uk_ob_monzo, ob_hsbc],
    disable_providers = [ob_hsbc, ob_monzo],
);

fn main() {}
