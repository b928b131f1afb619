//! Rules of `country_id`.

use crate::diagnostic::Finding;
use crate::view::{DraftView, Word};
use crate::vocabulary::country::is_country;
use crate::vocabulary::parameter::Param;
use crate::vocabulary::provider;

/// TrueLayer's page: "Must be `alpha_2` country code" (ISO 3166-1).
pub(crate) fn unknown_country(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    findings.extend(view.unlisted(Param::CountryId, is_country, false).map(unknown));
}

/// TrueLayer may accept other codes too.
pub(crate) fn unlisted_country(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    findings.extend(view.unlisted(Param::CountryId, is_country, true).map(unknown));
}

fn unknown(word: Word<'_>) -> Finding {
    let upper = word.text.to_uppercase();
    let help = match upper.as_str() {
        "UK" | "GBR" => "write `country_id = GB`, the code of ISO 3166-1".to_owned(),
        code if is_country(code) => format!("write `country_id = {code}`, in uppercase"),
        _ => "write a code of ISO 3166-1 alpha-2, such as `GB`, `IE` or `FR`".to_owned(),
    };
    Finding::new(word.location, format!("unknown country `{}`", word.text), help)
}

/// A country without a listed provider gives the user an empty list.
pub(crate) fn country_without_providers(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let Some(country) = view.single(Param::CountryId) else { return };
    let is_known = country.text == "UK" || is_country(&country.text.to_uppercase());
    if !is_known || view.may_be_misspelled(Param::ProviderId) {
        return;
    }
    let lower = country.text.to_lowercase();
    let canonical = if lower == "gb" { "uk" } else { lower.as_str() };
    let help = |of: &str| match of {
        "uk" => "write `country_id = GB`, or leave it out".to_owned(),
        of => format!("write `country_id = {}`, or leave it out", of.to_uppercase()),
    };
    if let Some(word) = view.single(Param::ProviderId) {
        let id = word.canonical(Param::ProviderId);
        if let Some(of) = provider::country(&id) {
            if of != canonical {
                let message = format!("country `{}` is not the country of provider `{id}`", country.text);
                findings.push(Finding::new(country.location, message, help(of)));
            }
            return;
        }
    }
    let listed = view.listed_countries().unwrap_or_default();
    if let Some(first) = listed.first()
        && !listed.contains(&canonical)
    {
        let message = format!("country `{}` has no provider in `providers`", country.text);
        findings.push(Finding::new(country.location, message, help(first)));
    }
}
