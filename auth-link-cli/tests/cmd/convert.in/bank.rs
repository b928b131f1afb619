//! Bank accounts.

use auth_link::{AuthLink, auth_link};

pub static CONNECT: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [info, accounts],
    providers = [uk_ob_all, "ob-new-bank"],
    provider_id = ob_monzo,
);

fn other() -> AuthLink {
    auth_link!("https://auth.truelayer.com/?client_id=acme-7d2f1a&scope=info", redirect_uri = "https://app.example.com/")
}
