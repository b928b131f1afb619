//! Warnings that are silenced by their names.
#![deny(warnings)]

use auth_link::{AuthLink, auth_link};

pub static LINK: AuthLink = auth_link!(
    client_id = "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    language_id = "zz",
    user_email = "jo@example.com",
    allow = [client_id_looks_like_secret, unlisted_language, fixed_user_email],
);

#[test]
fn links_compile() {
    assert!(LINK.as_str().ends_with("&language_id=zz"), "{}", LINK.as_str());
}
