//! Rules of `providers`, `provider_id` and `disable_providers`.
//!
//! A provider has an *id* (`ob-monzo`: how it is reached, then its name). `providers` takes ids too, but mostly *country-ids*
//! (`uk-ob-monzo`) and *groups* (`uk-ob-all`). As bare words they are written with `_` for `-`.

use std::borrow::Cow;

use crate::catalogue::{GROUPS, LEGACY, RARE_GROUPS};
use crate::distance::nearest;
use crate::link::{Link, Word};
use crate::problem::Found;
use crate::{PROVIDERS, Param, Place, Provider};

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

/// What TrueLayer offers where `providers` is left out.
const DEFAULT: [&str; 2] = ["uk-oauth-all", "uk-ob-all"];

/// The word as the link's text holds it.
pub(crate) fn spelled<'d>(param: Param, word: &Word<'d>) -> Cow<'d, str> {
    match param {
        Param::Providers | Param::ProviderId | Param::DisableProviders if !word.quoted => {
            word.text.replace('_', "-").into()
        }
        _ => word.text.into(),
    }
}

/// The words of `param`, as the link's text holds them.
fn tokens<'d>(link: &Link<'d>, param: Param) -> Vec<(Word<'d>, Cow<'d, str>)> {
    link.words(param)
        .into_iter()
        .map(|word| (word, spelled(param, &word)))
        .collect()
}

fn chosen<'d>(link: &Link<'d>) -> Option<(Word<'d>, Cow<'d, str>)> {
    link.single(Param::ProviderId)
        .map(|word| (word, spelled(Param::ProviderId, &word)))
}

/// The kind of an id.
fn kind(id: &str) -> Option<&'static str> {
    let first = id.split_once('-')?.0;
    KINDS.iter().map(|&(kind, _)| kind).find(|&kind| kind == first)
}

/// A country-id or group, parted into country and the rest.
fn by_country(token: &str) -> Option<(&str, &str)> {
    let (country, rest) = token.split_once('-')?;
    let is_country = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_lowercase());
    (is_country && kind(rest).is_some()).then_some((country, rest))
}

fn is_group(token: &str) -> bool {
    token.ends_with("-all")
}

/// The country of the provider `id`, where it is known or the id ends in it.
pub(crate) fn country(id: &str) -> Option<String> {
    let ending = || {
        COUNTRIES
            .into_iter()
            .find(|country| id.rsplit('-').next() == Some(*country))
    };
    Provider::named(id)
        .map(|provider| provider.country)
        .or_else(ending)
        .map(str::to_owned)
}

/// The countries that the listed providers name; `None` where one of them names none.
pub(crate) fn listed_countries(link: &Link<'_>) -> Option<Vec<String>> {
    if !can_be_judged(link) {
        return None;
    }
    if !link.has(Param::Providers) {
        return Some(vec!["uk".to_owned()]);
    }
    let country_of = |token: &str| match by_country(token) {
        Some((country, _)) => COUNTRIES.contains(&country).then(|| country.to_owned()),
        None => country(token),
    };
    tokens(link, Param::Providers)
        .iter()
        .map(|(_, token)| country_of(token))
        .collect()
}

/// Whether `providers` could be read, so that what it leaves out is really left out.
pub(crate) fn can_be_judged(link: &Link<'_>) -> bool {
    let words = tokens(link, Param::Providers);
    link.is_whole(Param::Providers)
        && words.is_empty() != link.has(Param::Providers)
        && words
            .iter()
            .all(|(word, token)| fault(Param::Providers, word, token).is_none())
}

/// Whether an entry of `providers` lets the user choose Mock Bank.
pub(crate) fn covers_mock(token: &str) -> bool {
    matches!(token, "uk-cs-mock" | "uk-cs-all" | "mock")
}

