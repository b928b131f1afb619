//! Parameters that must not be written in a link, and what to write instead.

/// Parameters of older links, each with the `providers` that replace it; `None` if nothing does.
pub(crate) const RETIRED: [(&str, Option<&str>); 7] = [
    ("nonce", None),
    ("enable_mock", Some("uk-cs-mock")),
    ("enable_oauth_providers", Some("uk-oauth-all")),
    ("enable_open_banking_providers", Some("uk-ob-all")),
    ("enable_credentials_sharing_providers", Some("uk-cs-mock")),
    ("enable_credentials_sharing_providers_de", Some("de-ob-all")),
    ("enable_open_banking_providers_de", Some("de-ob-all")),
];

/// Returns the replacement of a retired parameter: the `providers` to write, or `None` if nothing replaces it.
pub(crate) fn retired(name: &str) -> Option<Option<&'static str>> {
    for (known, providers) in RETIRED {
        if known == name {
            return Some(providers);
        }
    }
    None
}

/// Parameters that each authorization creates for itself, each with its origin: in Rust, and elsewhere.
pub(crate) const ONE_TIME: [(&str, &str, &str); 3] = [
    ("state", "`begin` creates a new one for each authorization", "each authorization needs a new one"),
    (
        "code_challenge",
        "`begin` creates a new one for each authorization, `begin_with_challenge` takes your own",
        "each authorization needs a new one",
    ),
    (
        "code_verifier",
        "it stays with the application until the code is exchanged",
        "it stays with the application until the code is exchanged",
    ),
];

/// Returns the origin of a one-time parameter: in Rust, and elsewhere.
pub(crate) fn one_time(name: &str) -> Option<(&'static str, &'static str)> {
    for (known, rust, other) in ONE_TIME {
        if known == name {
            return Some((rust, other));
        }
    }
    None
}

/// Parameters of a pasted link that are dropped: each authorization adds its own, or needs none.
pub const DROPPED_PARAMETERS: [&str; 3] = ["state", "nonce", "code_challenge"];
