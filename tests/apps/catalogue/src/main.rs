//! A link that is checked against the copy next to `Cargo.toml`.
#![deny(missing_docs)]

use auth_link::{AuthLink, auth_link};

static CONNECT: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts, balance],
    providers = ["ob-quite-new", uk_ob_all],
    provider_id = "ob-quite-new",
    catalogue = "providers.json",
);

fn main() {
    println!("{}", CONNECT.as_str());
}
