//! Rules of `provider_id`.

use crate::catalogue::GROUPS;
use crate::link::{Link, Token, Word};
use crate::problem::Found;
use crate::provider::{by_country, country, covers, instead, is_group, kind, kind_name, written};
use crate::providers::{can_be_judged, fault};
use crate::{Param, Place};

/// What TrueLayer offers where `providers` is left out.
pub const DEFAULT_PROVIDERS: [&str; 2] = ["uk-oauth-all", "uk-ob-all"];

/// How messages name it.
const BY_DEFAULT: &str = "the default `providers`, `uk-oauth-all uk-ob-all`";

/// The id that is chosen: the field's one word, which stands for all of its value.
pub(crate) fn chosen<'l, 'd>(link: &'l Link<'d>) -> Option<(Word<'d>, &'l Token<'d>)> {
    let word = link.single(Param::ProviderId)?;
    match link.tokens(Param::ProviderId) {
        [token] if token.word.text.len() == word.text.len() => Some((word, token)),
        _ => None,
    }
}

/// What is chosen can be a provider.
pub(crate) fn provider_id_unknown(link: &Link<'_>) -> Vec<Found> {
    let found = match (link.single(Param::ProviderId), chosen(link)) {
        (Some(word), None) => {
            let (fault, help) = match link.tokens(Param::ProviderId) {
                [] => ("empty `provider_id`", "write a value, or remove the field".to_owned()),
                [one] => ("unexpected space in `provider_id`", format!("write {}", instead(&word, &one.text))),
                _ => {
                    let help = "write one id, and the others into `providers`";
                    ("expected one provider for `provider_id`, found several", help.to_owned())
                }
            };
            Some(Found::new(word.place, fault, help))
        }
        (_, Some((_, token))) if !is_group(&token.text) && !token.is_possible => fault(Param::ProviderId, token),
        _ => None,
    };
    found.into_iter().collect()
}

/// What is chosen is one provider, by its id.
pub(crate) fn provider_id_group(link: &Link<'_>) -> Vec<Found> {
    let Some((word, Token { text: token, .. })) = chosen(link) else {
        return Vec::new();
    };
    if is_group(token) {
        let fault = format!("expected one provider for `provider_id`, found the group `{token}`");
        return vec![Found::new(
            word.place,
            fault,
            "write an id such as `ob_monzo`, or remove it and let the user choose",
        )];
    }
    match by_country(token) {
        Some((_, rest)) => {
            let id = if rest == "cs-mock" { "mock" } else { rest };
            let fault = format!("`provider_id` takes the id without its country, found `{token}`");
            vec![Found::new(word.place, fault, format!("write {}", instead(&word, id)))]
        }
        None => Vec::new(),
    }
}

/// The id that is chosen, where no other rule has anything against it.
fn sound_choice<'l>(link: &'l Link<'_>) -> Option<(Place, &'l str)> {
    let (word, Token { text, is_possible, .. }) = chosen(link)?;
    let is_sound = *is_possible && !is_group(text) && by_country(text).is_none();
    is_sound.then_some((word.place, text))
}

/// TrueLayer's page: "the intended provider must still be included in the providers parameter".
pub(crate) fn provider_id_covered(link: &Link<'_>) -> Vec<Found> {
    let Some((place, id)) = sound_choice(link).filter(|_| can_be_judged(link)) else {
        return Vec::new();
    };
    let of = country(id);
    let listed = link.tokens(Param::Providers);
    let is_covered = |of: Option<&str>| {
        if listed.is_empty() {
            DEFAULT_PROVIDERS.iter().any(|entry| covers(entry, id, of))
        } else {
            listed.iter().any(|entry| covers(&entry.text, id, of))
        }
    };
    if is_covered(of.as_deref()) {
        return Vec::new();
    }
    // As the list itself is written.
    let in_quotes = !listed.is_empty() && listed.iter().all(|token| token.word.quoted);
    let spelled = |token: &str| if in_quotes { token.to_owned() } else { written(token) };
    let one = spelled(if id == "mock" { "uk-cs-mock" } else { id });
    let group = of.as_deref().zip(kind(id)).map(|(country, kind)| (country, kind, format!("{country}-{kind}-all")));
    let every = group.filter(|(.., group)| GROUPS.contains(&group.as_str())).map(|(country, kind, group)| {
        (spelled(&group), format!("every {} {} provider", country.to_uppercase(), kind_name(kind)))
    });
    let (fault, help) = match (listed.is_empty(), every) {
        (false, Some((group, every))) => ("`providers`", format!("add `{group}` ({every}) or `{one}` to `providers`")),
        (false, None) => ("`providers`", format!("add `{one}` to `providers`")),
        (true, Some((group, every))) => {
            (BY_DEFAULT, format!("add `providers = [{group}]` ({every}) or `providers = [{one}]`"))
        }
        (true, None) => (BY_DEFAULT, format!("add `providers = [{one}]`")),
    };
    let fault = format!("provider `{id}` is not covered by {fault}");
    vec![Found::new(place, fault, help).by_catalogue(is_covered(None))]
}

/// What is chosen is not hidden.
pub(crate) fn provider_id_disabled(link: &Link<'_>) -> Vec<Found> {
    let Some((place, id)) = sound_choice(link) else {
        return Vec::new();
    };
    let mut hidden = link.tokens(Param::DisableProviders).iter().filter(|token| !is_group(&token.text));
    if !hidden.any(|token| covers(&token.text, id, None)) {
        return Vec::new();
    }
    let help = "remove it from one of the two";
    vec![Found::new(place, format!("provider `{id}` is in `disable_providers`"), help)]
}
