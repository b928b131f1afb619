//! Every form of a value, each link in two forms.

use auth_link::{AuthLink, auth_link};

static WORDS: AuthLink = auth_link!(
    client_id = "sandbox-acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [info, accounts],
    response_type = code,
    response_mode = form_post,
    providers = [uk_cs_mock, uk_ob_all],
    provider_id = mock,
    disable_providers = [ob_monzo],
    language_id = en,
    country_id = GB,
    code_challenge_method = S256,
    environment = sandbox,
    pkce = true,
    "consent_id" = "c1",
);

static TEXTS: AuthLink = auth_link!(
    "consent_id" = ["c1"],
    pkce = "true",
    environment = "sandbox",
    code_challenge_method = "S256",
    country_id = "GB",
    language_id = r"en",
    disable_providers = "ob-monzo",
    provider_id = "mock",
    providers = "uk-cs-mock uk-ob-all",
    response_mode = r#"form_post"#,
    response_type = "code",
    scope = ["info", "accounts"],
    redirect_uri = "https://app.example.com/callback",
    client_id = "sandbox-acme-7d2f1a",
);

#[test]
fn links_compile() {
    // Quoted parameters keep the order in which they are written; the others have a fixed order.
    assert_eq!(WORDS, TEXTS);
}
