//! Links through a renamed dependency.
#![deny(missing_docs)]

use bank::{AuthLink, auth_link};

static CONNECT: AuthLink = auth_link!(
    client_id = option_env!("CLIENT_ID").unwrap_or("sandbox-acme-7d2f1a"),
    redirect_uri = "http://localhost:3000/callback",
    scope = "accounts balance",
    providers = [uk_cs_mock],
);

/// A link with a warning that is silenced.
#[allow(deprecated)]
const FIXED: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    user_email = "jo@example.com",
);

/// The values of one user.
struct User {
    email: String,
    bank: Option<String>,
}

fn link(user: &User, tracking_id: &str) -> Result<AuthLink, bank::LinkError> {
    auth_link!(
        client_id = "acme-7d2f1a",
        redirect_uri = "https://app.example.com/callback",
        scope = [accounts],
        user_email = { user.email },
        provider_id = { user.bank.as_deref() },
        tracking_id = { let id = tracking_id.trim(); id.to_lowercase() },
    )
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let user = User { email: "jo@example.com".to_owned(), bank: None };
    println!("{}", link(&user, "t1")?.as_str());
    println!("{} {}", CONNECT.begin()?.url, FIXED.as_str());
    Ok(())
}
