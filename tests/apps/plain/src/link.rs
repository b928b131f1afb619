//! The link of the application.

use auth_link::{AuthLink, auth_link};

/// The link that the whole application uses.
pub static CONNECT: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [info, accounts, balance, transactions, offline_access],
    providers = [uk_ob_all, uk_oauth_all],
    provider_id = ob_monzo,
);
