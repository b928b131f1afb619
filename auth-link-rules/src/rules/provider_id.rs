//! Rules of `provider_id`.

use super::provider_syntax::invalid_provider;
use crate::diagnostic::{Finding, Location};
use crate::suggestion::Suggestion;
use crate::view::{DraftView, ProviderRef};
use crate::vocabulary::parameter::Param;
use crate::vocabulary::provider::{by_country, country, covers, is_group, kind, kind_name};
use crate::vocabulary::provider_list::{DEFAULT_PROVIDERS, GROUPS};

/// The name of the default `providers` in messages.
const BY_DEFAULT: &str = "the default providers, `uk-oauth-all uk-ob-all`";

/// The value can name a provider.
pub(crate) fn unknown_provider_id(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some((_, reference)) = view.chosen_provider() else {
        let Some(word) = view.single(Param::ProviderId) else { return };
        let finding = |message: &str| Finding::new(word.location, message);
        findings.push(match view.provider_refs(Param::ProviderId) {
            [] => finding("empty `provider_id`").advise("write a value, or remove the field"),
            [one] => finding("unexpected space in `provider_id`")
                .suggest(Suggestion::Replace(one.text.clone().into_owned()))
                .certainly(),
            _ => finding("expected one provider for `provider_id`, found several")
                .advise("write one id, and the others into `providers`"),
        });
        return;
    };
    if !reference.is_valid && !is_group(&reference.text) {
        findings.extend(invalid_provider(Param::ProviderId, reference));
    }
}

/// The value is one provider's id.
pub(crate) fn group_as_provider_id(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some((word, ProviderRef { text: token, .. })) = view.chosen_provider() else { return };
    if is_group(token) {
        let message = format!("expected one provider for `provider_id`, found the group `{token}`");
        findings.push(Finding::new(word.location, message).advise_for(
            "write an id such as `ob_monzo`, or remove it and let the user choose",
            "write an id such as `ob-monzo`, or remove it and let the user choose",
        ));
    } else if let Some((_, rest)) = by_country(token) {
        let id = if rest == "cs-mock" { "mock" } else { rest };
        let message = format!("`provider_id` takes the id without its country, found `{token}`");
        let finding = Finding::new(word.location, message);
        findings.push(finding.suggest(Suggestion::Replace(id.to_owned())).certainly());
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
    let list = if listed.is_empty() { BY_DEFAULT } else { "`providers`" };
    let mut finding = Finding::new(location, format!("provider `{id}` is not covered by {list}"));
    let add = |token: &str| {
        let token = token.to_owned();
        if listed.is_empty() {
            Suggestion::Set(Param::Providers, token)
        } else {
            Suggestion::Add(Param::Providers, token)
        }
    };
    if let (Some(country), Some(kind)) = (of, kind(id)) {
        let group = format!("{country}-{kind}-all");
        if GROUPS.contains(&group.as_str()) {
            let every = format!("every {} {} provider", country.to_uppercase(), kind_name(kind));
            finding = finding.suggest_with(add(&group), every);
        }
    }
    let one = add(if id == "mock" { "uk-cs-mock" } else { id });
    findings.push(finding.suggest(one).by_dated_list(is_covered(None)));
}

/// The chosen provider is not hidden.
pub(crate) fn disabled_provider_id(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some((location, id)) = valid_id(view) else { return };
    let hidden = view.provider_refs(Param::DisableProviders);
    if hidden.iter().any(|reference| !is_group(&reference.text) && covers(&reference.text, id, None)) {
        let finding = Finding::new(location, format!("provider `{id}` is in `disable_providers`"));
        findings.push(finding.advise("remove it from one of the two fields"));
    }
}
