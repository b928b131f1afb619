//! An application with many lints: the expansion triggers none, and warnings are silenced on the item.
#![deny(warnings, missing_docs, unused, nonstandard_style, let_underscore_drop)]
#![deny(unused_qualifications, unreachable_pub, missing_debug_implementations, missing_copy_implementations)]
#![deny(elided_lifetimes_in_paths, trivial_casts, unsafe_code, unused_results, variant_size_differences)]
#![forbid(unexpected_cfgs)]

use auth_link::{AuthLink, auth_link};

/// The link.
pub static LINK: AuthLink = auth_link!(
    client_id = "acme-7d2f1a",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    language_id = option_env!("AUTH_LINK_TEST_NOT_SET").unwrap_or("en"),
);

/// A link with warnings.
#[allow(deprecated)]
pub static WITH_WARNINGS: AuthLink = auth_link!(
    client_id = "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    redirect_uri = "https://app.example.com/callback",
    scope = [accounts],
    language_id = "zz",
    user_email = "jo@example.com",
);

#[test]
fn links_compile() {
    assert_ne!(LINK, WITH_WARNINGS);
}
