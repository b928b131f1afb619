//! What providers are called, and what an entry of `providers` covers.
//!
//! A provider has an *id* (`ob-monzo`: how it is reached, then its name). `providers` takes ids too, but mostly *country-ids*
//! (`uk-ob-monzo`) and *groups* (`uk-ob-all`). As bare words they are written with `_` for `-`.

use std::borrow::Cow;

use crate::catalogue::GROUPS;
use crate::link::Word;
use crate::table::answer;
use crate::{Param, Provider};

/// How a provider is reached: the first part of its id, and what it is called.
const KINDS: [(&str, &str); 6] = [
    ("ob", "open-banking"),
    ("oauth", "OAuth"),
    ("cs", "credentials-sharing"),
    ("xs2a", "XS2A"),
    ("stet", "STET"),
    ("polishapi", "PolishAPI"),
];

/// Countries that ids end in, or groups begin with.
const COUNTRIES: [&str; 22] = [
    "at", "au", "be", "ch", "de", "dk", "ee", "es", "fi", "fr", "ie", "is", "it", "lt", "lv", "nl", "no", "pl", "pt",
    "ro", "se", "uk",
];

/// The word as the link's text holds it.
pub(crate) fn spelled<'d>(param: Param, word: &Word<'d>) -> Cow<'d, str> {
    if !word.quoted && param.is_of_providers() { word.text.replace('_', "-").into() } else { word.text.into() }
}

/// The kind of an id.
pub(crate) fn kind(id: &str) -> Option<&'static str> {
    let (first, _) = id.split_once('-')?;
    KINDS.iter().find(|(kind, _)| *kind == first).map(|(kind, _)| *kind)
}

/// A country-id or group, parted into country and the rest.
pub(crate) fn by_country(token: &str) -> Option<(&str, &str)> {
    let (country, rest) = token.split_once('-')?;
    let is_country = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_lowercase());
    (is_country && kind(rest).is_some()).then_some((country, rest))
}

pub(crate) fn is_kind(word: &str) -> bool {
    answer(&KINDS, word).is_some()
}

/// What a kind is called.
pub(crate) fn kind_name(kind: &str) -> &str {
    answer(&KINDS, kind).unwrap_or(kind)
}

pub(crate) fn is_country(word: &str) -> bool {
    COUNTRIES.contains(&word)
}

pub(crate) fn is_group(token: &str) -> bool {
    token.ends_with("-all")
}

/// The country of the provider `id`, where it is known or the id ends in it.
pub(crate) fn country(id: &str) -> Option<&'static str> {
    if let Some(provider) = Provider::named(id) {
        return Some(provider.country);
    }
    let (_, ending) = id.rsplit_once('-').unwrap_or(("", id));
    COUNTRIES.iter().find(|country| **country == ending).copied()
}

/// Whether an entry of `providers` lets the user choose Mock Bank.
pub(crate) fn covers_mock(token: &str) -> bool {
    matches!(token, "uk-cs-mock" | "uk-cs-all" | "mock")
}

/// Whether an entry of `providers` covers the provider `id`, which is in `country`.
pub(crate) fn covers(entry: &str, id: &str, country: Option<&str>) -> bool {
    if entry == id || (id == "mock" && covers_mock(entry)) {
        return true;
    }
    match by_country(entry) {
        Some((listed, group)) if is_group(group) => {
            kind(id).is_none_or(|of| kind(group) == Some(of))
                && id != "mock"
                && country.is_none_or(|of| of == listed || !COUNTRIES.contains(&listed))
        }
        Some((listed, rest)) => rest == id || id.strip_suffix(listed).and_then(|id| id.strip_suffix('-')) == Some(rest),
        // A group of a form that is not known may hold anything.
        None => is_group(entry),
    }
}

