//! Suggestions for unknown providers.

use crate::vocabulary::provider::{by_country, is_group, is_kind, is_word};
use crate::vocabulary::provider_list::{GROUPS, PAYMENTS_PROVIDERS, PROVIDERS, Provider};
use crate::vocabulary::similar::{is_one_step, nearest};

/// Returns the listed providers that are not replaced.
fn offered() -> impl Iterator<Item = &'static Provider> {
    PROVIDERS.iter().filter(|provider| provider.replaced_by.is_none())
}

/// Returns the most similar listed provider: an id for `provider_id`, else an id, a country-id or a group.
pub(crate) fn similar_provider(token: &str, only_ids: bool) -> Option<String> {
    let token = token.to_lowercase();
    let token = token.as_str();
    let in_country = by_country(token).filter(|_| !only_ids);
    if let Some((country, rest)) = in_country {
        // Another spelling of the country, or the country at both ends; never another country.
        for known in [format!("uk-{rest}"), format!("{token}-{country}")] {
            if is_word(&known) && (country == "gb" || !known.starts_with("uk-")) {
                return Some(known);
            }
        }
    }
    // Sorted by length, so that the shortest of equally similar candidates comes first.
    let mut candidates: Vec<String> = Vec::new();
    let mut add = |known: &str| {
        let is_elsewhere = |(country, _)| by_country(known).is_some_and(|(of, _)| of != country);
        if !in_country.is_some_and(is_elsewhere) {
            let shorter = candidates.partition_point(|other| other.len() <= known.len());
            candidates.insert(shorter, known.to_owned());
        }
    };
    for provider in offered() {
        if only_ids || provider.id != "mock" {
            add(provider.id);
        }
    }
    if !only_ids {
        for provider in offered() {
            add(&provider.country_id());
        }
        for group in GROUPS {
            add(group);
        }
    }
    let is_its_name = |id: &&String| {
        let before = id.strip_suffix(token);
        before.is_some_and(|before| before.is_empty() || before.strip_suffix('-').is_some_and(is_kind))
    };
    candidates.iter().find(is_its_name).or_else(|| nearest(token, &candidates)).cloned()
}

/// Returns the listed provider that `token` misspells: it has as many parts, and differs in one letter of one long part. Short
/// parts differ between real banks (`ob-ebs`, `ob-rbs`). Or the group whose `all` it misspells.
pub(crate) fn misspelled_provider(token: &str) -> Option<String> {
    const LONG: usize = 4;
    let is_misspelled = |id: &str, known: &str| {
        let (mut parts, mut of_known) = (id.split('-'), known.split('-'));
        let mut differences = 0;
        loop {
            match (parts.next(), of_known.next()) {
                (None, None) => break differences == 1,
                (Some(part), Some(known)) if part == known => {}
                (Some(part), Some(known)) if known.len() >= LONG && is_one_step(part, known) => differences += 1,
                _ => break false,
            }
        }
    };
    let (country, id) = by_country(token).map_or((None, token), |(country, id)| (Some(country), id));
    if is_group(token) || Provider::from_id(id).is_some() || PAYMENTS_PROVIDERS.binary_search(&id).is_ok() {
        return None;
    }
    // Letters of `all`, where a group ends with it.
    if let Some((kind, last)) = token.rsplit_once('-')
        && last.bytes().all(|letter| matches!(letter, b'a' | b'l'))
        && let Some(group) = GROUPS.iter().find(|group| group.strip_suffix("-all") == Some(kind))
    {
        return Some((*group).to_owned());
    }
    match country {
        None => offered().find(|provider| is_misspelled(id, provider.id)).map(|provider| provider.id.to_owned()),
        Some(country) => {
            let is_similar = |provider: &&Provider| provider.country == country && is_misspelled(id, provider.id);
            offered().find(is_similar).map(Provider::country_id)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::provider::split_glued;

    #[test]
    fn no_real_bank_is_a_misspelling() {
        for id in PAYMENTS_PROVIDERS.iter().copied().chain(PROVIDERS.iter().map(|provider| provider.id)) {
            assert_eq!(misspelled_provider(id), None, "{id}");
            assert_eq!(split_glued(id), None, "{id}");
            for country in ["uk", "ie", "de"] {
                assert_eq!(misspelled_provider(&format!("{country}-{id}")), None, "{country}-{id}");
            }
        }
    }

    #[test]
    fn the_most_similar_and_then_the_shortest_provider_is_suggested() {
        for (word, expected) in [
            ("barclays", Some("ob-barclays")),
            ("all", None),
            ("lays", None),
            ("ob-atsb", Some("ob-tsb")),
            ("ob-ptsbb", Some("ob-ptsb")),
        ] {
            assert_eq!(similar_provider(word, true).as_deref(), expected, "{word}");
        }
    }

    #[test]
    fn a_misspelled_id_names_its_provider() {
        for (misspelled, expected) in [
            ("ob-monzzo", Some("ob-monzo")),
            ("ob-mozo", Some("ob-monzo")),
            ("ob-mnozo", Some("ob-monzo")),
            ("uk-ob-monzzo", Some("uk-ob-monzo")),
            ("ob-first-dirext", Some("ob-first-direct")),
            ("ob-frst-dirext", None),
            ("uk-ob-al", Some("uk-ob-all")),
            ("uk-oauth-alll", Some("uk-oauth-all")),
            ("fr-stet-al", Some("fr-stet-all")),
            ("uk-ob-ally", None),
            ("uk-xb-al", None),
            ("ob-rbx", None),
            ("xb-monzo", None),
            ("ob-monzo-x", None),
        ] {
            assert_eq!(misspelled_provider(misspelled).as_deref(), expected, "{misspelled}");
        }
    }
}
