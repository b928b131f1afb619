//! The table of all rules: a name, a level and a function each.
//!
//! The functions are plain loops that add to one list. An application compiles them twice before its first link is checked,
//! and each chain of iterators would add code to compile.

mod allow;
mod catalogue;
mod client_id;
mod country;
mod environment;
pub(crate) mod field;
mod language;
mod pasted_link;
mod per_user;
mod provider_id;
mod provider_syntax;
mod providers;
#[cfg(feature = "url")]
mod redirect_uri;
#[cfg(feature = "reference")]
mod reference;
mod response;
mod scope;
mod separator;
mod size;

use crate::diagnostic::{Finding, LintLevel, Rule};
#[cfg(feature = "reference")]
use crate::reference::Reference;
use crate::view::{DraftView, Word};
use crate::vocabulary::parameter::Param;

/// Adds the findings of one rule.
pub(crate) type Check = fn(&DraftView<'_>, &mut Vec<Finding>);

/// Rules, and the check of each in the same order; a build without the checks has the rules' names all the same.
pub(crate) struct Table {
    pub(crate) rules: &'static [Rule],
    pub(crate) checks: &'static [Check],
}

impl Rule {
    /// Returns every rule.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        all().into_iter().flatten()
    }

    /// Returns every rule with its entry in the reference of rules.
    #[cfg(feature = "reference")]
    pub fn reference() -> impl Iterator<Item = (&'static Self, Reference)> {
        Self::all().zip(REFERENCE.into_iter().flatten().copied())
    }
}

/// Returns every rule.
pub(crate) fn all() -> [&'static [Rule]; 2] {
    [RULES.rules, REDIRECT_URI_RULES.rules]
}

/// Returns the rules, with or without those of `redirect_uri`.
pub(crate) fn tables(with_redirect_uri: bool) -> impl Iterator<Item = &'static Table> {
    [&RULES, &REDIRECT_URI_RULES].into_iter().take(if with_redirect_uri { 2 } else { 1 })
}

/// Returns whether no rule finds an error in some fields of a link, whatever its other fields are.
pub(crate) fn accept_fields(view: &DraftView<'_>, with_redirect_uri: bool) -> bool {
    let mut findings = Vec::new();
    for table in tables(with_redirect_uri) {
        for (rule, check) in table.rules.iter().zip(table.checks) {
            if rule.level == LintLevel::Forbid && rule.name != "missing_required_field" {
                check(view, &mut findings);
                if !findings.is_empty() {
                    return false;
                }
            }
        }
    }
    true
}

/// Returns whether no rule finds an error in a text as the value of `param`, in any link; `None` if its rules read other fields.
pub(crate) fn accepts_alone(param: Param, text: &str) -> Option<bool> {
    let is_valid = match param {
        Param::UserEmail => per_user::email_error(text).is_none(),
        Param::TrackingId => per_user::is_tracking_id(text),
        Param::LanguageId => !language::is_unknown(Word::quoted(text)),
        Param::CountryId => !country::is_unknown(Word::quoted(text)),
        _ => return None,
    };
    Some(is_valid && !text.is_empty())
}

/// Returns the fields that the rules of `param` read, if one of their findings is an error: itself among them.
pub(crate) fn related(param: Param) -> &'static [Param] {
    match param {
        Param::ProviderId => &[Param::Providers, Param::DisableProviders, Param::ProviderId],
        Param::RedirectUri => &[Param::RedirectUri, Param::ResponseMode],
        _ if ORIGIN.contains(&param) => &ORIGIN,
        _ => &[],
    }
}

/// The fields that decide on the origin of a link.
pub(crate) const ORIGIN: [Param; 3] = [Param::ClientId, Param::Environment, Param::AuthServer];

/// The rules of a table.
macro_rules! rules {
    ($($level:ident $breaker:ident: $($module:ident::$name:ident),*;)*) => {
        &[$($(Rule { name: stringify!($name), level: LintLevel::$level }),*),*]
    };
}

/// The checks of a table.
macro_rules! checks {
    ($($level:ident $breaker:ident: $($module:ident::$name:ident),*;)*) => {
        &[$($(check!($breaker $module::$name)),*),*]
    };
}

/// The check of one rule. Without the feature `url` every link is a valid one with new values, and needs the rules `by_value` alone:
/// the checks of all others are not compiled.
macro_rules! check {
    (by_value $module:ident::$name:ident) => {
        $module::$name
    };
    (by_link $module:ident::$name:ident) => {
        if cfg!(feature = "url") { $module::$name } else { no_check }
    };
}

