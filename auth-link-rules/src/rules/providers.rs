//! Rules of `providers` and `disable_providers`.

use super::provider_syntax::invalid_provider;
use super::separator::{ReportedTexts, unexpected_separators};
use crate::diagnostic::{Finding, Location, MAX_FINDINGS};
use crate::suggestion::Suggestion;
use crate::text::{Distinct, join};
use crate::view::{DraftView, ProviderRef};
use crate::vocabulary::parameter::Param;
use crate::vocabulary::provider::{Known, by_country, covered_ids, is_group};
use crate::vocabulary::provider_list::{GROUPS, LEGACY, Provider, RARE_GROUPS};
use crate::vocabulary::similar_provider::{self, similar_provider};

/// Every entry of `providers` can name a provider or a group.
pub(crate) fn unknown_provider(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    unexpected_separators(view, Param::Providers, findings);
    let reported = ReportedTexts::new(view);
    for reference in view.provider_refs(Param::Providers) {
        if findings.len() > MAX_FINDINGS {
            break;
        }
        if !reference.is_valid && !reported.contain(reference.word.location) {
            findings.extend(invalid_provider(Param::Providers, reference));
        }
    }
}

/// A provider is listed once.
pub(crate) fn duplicate_provider(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    duplicates(view, Param::Providers, findings);
}

fn duplicates(view: &DraftView<'_>, param: Param, findings: &mut Vec<Finding>) {
    if view.is_pasted(param) {
        return;
    }
    let mut seen = Distinct::default();
    for ProviderRef { word, text, .. } in view.provider_refs(param) {
        if findings.len() <= MAX_FINDINGS && !seen.insert(text.as_ref()) {
            let finding = Finding::new(word.location, format!("duplicate provider `{text}`"));
            findings.push(finding.suggest(Suggestion::Remove).certainly());
        }
    }
}

/// TrueLayer is known to have the provider or group, and to offer it still.
pub(crate) fn unlisted_provider(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    for (param, reference) in view.valid_providers() {
        if findings.len() > MAX_FINDINGS {
            break;
        }
        if let Some(finding) = unlisted(param, reference) {
            findings.push(finding);
        }
    }
}

fn unlisted(param: Param, ProviderRef { word, text, known, .. }: &ProviderRef<'_>) -> Option<Finding> {
    if matches!(known, Some(Known::Group | Known::Provider(Provider { replaced_by: None, .. }))) {
        return None;
    }
    let token: &str = text;
    let id = by_country(token).map_or(token, |(_, rest)| rest);
    if let Some(Provider { replaced_by: Some(by), country, .. }) = Provider::from_id(id) {
        let by = if id == token { (*by).to_owned() } else { format!("{country}-{by}") };
        let finding = Finding::new(word.location, format!("provider `{token}` is replaced by `{by}`"));
        return Some(finding.suggest(Suggestion::Replace(by)).certainly());
    }
    if let Some(rest) = token.strip_prefix("gb-").filter(|_| param != Param::ProviderId) {
        let message = format!("TrueLayer's ids use `uk`, not `gb`, found `{token}`");
        let finding = Finding::new(word.location, message);
        return Some(finding.suggest(Suggestion::Replace(format!("uk-{rest}"))).certainly());
    }
    if is_group(token) && param != Param::ProviderId && !RARE_GROUPS.contains(&token) {
        let message = format!("TrueLayer is not known to have the group `{token}`");
        let finding = Finding::new(word.location, message);
        if token == "uk-cs-all" {
            let finding = finding.suggest(Suggestion::Replace("uk-cs-mock".to_owned()));
            return Some(finding.because("Mock Bank is its only remaining provider"));
        }
        let country = token.split('-').next().unwrap_or_default();
        let mut groups = Vec::new();
        for group in GROUPS {
            if by_country(group).is_some_and(|(of, _)| of == country) {
                groups.push(*group);
            }
        }
        return Some(match groups[..] {
            [] => finding.advise("list the providers individually"),
            [group] => finding.suggest(Suggestion::Similar("group", group.to_owned())),
            _ => finding.advise(format!("the groups of this country are `{}`", join(&groups, "`, `"))),
        });
    }
    let is_nameless = !token.contains('-') && token != "mock";
    if is_nameless || LEGACY.contains(&token) || id.ends_with("-open-banking") {
        let finding = Finding::new(word.location, format!("TrueLayer is not known to have the provider `{token}`"));
        return Some(match similar_provider(token, param == Param::ProviderId) {
            Some(id) => finding.suggest(Suggestion::Similar("provider", id)),
            None => finding.advise("ids look like `ob-monzo`"),
        });
    }
    None
}

/// An id that differs from a listed one in one letter is probably misspelled.
pub(crate) fn misspelled_provider(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    for (_, ProviderRef { word, text, known, .. }) in view.valid_providers() {
        if known.is_none()
            && findings.len() <= MAX_FINDINGS
            && let Some(similar) = similar_provider::misspelled_provider(text)
        {
            let message = format!("TrueLayer is not known to have the provider `{text}`");
            let finding = Finding::new(word.location, message);
            findings.push(finding.suggest(Suggestion::Similar("provider", similar)));
        }
    }
}

/// Every entry of `disable_providers` can name a provider.
pub(crate) fn unknown_disabled_provider(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    unexpected_separators(view, Param::DisableProviders, findings);
    let reported = ReportedTexts::new(view);
    for reference in view.provider_refs(Param::DisableProviders) {
        if !reference.is_valid
            && findings.len() <= MAX_FINDINGS
            && !is_group(&reference.text)
            && !reported.contain(reference.word.location)
        {
            findings.extend(invalid_provider(Param::DisableProviders, reference));
        }
    }
}

/// TrueLayer's page: a "list of provider ids", so no groups.
pub(crate) fn group_in_disable_providers(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    for ProviderRef { word, text, .. } in view.provider_refs(Param::DisableProviders) {
        if is_group(text) {
            let message = format!("unexpected group `{text}` in `disable_providers`");
            findings.push(Finding::new(word.location, message).advise_for(
                "write the ids to hide, such as `ob_monzo`, or leave the group out of `providers`",
                "write the ids to hide, such as `ob-monzo`, or leave the group out of `providers`",
            ));
        }
    }
}

/// A provider is hidden once.
pub(crate) fn duplicate_disabled_provider(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    duplicates(view, Param::DisableProviders, findings);
}

/// The user has a provider to choose.
pub(crate) fn all_providers_disabled(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let (listed, hidden) = (view.provider_refs(Param::Providers), view.provider_refs(Param::DisableProviders));
    let Some(index) = view.index(Param::DisableProviders) else { return };
    let mut ids = Distinct::default();
    for id in hidden {
        ids.insert(id.text.as_ref());
    }
    let is_hidden =
        |entry: &ProviderRef<'_>| covered_ids(&entry.text).into_iter().flatten().any(|id| ids.contains(&id));
    let all = listed.iter().all(|entry| !is_group(&entry.text) && is_hidden(entry));
    if all && !listed.is_empty() && view.has_known_providers() {
        let help = "remove one of them, or add another to `providers`";
        let message = "every one of the `providers` is in `disable_providers`";
        findings.push(Finding::new(Location::Value(index), message).advise(help));
    }
}
