//! The macro without checks expands to the same link as `auth_link!`, so that the costs differ only by the checks.

use auth_link::AuthLink;

/// Expands a call of each macro with the same fields.
macro_rules! both {
    ($($call:tt)*) => { (::auth_link::auth_link!($($call)*), ::bare_macro::bare_link!($($call)*)) };
}

#[test]
fn both_macros_expand_to_the_same_link() {
    let (ours, bare): (AuthLink, AuthLink) = both!(
        client_id = "acme-0",
        redirect_uri = "https://app.example.com/callback/0",
        scope = [info, accounts, balance, transactions, offline_access],
        response_type = code,
        providers = [uk_ob_all, uk_oauth_all],
        response_mode = form_post,
        disable_providers = [ob_barclays],
        provider_id = ob_monzo,
        language_id = en,
        country_id = GB,
    );
    assert_eq!(ours, bare);
    assert_eq!(ours.as_str(), bare.as_str());
}
