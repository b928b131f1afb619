//! A country other than the chosen provider's.

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    providers = [ie_ob_all, uk_ob_all],
    provider_id = ob_monzo,
    country_id = IE,
);

fn main() {}
