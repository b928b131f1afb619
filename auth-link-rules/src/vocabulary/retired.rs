//! Parameters that must not be written in a link, and what to write instead.

/// Parameters of older links, each with its replacement.
pub(crate) const RETIRED: [(&str, &str); 7] = [
    ("nonce", "remove it; `state` and the code challenge, which `begin` adds, replace it"),
    ("enable_mock", "write `providers = [uk_cs_mock]`"),
    ("enable_oauth_providers", "write `providers = [uk_oauth_all]`"),
    ("enable_open_banking_providers", "write `providers = [uk_ob_all]`"),
    ("enable_credentials_sharing_providers", "write `providers = [uk_cs_mock]`, the last provider of this kind"),
    ("enable_credentials_sharing_providers_de", "write `providers = [de_ob_all]`"),
    ("enable_open_banking_providers_de", "write `providers = [de_ob_all]`"),
];

/// Parameters that each authorization creates for itself, each with its origin.
pub(crate) const ONE_TIME: [(&str, &str); 3] = [
    ("state", "remove it; `begin` creates a new one for each authorization"),
    (
        "code_challenge",
        "remove it; `begin` creates a new one for each authorization, `begin_with_challenge` takes your own",
    ),
    ("code_verifier", "remove it; it stays with the application until the code is exchanged"),
];

/// Parameters of a pasted link that are dropped: each authorization adds its own, or needs none.
pub const DROPPED_PARAMETERS: [&str; 3] = ["state", "nonce", "code_challenge"];
