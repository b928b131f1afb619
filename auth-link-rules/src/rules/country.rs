//! Rules of `country_id`.

use crate::diagnostic::Finding;
use crate::suggestion::Suggestion;
use crate::view::{DraftView, Word};
use crate::vocabulary::country::is_country;
use crate::vocabulary::parameter::Param;
use crate::vocabulary::provider;

/// TrueLayer's page: "Must be `alpha_2` country code" (ISO 3166-1).
pub(crate) fn unknown_country(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    findings.extend(view.single(Param::CountryId).filter(|word| is_unknown(*word)).map(unknown));
}

/// Returns whether the word is no country and looks like none.
pub(super) fn is_unknown(word: Word<'_>) -> bool {
    word.is_unlisted(is_country, false)
}

/// TrueLayer may accept other codes too.
pub(crate) fn unlisted_country(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    findings.extend(view.single(Param::CountryId).filter(|word| word.is_unlisted(is_country, true)).map(unknown));
}

fn unknown(word: Word<'_>) -> Finding {
    let finding = Finding::new(word.location, format!("unknown country `{}`", word.text));
    let upper = word.text.to_uppercase();
    match upper.as_str() {
        "UK" | "GBR" => finding.suggest(country("GB")).because("the code of ISO 3166-1").certainly(),
        code if is_country(code) => finding.suggest(country(code)).because("codes are uppercase").certainly(),
        _ => finding.advise("write a code of ISO 3166-1 alpha-2, such as `GB`, `IE` or `FR`"),
    }
}

fn country(code: &str) -> Suggestion {
    Suggestion::Set(Param::CountryId, code.to_owned())
}

/// A country without a listed provider gives the user an empty list.
pub(crate) fn country_without_providers(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some(word) = view.single(Param::CountryId) else { return };
    let is_known = word.text == "UK" || is_country(&word.text.to_uppercase());
    if !is_known || view.may_be_misspelled(Param::ProviderId) {
        return;
    }
    let lower = word.text.to_lowercase();
    let canonical = if lower == "gb" { "uk" } else { lower.as_str() };
    let suggest = |finding: Finding, of: &str| {
        let code = if of == "uk" { "GB".to_owned() } else { of.to_uppercase() };
        finding.suggest(country(&code)).suggest(Suggestion::Remove)
    };
    if let Some(id) = view.single(Param::ProviderId) {
        let id = id.canonical(Param::ProviderId);
        if let Some(of) = provider::country(&id) {
            if of != canonical {
                let message = format!("country `{}` is not the country of provider `{id}`", word.text);
                findings.push(suggest(Finding::new(word.location, message), of));
            }
            return;
        }
    }
    let listed = view.listed_countries().unwrap_or_default();
    if let Some(first) = listed.first()
        && !listed.contains(&canonical)
    {
        let list = if view.has(Param::Providers) {
            "`providers`".to_owned()
        } else {
            "the default providers, `uk-oauth-all uk-ob-all`".to_owned()
        };
        let message = format!("country `{}` has no provider in {list}", word.text);
        findings.push(suggest(Finding::new(word.location, message), first));
    }
}