/// Stands in the table for a check that is not compiled.
fn no_check(_: &DraftView<'_>, _: &mut Vec<Finding>) {}

/// Whether the rule with a name is one `by_link`.
#[cfg(all(test, feature = "url"))]
macro_rules! is_by_link {
    ($($level:ident $breaker:ident: $($module:ident::$name:ident),*;)*) => {
        |rule: &str| [$($((stringify!($name), stringify!($breaker))),*),*].contains(&(rule, "by_link"))
    };
}

/// The entries of a table in the reference of rules. A rule without an entry does not compile.
#[cfg(feature = "reference")]
macro_rules! references {
    ($($level:ident $breaker:ident: $($module:ident::$name:ident),*;)*) => {
        &[$($(reference::$module::$name),*),*]
    };
}

/// The rules that need no URL parser. A value of run time, the scopes of a request for providers among them, can break those
/// `by_value`, or they are warnings about a valid link; only a new link can break those `by_link`.
macro_rules! rules_without_url {
    ($list:ident) => {
        $list! {
            Forbid by_value: size::oversized_link;
            Forbid by_link: field::unknown_field, field::invalid_quoted_field, field::retired_field, field::client_secret_in_link,
                field::fixed_one_time_parameter, field::duplicate_field;
            Forbid by_value: field::missing_required_field, field::empty_field;
            Forbid by_link: field::list_for_single_value, field::unquoted_text, field::runtime_value_for_compile_time_field,
                field::compile_time_field_at_run_time, allow::unknown_allowed_rule;
            Forbid by_link: pasted_link::unexpected_link_address, pasted_link::unexpected_link_path,
                pasted_link::unexpected_link_fragment, pasted_link::malformed_link_encoding;
            Warn by_link: pasted_link::dropped_link_parameter, pasted_link::undocumented_link_parameter,
                pasted_link::duplicate_link_parameter;
            Forbid by_value: client_id::invalid_client_id;
            Warn by_value: client_id::client_id_looks_like_secret;
            Forbid by_value: scope::unknown_scope, scope::duplicate_scope;
            Deny by_value: scope::missing_required_scope;
            Warn by_value: scope::offline_access_alone, scope::accounts_scope_at_card_provider;
            Forbid by_link: response::unsupported_response_type, response::unsupported_response_mode;
            Forbid by_value: response::form_post_to_app_scheme;
            Forbid by_link: response::unsupported_code_challenge_method, response::invalid_pkce;
            Forbid by_value: providers::unknown_provider;
            Forbid by_link: providers::duplicate_provider;
            Warn by_value: providers::unlisted_provider, providers::misspelled_provider;
            Forbid by_value: provider_id::unknown_provider_id, provider_id::group_as_provider_id, provider_id::uncovered_provider_id,
                provider_id::disabled_provider_id;
            Forbid by_value: providers::unknown_disabled_provider;
            Forbid by_link: providers::group_in_disable_providers, providers::duplicate_disabled_provider,
                providers::all_providers_disabled;
            Deny by_link: catalogue::provider_not_in_catalogue, catalogue::scope_not_offered;
            Forbid by_value: language::unknown_language;
            Warn by_value: language::unlisted_language;
            Forbid by_value: country::unknown_country;
            Warn by_value: country::unlisted_country;
            Deny by_value: country::country_without_providers;
            Forbid by_value: per_user::invalid_user_email;
            Warn by_link: per_user::fixed_user_email;
            Forbid by_value: per_user::invalid_tracking_id;
            Warn by_link: per_user::fixed_tracking_id;
            Forbid by_value: environment::unknown_environment, environment::sandbox_client_id_in_live;
            Warn by_value: environment::live_client_id_in_sandbox;
            Deny by_value: environment::sandbox_without_mock_bank;
            Forbid by_value: environment::invalid_auth_server, environment::insecure_auth_server;
            Deny by_value: environment::insecure_private_auth_server;
        }
    };
}

/// The rules of `redirect_uri`.
macro_rules! redirect_uri_rules {
    ($list:ident) => {
        $list! {
            Forbid by_value: redirect_uri::invalid_redirect_uri_character, redirect_uri::relative_redirect_uri,
                redirect_uri::unsupported_redirect_uri_scheme, redirect_uri::invalid_redirect_uri,
                redirect_uri::insecure_redirect_uri;
            Deny by_value: redirect_uri::insecure_private_redirect_uri;
            Warn by_value: redirect_uri::undotted_app_scheme;
            Forbid by_value: redirect_uri::redirect_uri_fragment, redirect_uri::redirect_uri_user_info,
                redirect_uri::redirect_uri_wildcard, redirect_uri::reserved_redirect_uri_parameter;
            Deny by_value: redirect_uri::non_normalized_redirect_uri;
        }
    };
}

static RULES: Table = Table { rules: rules_without_url!(rules), checks: rules_without_url!(checks) };

/// Whether only a new link can break the rule with this name.
#[cfg(all(test, feature = "url"))]
pub(crate) static IS_BY_LINK: fn(&str) -> bool = rules_without_url!(is_by_link);

/// The reference of each rule, in the order of [`all`].
#[cfg(feature = "reference")]
static REFERENCE: [&[Reference]; 2] = [rules_without_url!(references), redirect_uri_rules!(references)];

/// Without a URL parser a redirect URI cannot be checked.
static REDIRECT_URI_RULES: Table = Table {
    rules: redirect_uri_rules!(rules),
    #[cfg(feature = "url")]
    checks: redirect_uri_rules!(checks),
    #[cfg(not(feature = "url"))]
    checks: &[],
};

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_rule_has_a_unique_name_and_a_check() {
        let mut names = HashSet::new();
        assert!(Rule::all().all(|rule| names.insert(rule.name)));
        assert!(Rule::all().all(|rule| format!("{rule:?}") == rule.name));
        for table in tables(cfg!(feature = "url")) {
            assert_eq!(table.rules.len(), table.checks.len());
        }
    }
}
