//! The syntax of provider ids, and the ids that an entry of `providers` covers.
//!
//! A provider has an *id* (`ob-monzo`: its kind, then its name). `providers` takes ids, *country-ids* (`uk-ob-monzo`) and
//! *groups* (`uk-ob-all`). Macro syntax writes them as bare words, with `_` for `-`.

use std::borrow::Cow;

use crate::vocabulary::provider_list::{GROUPS, Provider};
use crate::vocabulary::similar::LONGEST;
use crate::vocabulary::table::lookup;

/// The kinds of providers: the first part of an id, and its name.
const KINDS: [(&str, &str); 6] = [
    ("ob", "open-banking"),
    ("oauth", "OAuth"),
    ("cs", "credentials-sharing"),
    ("xs2a", "XS2A"),
    ("stet", "STET"),
    ("polishapi", "PolishAPI"),
];

/// The countries that ids end in or groups begin with.
const COUNTRIES: [&str; 22] = [
    "at", "au", "be", "ch", "de", "dk", "ee", "es", "fi", "fr", "ie", "is", "it", "lt", "lv", "nl", "no", "pl", "pt",
    "ro", "se", "uk",
];

/// Returns the id as a link's text contains it: a bare word has `_` for `-`.
pub(crate) fn canonical(text: &str, quoted: bool) -> Cow<'_, str> {
    if quoted || !text.as_bytes().contains(&b'_') {
        return text.into();
    }
    let mut id = text.to_owned().into_bytes();
    let bytes = id.as_mut_slice();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'_' {
            bytes[at] = b'-';
        }
        at += 1;
    }
    String::from_utf8(id).unwrap_or_default().into()
}

/// Returns the kind of an id.
pub(crate) fn kind(id: &str) -> Option<&'static str> {
    // The kinds of the table, as patterns: every link with providers asks for them, and the macro is not optimized.
    match id.as_bytes() {
        [b'o', b'b', b'-', ..] => Some("ob"),
        [b'o', b'a', b'u', b't', b'h', b'-', ..] => Some("oauth"),
        [b'c', b's', b'-', ..] => Some("cs"),
        [b'x', b's', b'2', b'a', b'-', ..] => Some("xs2a"),
        [b's', b't', b'e', b't', b'-', ..] => Some("stet"),
        [b'p', b'o', b'l', b'i', b's', b'h', b'a', b'p', b'i', b'-', ..] => Some("polishapi"),
        _ => None,
    }
}

/// Splits a country-id or a group into its country and the rest.
pub(crate) fn by_country(token: &str) -> Option<(&str, &str)> {
    match token.as_bytes() {
        [b'a'..=b'z', b'a'..=b'z', b'-', ..] if kind(&token[3..]).is_some() => Some((&token[..2], &token[3..])),
        _ => None,
    }
}

/// Returns whether `word` is the first part of provider ids.
pub(crate) fn is_kind(word: &str) -> bool {
    lookup(&KINDS, word).is_some()
}

/// Returns the name of a kind.
pub(crate) fn kind_name(kind: &str) -> &str {
    lookup(&KINDS, kind).unwrap_or(kind)
}

/// Returns whether ids of providers use the country code `word`.
pub(crate) fn is_country(word: &str) -> bool {
    COUNTRIES.contains(&word)
}

/// Returns whether an entry of `providers` is a group.
pub(crate) fn is_group(token: &str) -> bool {
    token.ends_with("-all")
}

/// Returns the country of the provider `id`, if the id is known or ends in a country.
pub(crate) fn country(id: &str) -> Option<&'static str> {
    if let Some(provider) = Provider::from_id(id) {
        return Some(provider.country);
    }
    let (_, ending) = id.rsplit_once('-').unwrap_or(("", id));
    COUNTRIES.iter().find(|country| **country == ending).copied()
}

/// Returns whether an entry of `providers` lets the user choose Mock Bank.
pub(crate) fn covers_mock(token: &str) -> bool {
    matches!(token, "uk-cs-mock" | "uk-cs-all" | "mock")
}

/// Returns whether an entry of `providers` covers the provider `id` of `country`.
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
        // A group of an unknown form may contain any provider.
        None => is_group(entry),
    }
}

/// Returns the ids that an entry of `providers` other than a group [covers](covers).
pub(crate) fn covered_ids(entry: &str) -> [Option<Cow<'_, str>>; 4] {
    let (rest, with_country) = match by_country(entry) {
        Some((country, rest)) => (Some(rest.into()), Some(format!("{rest}-{country}").into())),
        None => (None, None),
    };
    let mock = covers_mock(entry).then(|| "mock".into());
    [Some(entry.into()), rest, with_country, mock]
}

