//! The properties of a request that decide how its errors are shown, and how to recover from them.

/// The properties of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RequestTraits {
    /// It contains an access token. Without one, no refresh helps.
    pub(super) has_access_token: bool,
    /// It contains personal data. Its errors show the code of the server alone, which cannot repeat the data.
    pub(super) is_personal: bool,
    /// It requests a resource that not every account has: direct debits or standing orders.
    pub(super) is_optional_resource: bool,
}

/// The segments of a path that name a resource. Ids of accounts and cards follow them.
const PLAIN_SEGMENTS: usize = 3;

/// Returns the part of the path that contains no id, and the rest.
pub(super) fn split_path(path: &str) -> (&str, &str) {
    let end = path.match_indices('/').nth(PLAIN_SEGMENTS).map_or(path.len(), |(at, _)| at);
    path.split_at(end)
}

impl RequestTraits {
    /// Returns the properties that follow from the path.
    pub(super) fn of_path(path: &str) -> Self {
        let (_, rest) = split_path(path);
        Self {
            is_personal: !rest.is_empty(),
            is_optional_resource: ["/direct_debits", "/standing_orders"].iter().any(|name| rest.ends_with(name)),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ids_of_a_path_are_split_off() {
        for (path, plain, rest) in [
            ("/connect/token", "/connect/token", ""),
            ("/data/v1/accounts", "/data/v1/accounts", ""),
            ("/data/v1/accounts/a1/balance", "/data/v1/accounts", "/a1/balance"),
            ("/", "/", ""),
            ("", "", ""),
        ] {
            assert_eq!(split_path(path), (plain, rest));
            assert_eq!(RequestTraits::of_path(path).is_personal, !rest.is_empty());
        }
        assert!(RequestTraits::of_path("/data/v1/accounts/a1/direct_debits").is_optional_resource);
        assert!(!RequestTraits::of_path("/data/v1/accounts/a1/balance").is_optional_resource);
    }
}