/// Whether an entry of `providers` covers the provider `id`, which is in `country`.
fn covers(entry: &str, id: &str, country: Option<&str>) -> bool {
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

/// Whether the word stands for something in the catalogue.
fn is_word(token: &str) -> bool {
    let has_country_id =
        |(country, rest): (&str, &str)| Provider::named(rest).is_some_and(|provider| provider.country == country);
    Provider::named(token).is_some()
        || token == "uk-cs-mock"
        || GROUPS.binary_search(&token).is_ok()
        || by_country(token).is_some_and(has_country_id)
}

/// The token as it is written in place of `word`.
fn instead(word: &Word<'_>, token: &str) -> String {
    if word.quoted {
        format!("`{token}`")
    } else {
        written(token)
    }
}

/// The token as it is written in a macro call.
fn written(token: &str) -> String {
    if is_word(token) {
        format!("`{}`", token.replace('-', "_"))
    } else {
        format!("`\"{token}\"`")
    }
}

/// What the user may have meant by a token that is not known.
fn meant(param: Param, token: &str) -> Option<String> {
    let offered = PROVIDERS.iter().filter(|provider| provider.replaced_by.is_none());
    let ids = offered.clone().map(|provider| provider.id.to_owned());
    let mut candidates: Vec<String> = ids.collect();
    if param != Param::ProviderId {
        candidates.retain(|id| id != "mock");
        candidates.extend(offered.map(Provider::country_id));
        candidates.extend(GROUPS.iter().map(|&group| group.to_owned()));
    }
    candidates.sort_by_key(String::len);
    let by_name = candidates.iter().find(|id| {
        id.strip_suffix(token)
            .is_some_and(|rest| kind(rest) == Some(&rest[..rest.len() - 1]))
    });
    by_name
        .cloned()
        .or_else(|| nearest(token, candidates.iter().map(String::as_str)).map(str::to_owned))
}

/// Why the word cannot be a provider, and what to write instead.
fn fault(param: Param, word: &Word<'_>, token: &str) -> Option<Found> {
    let found = |fault: String, help: String| Some(Found::new(word.place, fault, help));
    let unknown = || format!("unknown provider `{}`", word.text);
    let did_you_mean = || meant(param, token).map(|id| format!("did you mean {}?", instead(word, &id)));
    if param == Param::Providers && token == "mock" {
        return found(
            "unexpected provider `mock`: `providers` lists it by its country".to_owned(),
            "write `uk_cs_mock`".to_owned(),
        );
    }
    if token
        .split_once('-')
        .is_some_and(|(kind, rest)| rest == "all" && KINDS.iter().any(|(known, _)| *known == kind))
    {
        let group = format!("uk-{token}");
        return found(
            format!("group `{token}` without a country"),
            format!("write {}, or that of another country", written(&group)),
        );
    }
    if !word.quoted {
        let quotes = || format!("an id that is not in this crate's list goes in quotes: `\"{token}\"`");
        return if is_word(token) {
            None
        } else {
            found(unknown(), did_you_mean().unwrap_or_else(quotes))
        };
    }
    if let Some((first, second)) = glued(token) {
        return found(
            format!("two providers in one, `{token}`"),
            format!("part them: `{first} {second}`"),
        );
    }
    let is_segment =
        |segment: &str| !segment.is_empty() && segment.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if token.split('-').all(is_segment) {
        return None;
    }
    let mended = token.to_lowercase().replace('_', "-");
    if token.contains([',', ';']) {
        return found(
            unknown(),
            format!("separate providers by spaces: `{}`", token.replace([',', ';'], " ")),
        );
    }
    if mended.split('-').all(is_segment) {
        return found(
            unknown(),
            format!("write `\"{mended}\"`: ids are of small letters, digits and hyphens"),
        );
    }
    found(
        unknown(),
        did_you_mean().unwrap_or_else(|| "ids are of small letters, digits and hyphens, such as `ob-monzo`".to_owned()),
    )
}

/// Two tokens that lost the space between them.
fn glued(token: &str) -> Option<(&str, &str)> {
    let starts = |rest: &str| by_country(rest).is_some() || kind(rest).is_some();
    token
        .match_indices("-all")
        .map(|(at, all)| token.split_at(at + all.len()))
        .find(|&(first, second)| by_country(first).is_some() && starts(second))
}

/// The faults of a list's words.
fn unknown(link: &Link<'_>, param: Param) -> Vec<Found> {
    tokens(link, param)
        .iter()
        .filter_map(|(word, token)| fault(param, word, token))
        .collect()
}

/// The words of a list that it holds already.
fn repeated(link: &Link<'_>, param: Param) -> Vec<Found> {
    let tokens = tokens(link, param);
    let repeated = tokens
        .iter()
        .enumerate()
        .filter(|(index, (_, token))| tokens[..*index].iter().any(|(_, seen)| seen == token));
    repeated
        .map(|(_, (word, token))| Found::new(word.place, format!("duplicate provider `{token}`"), "remove it"))
        .collect()
}

/// What is listed can be a provider or a group.
pub(crate) fn providers_unknown(link: &Link<'_>) -> Vec<Found> {
    unknown(link, Param::Providers)
}

/// A provider is listed once.
pub(crate) fn providers_repeated(link: &Link<'_>) -> Vec<Found> {
    repeated(link, Param::Providers)
}

/// What TrueLayer is not known to have, or no longer has.
pub(crate) fn providers_doubtful(link: &Link<'_>) -> Vec<Found> {
    let listed = [Param::Providers, Param::DisableProviders].map(|param| (param, tokens(link, param)));
    let all = listed
        .into_iter()
        .chain([(Param::ProviderId, chosen(link).into_iter().collect())]);
    all.flat_map(|(param, tokens)| {
        tokens
            .into_iter()
            .filter_map(move |(word, token)| doubt(param, &word, &token))
    })
    .collect()
}

fn doubt(param: Param, word: &Word<'_>, token: &str) -> Option<Found> {
    if fault(param, word, token).is_some() {
        return None;
    }
    let id = by_country(token).map_or(token, |(_, rest)| rest);
    if let Some(Provider {
        replaced_by: Some(by),
        country,
        ..
    }) = Provider::named(id)
    {
        let by = if id == token {
            (*by).to_owned()
        } else {
            format!("{country}-{by}")
        };
        return Some(Found::new(
            word.place,
            format!("provider `{token}` is replaced by `{by}`"),
            format!("write {}", instead(word, &by)),
        ));
    }
    let is_known = GROUPS.contains(&token) || RARE_GROUPS.contains(&token);
    if is_group(token) && param != Param::ProviderId && !is_known {
        let fault = format!("TrueLayer is not known to have the group `{token}`");
        let country = token.split('-').next().unwrap_or_default();
        let groups: Vec<_> = GROUPS
            .iter()
            .filter(|group| by_country(group).is_some_and(|(of, _)| of == country))
            .map(|group| written(group))
            .collect();
        let help = match (token, groups.is_empty()) {
            ("uk-cs-all", _) => "write `uk_cs_mock`: only Mock Bank is left of it".to_owned(),
            (_, true) => "list the providers one by one".to_owned(),
            _ => format!("of this country there are {}", groups.join(", ")),
        };
        return Some(Found::new(word.place, fault, help));
    }
    let is_nameless = !token.contains('-') && token != "mock";
    if is_nameless || LEGACY.contains(&token) || id.ends_with("-open-banking") {
        let help = meant(param, token).map_or_else(
            || "ids read like `ob-monzo`".to_owned(),
            |id| format!("did you mean {}?", instead(word, &id)),
        );
        return Some(Found::new(
            word.place,
            format!("TrueLayer is not known to have the provider `{token}`"),
            help,
        ));
    }
    None
}

/// What is chosen can be a provider.
pub(crate) fn provider_id_unknown(link: &Link<'_>) -> Vec<Found> {
    match chosen(link) {
        Some((word, token)) if token.contains(' ') => {
            let help = "write one id, and the others into `providers`";
            vec![Found::new(
                word.place,
                "expected one provider for `provider_id`, found several",
                help,
            )]
        }
        Some((word, token)) if !is_group(&token) => fault(Param::ProviderId, &word, &token).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// What is chosen is one provider, by its id.
pub(crate) fn provider_id_group(link: &Link<'_>) -> Vec<Found> {
    let Some((word, token)) = chosen(link).filter(|(_, token)| !token.contains(' ')) else {
        return Vec::new();
    };
    if is_group(&token) {
        let fault = format!("expected one provider for `provider_id`, found the group `{token}`");
        return vec![Found::new(
            word.place,
            fault,
            "write an id such as `ob_monzo`, or remove it and let the user choose",
        )];
    }
    match by_country(&token) {
        Some((_, rest)) => {
            let id = if rest == "cs-mock" { "mock" } else { rest };
            let fault = format!("`provider_id` takes the id without its country, found `{token}`");
            vec![Found::new(word.place, fault, format!("write {}", instead(&word, id)))]
        }
        None => Vec::new(),
    }
}

/// The id that is chosen, where no other rule has anything against it.
fn sound_choice<'d>(link: &Link<'d>) -> Option<(Word<'d>, Cow<'d, str>)> {
    chosen(link).filter(|(word, token)| {
        !token.contains(' ')
            && !is_group(token)
            && by_country(token).is_none()
            && fault(Param::ProviderId, word, token).is_none()
    })
}

/// TrueLayer's page: "the intended provider must still be included in the providers parameter".
pub(crate) fn provider_id_covered(link: &Link<'_>) -> Vec<Found> {
    let Some((word, id)) = sound_choice(link).filter(|_| can_be_judged(link)) else {
        return Vec::new();
    };
    let of = country(&id);
    let listed = tokens(link, Param::Providers);
    let is_covered = |of: Option<&str>| {
        if listed.is_empty() {
            DEFAULT.iter().any(|entry| covers(entry, &id, of))
        } else {
            listed.iter().any(|(_, entry)| covers(entry, &id, of))
        }
    };
    if is_covered(of.as_deref()) {
        return Vec::new();
    }
    let one = if id == "mock" {
        "`uk_cs_mock`".to_owned()
    } else {
        written(&id)
    };
    let group = of
        .as_deref()
        .zip(kind(&id))
        .map(|(country, kind)| (country, kind, format!("{country}-{kind}-all")));
    let what = match group.filter(|(.., group)| GROUPS.contains(&group.as_str())) {
        Some((country, kind, group)) => {
            let name = KINDS
                .iter()
                .find(|(known, _)| *known == kind)
                .map_or(kind, |(_, name)| name);
            format!(
                "{} (every {} {name} provider) or {one}",
                written(&group),
                country.to_uppercase()
            )
        }
        None => one,
    };
    let (fault, help) = if listed.is_empty() {
        (
            format!(
                "provider `{id}` is not covered by the default `providers`, `{}`",
                DEFAULT.join(" ")
            ),
            format!("list it: {what} in `providers = […]`"),
        )
    } else {
        (
            format!("provider `{id}` is not covered by `providers`"),
            format!("add {what} to `providers`"),
        )
    };
    vec![Found::new(word.place, fault, help).by_catalogue(is_covered(None))]
}

/// What is chosen is not hidden.
pub(crate) fn provider_id_disabled(link: &Link<'_>) -> Vec<Found> {
    let Some((word, id)) = sound_choice(link) else {
        return Vec::new();
    };
    let hidden = tokens(link, Param::DisableProviders)
        .iter()
        .any(|(_, token)| !is_group(token) && covers(token, &id, None));
    if !hidden {
        return Vec::new();
    }
    let help = "remove it from one of the two";
    vec![Found::new(
        word.place,
        format!("provider `{id}` is in `disable_providers`"),
        help,
    )]
}

/// What is hidden can be a provider.
pub(crate) fn disable_providers_unknown(link: &Link<'_>) -> Vec<Found> {
    let tokens = tokens(link, Param::DisableProviders);
    let single = tokens.iter().filter(|(_, token)| !is_group(token));
    single
        .filter_map(|(word, token)| fault(Param::DisableProviders, word, token))
        .collect()
}

/// TrueLayer's page: a "list of provider ids", so no groups.
pub(crate) fn disable_providers_group(link: &Link<'_>) -> Vec<Found> {
    let groups = tokens(link, Param::DisableProviders)
        .into_iter()
        .filter(|(_, token)| is_group(token));
    let help = "write the ids to hide, such as `ob_monzo`, or leave the group out of `providers`";
    groups
        .map(|(word, token)| {
            Found::new(
                word.place,
                format!("unexpected group `{token}` in `disable_providers`"),
                help,
            )
        })
        .collect()
}

/// A provider is hidden once.
pub(crate) fn disable_providers_repeated(link: &Link<'_>) -> Vec<Found> {
    repeated(link, Param::DisableProviders)
}

/// Something is left to choose.
pub(crate) fn disable_providers_all(link: &Link<'_>) -> Vec<Found> {
    let (listed, hidden) = (tokens(link, Param::Providers), tokens(link, Param::DisableProviders));
    let is_hidden = |entry: &str| hidden.iter().any(|(_, id)| entry == id || covers(entry, id, None));
    let all = listed.iter().all(|(_, entry)| !is_group(entry) && is_hidden(entry));
    match link.index(Param::DisableProviders) {
        Some(index) if all && !listed.is_empty() && can_be_judged(link) => {
            let help = "leave one of them, or add another to `providers`";
            vec![Found::new(
                Place::Value(index),
                "every one of the `providers` is in `disable_providers`",
                help,
            )]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_covered(entry: &str, id: &str) -> bool {
        covers(entry, id, country(id).as_deref())
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
