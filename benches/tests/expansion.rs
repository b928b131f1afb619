//! A macro that checks nothing makes the very link that ours makes, so that what differs in cost is the checks.

use auth_link::AuthLink;

macro_rules! both {
    ($($call:tt)*) => { (::auth_link::auth_link!($($call)*), ::bare_macro::bare_link!($($call)*)) };
}

#[test]
fn both_macros_make_the_same_link() {
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
