//! The table of all rules: a name, a level and a function each.
//!
//! The functions are plain loops that add to one list. An application compiles them twice before its first link is checked, and
//! each chain of iterators would be code of its own to compile.

use crate::link::Link;
use crate::problem::{Found, Level};
#[cfg(feature = "url")]
use crate::redirect_uri;
use crate::{
    client_id, country, environment, field, language, own_catalogue, pasted, person, provider_id, providers, response,
    scope,
};

/// A rule of a link.
///
/// Its name is what `allow = [name]` takes, where its [`Level`] lets it be allowed.
pub struct Rule {
    /// The rule's name, which is also that of its function.
    pub name: &'static str,
    /// How much it weighs.
    pub level: Level,
    /// Adds what it finds.
    pub(crate) check: fn(&Link<'_>, &mut Vec<Found>),
}

impl Rule {
    /// Every rule that this build holds.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        Self::with_redirect_uri(true)
    }

    /// The rules, those of `redirect_uri` among them or not.
    pub(crate) fn with_redirect_uri(included: bool) -> impl Iterator<Item = &'static Self> {
        RULES.iter().chain(if included { REDIRECT_URI_RULES } else { &[] })
    }
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

macro_rules! rules {
    ($($level:ident: $($module:ident::$name:ident),*;)*) => {
        &[$($(Rule { name: stringify!($name), level: Level::$level, check: $module::$name }),*),*]
    };
}

/// The rules that need no URL parser.
static RULES: &[Rule] = rules! {
    Error: field::field_unknown, field::field_name, field::field_retired, field::field_secret, field::field_per_sign_in,
        field::field_duplicate, field::field_missing, field::field_empty, field::field_single, field::field_text,
        field::field_later, field::field_compiled,
        field::allow_unknown;
    Error: pasted::link_address, pasted::link_path, pasted::link_fragment, pasted::link_encoding;
    Warning: pasted::link_dropped, pasted::link_undocumented, pasted::link_repeated;
    Error: client_id::client_id_characters;
    Warning: client_id::client_id_uuid;
    Error: scope::scope_unknown, scope::scope_repeated;
    Allowable: scope::scope_needs;
    Warning: scope::scope_offline_alone, scope::scope_cards_only;
    Error: response::response_type, response::response_mode, response::response_mode_scheme,
        response::code_challenge_method, response::pkce;
    Error: providers::providers_unknown, providers::providers_repeated;
    Warning: providers::providers_doubtful, providers::providers_misspelt;
    Error: provider_id::provider_id_unknown, provider_id::provider_id_group, provider_id::provider_id_covered,
        provider_id::provider_id_disabled;
    Error: providers::disable_providers_unknown, providers::disable_providers_group, providers::disable_providers_repeated,
        providers::disable_providers_all;
    Allowable: own_catalogue::catalogue_provider, own_catalogue::catalogue_scope;
    Error: language::language_id_unknown;
    Warning: language::language_id_other;
    Error: country::country_id_unknown;
    Warning: country::country_id_other;
    Allowable: country::country_providers;
    Error: person::user_email_address;
    Warning: person::user_email_fixed;
    Error: person::tracking_id_text;
    Warning: person::tracking_id_fixed;
    Error: environment::environment_unknown, environment::environment_client;
    Warning: environment::environment_other_client;
    Allowable: environment::sandbox_mock;
    Error: environment::auth_server_origin, environment::auth_server_https;
};

/// Without a URL parser a redirect URI cannot be judged.
#[cfg(not(feature = "url"))]
static REDIRECT_URI_RULES: &[Rule] = &[];

/// The rules of `redirect_uri`.
#[cfg(feature = "url")]
static REDIRECT_URI_RULES: &[Rule] = rules! {
    Error: redirect_uri::redirect_characters, redirect_uri::redirect_absolute, redirect_uri::redirect_scheme,
        redirect_uri::redirect_address, redirect_uri::redirect_https;
    Allowable: redirect_uri::redirect_private;
    Error: redirect_uri::redirect_fragment, redirect_uri::redirect_user_info, redirect_uri::redirect_wildcard,
        redirect_uri::redirect_query;
    Allowable: redirect_uri::redirect_form;
};

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_rule_has_a_name_of_its_own() {
        let mut names = HashSet::new();
        assert!(Rule::all().all(|rule| names.insert(rule.name)));
        assert!(Rule::all().all(|rule| format!("{rule:?}") == rule.name));
    }
}
