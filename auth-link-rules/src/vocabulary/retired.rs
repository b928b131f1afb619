//! Parameters that must not be written in a link, and what to write instead.

/// A parameter of older links.
#[derive(Clone, Copy)]
pub(crate) struct Retired {
    name: &'static str,
    /// The `providers` that replace it, if something does.
    pub(crate) providers: Option<&'static str>,
}

const RETIRED: [Retired; 7] = [
    Retired { name: "nonce", providers: None },
    Retired { name: "enable_mock", providers: Some("uk-cs-mock") },
    Retired { name: "enable_oauth_providers", providers: Some("uk-oauth-all") },
    Retired { name: "enable_open_banking_providers", providers: Some("uk-ob-all") },
    Retired { name: "enable_credentials_sharing_providers", providers: Some("uk-cs-mock") },
    Retired { name: "enable_credentials_sharing_providers_de", providers: Some("de-ob-all") },
    Retired { name: "enable_open_banking_providers_de", providers: Some("de-ob-all") },
];

/// Returns the retired parameter with this name.
pub(crate) fn retired(name: &str) -> Option<Retired> {
    RETIRED.into_iter().find(|retired| retired.name == name)
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
