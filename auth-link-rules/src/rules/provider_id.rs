//! Rules of `provider_id`.

use super::provider_syntax::invalid_provider;
use crate::diagnostic::{Finding, Location};
use crate::view::{DraftView, ProviderRef};
use crate::vocabulary::parameter::Param;
use crate::vocabulary::provider::{
    by_country, country, covers, is_group, kind, kind_name, replacement, to_macro_syntax,
};
use crate::vocabulary::provider_list::{DEFAULT_PROVIDERS, GROUPS};

/// The name of the default `providers` in messages.
const BY_DEFAULT: &str = "the default `providers`, `uk-oauth-all uk-ob-all`";

/// The value can name a provider.
pub(crate) fn unknown_provider_id(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some((_, reference)) = view.chosen_provider() else {
        let Some(word) = view.single(Param::ProviderId) else { return };
        let (message, help) = match view.provider_refs(Param::ProviderId) {
            [] => ("empty `provider_id`", "write a value, or remove the field".to_owned()),
            [one] => ("unexpected space in `provider_id`", format!("write {}", replacement(word.quoted, &one.text))),
            _ => {
                let help = "write one id, and the others into `providers`";
                ("expected one provider for `provider_id`, found several", help.to_owned())
            }
        };
        findings.push(Finding::new(word.location, message, help));
        return;
    };
    if !is_group(&reference.text) {
        findings.extend(invalid_provider(Param::ProviderId, reference));
    }
}

/// The value is one provider's id.
pub(crate) fn group_as_provider_id(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some((word, ProviderRef { text: token, .. })) = view.chosen_provider() else { return };
    if is_group(token) {
        let message = format!("expected one provider for `provider_id`, found the group `{token}`");
        let help = "write an id such as `ob_monzo`, or remove it and let the user choose";
        findings.push(Finding::new(word.location, message, help));
    } else if let Some((_, rest)) = by_country(token) {
        let id = if rest == "cs-mock" { "mock" } else { rest };
        let message = format!("`provider_id` takes the id without its country, found `{token}`");
        findings.push(Finding::new(word.location, message, format!("write {}", replacement(word.quoted, id))));
    }
}

/// Returns the chosen id, if the rules above accept it.
fn valid_id<'v>(view: &'v DraftView<'_>) -> Option<(Location, &'v str)> {
    let (word, ProviderRef { text, is_valid, .. }) = view.chosen_provider()?;
    let is_id = *is_valid && !is_group(text) && by_country(text).is_none();
    is_id.then_some((word.location, text))
}

/// TrueLayer's page: "the intended provider must still be included in the providers parameter".
pub(crate) fn uncovered_provider_id(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some((location, id)) = valid_id(view) else { return };
    if !view.has_known_providers() {
        return;
    }
    let of = country(id);
    let listed = view.provider_refs(Param::Providers);
    let is_covered = |of: Option<&str>| {
        if listed.is_empty() {
            DEFAULT_PROVIDERS.iter().any(|entry| covers(entry, id, of))
        } else {
            listed.iter().any(|entry| covers(&entry.text, id, of))
        }
    };
    if is_covered(of) {
        return;
    }
    // In the syntax of the list.
    let in_quotes = !listed.is_empty() && listed.iter().all(|reference| reference.word.quoted);
    let syntax = |token: &str| if in_quotes { token.to_owned() } else { to_macro_syntax(token) };
    let one = syntax(if id == "mock" { "uk-cs-mock" } else { id });
    let mut every = None;
    if let (Some(country), Some(kind)) = (of, kind(id)) {
        let group = format!("{country}-{kind}-all");
        if GROUPS.contains(&group.as_str()) {
            every = Some((syntax(&group), format!("every {} {} provider", country.to_uppercase(), kind_name(kind))));
        }
    }
    let (list, help) = match (listed.is_empty(), every) {
        (false, Some((group, every))) => ("`providers`", format!("add `{group}` ({every}) or `{one}` to `providers`")),
        (false, None) => ("`providers`", format!("add `{one}` to `providers`")),
        (true, Some((group, every))) => {
            (BY_DEFAULT, format!("add `providers = [{group}]` ({every}) or `providers = [{one}]`"))
        }
        (true, None) => (BY_DEFAULT, format!("add `providers = [{one}]`")),
    };
    let message = format!("provider `{id}` is not covered by {list}");
    findings.push(Finding::new(location, message, help).by_dated_list(is_covered(None)));
}

/// The chosen provider is not hidden.
pub(crate) fn disabled_provider_id(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some((location, id)) = valid_id(view) else { return };
    let hidden = view.provider_refs(Param::DisableProviders);
    if hidden.iter().any(|reference| !is_group(&reference.text) && covers(&reference.text, id, None)) {
        let help = "remove it from one of the two fields";
        findings.push(Finding::new(location, format!("provider `{id}` is in `disable_providers`"), help));
    }
}
