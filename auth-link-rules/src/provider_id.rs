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
pub(crate) fn provider_id_unknown(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some((_, token)) = chosen(link) else {
        let Some(word) = link.single(Param::ProviderId) else { return };
        let (fault, help) = match link.tokens(Param::ProviderId) {
            [] => ("empty `provider_id`", "write a value, or remove the field".to_owned()),
            [one] => ("unexpected space in `provider_id`", format!("write {}", instead(&word, &one.text))),
            _ => {
                let help = "write one id, and the others into `providers`";
                ("expected one provider for `provider_id`, found several", help.to_owned())
            }
        };
        found.push(Found::new(word.place, fault, help));
        return;
    };
    if !is_group(&token.text) && !token.is_possible {
        found.extend(fault(Param::ProviderId, token));
    }
}

/// What is chosen is one provider, by its id.
pub(crate) fn provider_id_group(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some((word, Token { text: token, .. })) = chosen(link) else { return };
    if is_group(token) {
        let fault = format!("expected one provider for `provider_id`, found the group `{token}`");
        let help = "write an id such as `ob_monzo`, or remove it and let the user choose";
        found.push(Found::new(word.place, fault, help));
    } else if let Some((_, rest)) = by_country(token) {
        let id = if rest == "cs-mock" { "mock" } else { rest };
        let fault = format!("`provider_id` takes the id without its country, found `{token}`");
        found.push(Found::new(word.place, fault, format!("write {}", instead(&word, id))));
    }
}

/// The id that is chosen, where no other rule has anything against it.
fn sound_choice<'l>(link: &'l Link<'_>) -> Option<(Place, &'l str)> {
    let (word, Token { text, is_possible, .. }) = chosen(link)?;
    let is_sound = *is_possible && !is_group(text) && by_country(text).is_none();
    is_sound.then_some((word.place, text))
}

/// TrueLayer's page: "the intended provider must still be included in the providers parameter".
pub(crate) fn provider_id_covered(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some((place, id)) = sound_choice(link) else { return };
    if !can_be_judged(link) {
        return;
    }
    let of = country(id);
    let listed = link.tokens(Param::Providers);
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
    // As the list itself is written.
    let in_quotes = !listed.is_empty() && listed.iter().all(|token| token.word.quoted);
    let spelled = |token: &str| if in_quotes { token.to_owned() } else { written(token) };
    let one = spelled(if id == "mock" { "uk-cs-mock" } else { id });
    let mut every = None;
    if let (Some(country), Some(kind)) = (of, kind(id)) {
        let group = format!("{country}-{kind}-all");
        if GROUPS.contains(&group.as_str()) {
            every = Some((spelled(&group), format!("every {} {} provider", country.to_uppercase(), kind_name(kind))));
        }
    }
    let (fault, help) = match (listed.is_empty(), every) {
        (false, Some((group, every))) => ("`providers`", format!("add `{group}` ({every}) or `{one}` to `providers`")),
        (false, None) => ("`providers`", format!("add `{one}` to `providers`")),
        (true, Some((group, every))) => {
            (BY_DEFAULT, format!("add `providers = [{group}]` ({every}) or `providers = [{one}]`"))
        }
        (true, None) => (BY_DEFAULT, format!("add `providers = [{one}]`")),
    };
    let fault = format!("provider `{id}` is not covered by {fault}");
    found.push(Found::new(place, fault, help).by_catalogue(is_covered(None)));
}

/// What is chosen is not hidden.
pub(crate) fn provider_id_disabled(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some((place, id)) = sound_choice(link) else { return };
    let hidden = link.tokens(Param::DisableProviders);
    if hidden.iter().any(|token| !is_group(&token.text) && covers(&token.text, id, None)) {
        let help = "remove it from one of the two";
        found.push(Found::new(place, format!("provider `{id}` is in `disable_providers`"), help));
    }
}