/// What a token stands for in the catalogue.
#[derive(Clone, Copy)]
pub(crate) enum Known {
    Group,
    Provider(&'static Provider),
}

/// What the token stands for, if it is in the catalogue.
pub(crate) fn known(token: &str) -> Option<Known> {
    let id = match by_country(token) {
        Some(_) if GROUPS.binary_search(&token).is_ok() => return Some(Known::Group),
        Some(("uk", "cs-mock")) => "mock",
        Some((country, id)) => {
            return Provider::named(id).filter(|provider| provider.country == country).map(Known::Provider);
        }
        None => token,
    };
    Provider::named(id).map(Known::Provider)
}

/// Whether the token stands for something in the catalogue.
pub(crate) fn is_word(token: &str) -> bool {
    known(token).is_some()
}

/// The token as it is written in place of `word`.
pub(crate) fn instead(word: &Word<'_>, token: &str) -> String {
    if word.quoted { format!("`{token}`") } else { format!("`{}`", written(token)) }
}

/// The token as it is written in a macro call.
pub(crate) fn written(token: &str) -> String {
    if is_word(token) { token.replace('-', "_") } else { format!("\"{token}\"") }
}

/// Two tokens that lost the space between them.
pub(crate) fn glued(token: &str) -> Option<(&str, &str)> {
    let starts = |rest: &str| by_country(rest).is_some() || kind(rest).is_some();
    let mut by_group = None;
    for at in 1..token.len() {
        let Some((first, second)) = token.split_at_checked(at) else { continue };
        if is_word(first) && is_word(second) {
            return Some((first, second));
        }
        if by_group.is_none() && is_group(first) && by_country(first).is_some() && starts(second) {
            by_group = Some((first, second));
        }
    }
    by_group
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_has_two_small_letters() {
        assert_eq!(by_country("uk-ob-monzo"), Some(("uk", "ob-monzo")));
        for token in ["gbr-ob-monzo", "UK-ob-monzo", "u1-ob-monzo", "uk-monzo"] {
            assert_eq!(by_country(token), None, "{token}");
        }
    }

    #[test]
    fn what_follows_a_group_may_be_of_any_name() {
        assert_eq!(glued("uk-ob-alluk-ob-new"), Some(("uk-ob-all", "uk-ob-new")));
        assert_eq!(glued("uk-ob-allob-new"), Some(("uk-ob-all", "ob-new")));
        assert_eq!(glued("uk-ob-allnew"), None);
    }

    fn is_covered(entry: &str, id: &str) -> bool {
        covers(entry, id, country(id))
    }

    #[test]
    fn a_provider_is_covered_by_itself_its_country_id_and_its_groups() {
        for (entry, id) in [
            ("ob-monzo", "ob-monzo"),
            ("uk-ob-monzo", "ob-monzo"),
            ("uk-ob-all", "ob-monzo"),
            ("uk-oauth-all", "oauth-starling"),
            ("uk-cs-mock", "mock"),
            ("ie-ob-revolut", "ob-revolut-ie"),
            ("ie-ob-revolut-ie", "ob-revolut-ie"),
            ("ie-ob-all", "ob-revolut-ie"),
            ("uk-ob-all", "ob-new-bank"),
            ("eu-ob-all", "ob-revolut-de"),
            ("au-ob-all", "st-george-aus"),
            ("xy-new-all", "ob-new-bank"),
        ] {
            assert!(is_covered(entry, id), "{entry} covers {id}");
        }
        for (entry, id) in [
            ("uk-oauth-all", "ob-monzo"),
            ("de-ob-all", "ob-monzo"),
            ("uk-ob-all", "ob-revolut-ie"),
            ("uk-ob-all", "mock"),
            ("uk-ob-monzo", "ob-monzo-business"),
            ("ob-monzo", "ob-monzo-business"),
            ("ie-ob-revolut", "ob-revolut-fr"),
            ("uk-ob-all", "xs2a-new-bank"),
            ("es-xs2a-all", "xs2a-new-bank-de"),
        ] {
            assert!(!is_covered(entry, id), "{entry} does not cover {id}");
        }
    }
}