/// The meaning of an id, country-id or group in the dated list.
#[derive(Clone, Copy)]
pub(crate) enum Known {
    Group,
    Provider(&'static Provider),
}

/// Returns the meaning of an id, country-id or group, if the dated list contains it.
pub(crate) fn known(token: &str) -> Option<Known> {
    let id = match by_country(token) {
        Some(_) if GROUPS.binary_search(&token).is_ok() => return Some(Known::Group),
        Some(("uk", "cs-mock")) => "mock",
        Some((country, id)) => {
            return Provider::from_id(id).filter(|provider| provider.country == country).map(Known::Provider);
        }
        None => token,
    };
    Provider::from_id(id).map(Known::Provider)
}

/// Returns whether the dated list contains the id, country-id or group.
pub(crate) fn is_word(token: &str) -> bool {
    known(token).is_some()
}

/// Splits two ids that have no space between them.
pub(crate) fn split_glued(token: &str) -> Option<(&str, &str)> {
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

/// The reason why a text cannot name a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SyntaxError<'t> {
    /// The id of Mock Bank without its country, which `providers` needs.
    MockWithoutCountry,
    /// Longer than any id.
    TooLong,
    /// A group without its country, such as `ob-all`.
    GroupWithoutCountry,
    /// Two ids without a space between them.
    Glued(&'t str, &'t str),
    /// A bare word that the dated list does not contain.
    UnknownWord,
    /// A character that no id has.
    Character,
}

/// Checks whether a text can name a provider or a group. A bare word must be in the dated list; `in_providers` is for the
/// field `providers`, which takes Mock Bank by its country-id only.
///
/// # Errors
///
/// Returns an error if it cannot.
pub(crate) fn check_syntax(
    token: &str,
    quoted: bool,
    is_known: bool,
    in_providers: bool,
) -> Result<(), SyntaxError<'_>> {
    if in_providers && token == "mock" {
        return Err(SyntaxError::MockWithoutCountry);
    }
    if !quoted && is_known {
        return Ok(());
    }
    if token.len() > LONGEST {
        return Err(SyntaxError::TooLong);
    }
    if token.split_once('-').is_some_and(|(kind, rest)| rest == "all" && is_kind(kind)) {
        return Err(SyntaxError::GroupWithoutCountry);
    }
    if let Some((first, second)) = split_glued(token) {
        return Err(SyntaxError::Glued(first, second));
    }
    if !quoted {
        return Err(SyntaxError::UnknownWord);
    }
    if has_id_characters(token) { Ok(()) } else { Err(SyntaxError::Character) }
}

/// Returns whether all parts of `token` between hyphens are lowercase letters and digits.
pub(crate) fn has_id_characters(token: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    token.split('-').all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_begins_with_its_kind() {
        for (name, _) in KINDS {
            assert_eq!(kind(&format!("{name}-a")), Some(name));
            for id in [name.to_owned(), format!("{name}a-b"), format!("a{name}-b")] {
                assert_eq!(kind(&id), None, "{id}");
            }
        }
        assert_eq!(kind("new-bank"), None);
    }

    #[test]
    fn a_word_has_underscores_for_hyphens() {
        for (word, id) in [("uk_ob_all", "uk-ob-all"), ("_a__", "-a--"), ("mock", "mock"), ("é_a", "é-a"), ("", "")] {
            assert_eq!(canonical(word, false), id);
            assert_eq!(canonical(word, true), word);
        }
    }

    #[test]
    fn a_country_has_two_lowercase_letters() {
        assert_eq!(by_country("uk-ob-monzo"), Some(("uk", "ob-monzo")));
        for token in ["gbr-ob-monzo", "UK-ob-monzo", "u1-ob-monzo", "uk-monzo"] {
            assert_eq!(by_country(token), None, "{token}");
        }
    }

    #[test]
    fn a_group_may_be_glued_to_an_unknown_id() {
        assert_eq!(split_glued("uk-ob-alluk-ob-new"), Some(("uk-ob-all", "uk-ob-new")));
        assert_eq!(split_glued("uk-ob-allob-new"), Some(("uk-ob-all", "ob-new")));
        assert_eq!(split_glued("uk-ob-allnew"), None);
    }

    fn is_covered(entry: &str, id: &str) -> bool {
        covers(entry, id, country(id))
    }

    #[test]
    fn the_covered_ids_are_those_that_an_entry_covers() {
        for entry in ["ob-monzo", "uk-ob-monzo", "ie-ob-revolut", "uk-cs-mock", "mock", "nameless", "ie-ob-revolut-ie"]
        {
            for id in covered_ids(entry).into_iter().flatten() {
                assert!(covers(entry, &id, None), "{entry} covers {id}");
            }
            for provider in crate::vocabulary::provider_list::PROVIDERS {
                let is_covered = covered_ids(entry).into_iter().flatten().any(|id| id == provider.id);
                assert_eq!(covers(entry, provider.id, None), is_covered, "{entry} {}", provider.id);
            }
        }
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
