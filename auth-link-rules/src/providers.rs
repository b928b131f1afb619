//! Rules of `providers` and `disable_providers`.

use crate::catalogue::{GROUPS, LEGACY, OF_PAYMENTS, RARE_GROUPS};
use crate::distance::{LONGEST, distance, nearest};
use crate::link::{Link, Token, Word};
use crate::pasted::hides_fields;
use crate::problem::Found;
use crate::provider::{
    Known, by_country, country, covers, glued, instead, is_country, is_group, is_kind, is_word, kind, written,
};
use crate::{PROVIDERS, Param, Place, Provider};

/// The countries that the listed providers name; `None` where one of them names none.
pub(crate) fn listed_countries(link: &Link<'_>) -> Option<Vec<String>> {
    if !can_be_judged(link) {
        return None;
    }
    if !link.has(Param::Providers) {
        return Some(vec!["uk".to_owned()]);
    }
    let country_of = |token: &str| match by_country(token) {
        Some((country, _)) => is_country(country).then(|| country.to_owned()),
        None => country(token),
    };
    link.tokens(Param::Providers).iter().map(|token| country_of(&token.text)).collect()
}

/// Whether `providers` could be read, so that what it leaves out is really left out.
pub(crate) fn can_be_judged(link: &Link<'_>) -> bool {
    let tokens = link.tokens(Param::Providers);
    !hides_fields(link)
        && !link.is_lost(Param::Providers)
        && link.is_whole(Param::Providers)
        && tokens.is_empty() != link.has(Param::Providers)
        && tokens.iter().all(|token| token.is_possible)
}

/// What the user may have meant by a token that is not known.
fn meant(param: Param, token: &str) -> Option<String> {
    let token = token.to_lowercase();
    let token = token.as_str();
    let offered = PROVIDERS.iter().filter(|provider| provider.replaced_by.is_none());
    let ids = offered.clone().map(|provider| provider.id.to_owned());
    let mut candidates: Vec<String> = ids.collect();
    if param != Param::ProviderId {
        candidates.retain(|id| id != "mock");
        candidates.extend(offered.map(Provider::country_id));
        candidates.extend(GROUPS.iter().map(|&group| group.to_owned()));
    }
    if let Some((country, rest)) = by_country(token).filter(|_| param != Param::ProviderId) {
        // Another spelling of the country, or the country at both ends; never another country.
        let spelled = [format!("uk-{rest}"), format!("{token}-{country}")];
        let fits = |known: &&String| country == "gb" || !known.starts_with("uk-");
        if let Some(known) = spelled.iter().filter(fits).find(|known| is_word(known)) {
            return Some(known.clone());
        }
        candidates.retain(|known| by_country(known).is_none_or(|(of, _)| of == country));
    }
    candidates.sort_by_key(String::len);
    let by_name = candidates
        .iter()
        .find(|id| id.strip_suffix(token).is_some_and(|rest| rest.is_empty() || kind(rest) == rest.strip_suffix('-')));
    by_name.cloned().or_else(|| nearest(token, candidates.iter().map(String::as_str)).map(str::to_owned))
}

/// Why the word cannot be a provider, and what to write instead.
pub(crate) fn fault(param: Param, Token { word, text: token, known, .. }: &Token<'_>) -> Option<Found> {
    let found = |fault: String, help: String| Some(Found::new(word.place, fault, help));
    let token: &str = token;
    if param == Param::Providers && token == "mock" {
        let fault = "unexpected provider `mock`: `providers` lists it by its country";
        return found(fault.to_owned(), format!("write {}", instead(word, "uk-cs-mock")));
    }
    if !word.quoted && known.is_some() {
        return None;
    }
    let unknown = || format!("unknown provider `{}`", word.text);
    let did_you_mean = || meant(param, token).map(|id| format!("did you mean {}?", instead(word, &id)));
    if token.len() > LONGEST {
        let fault = format!("expected a provider's id of at most {LONGEST} characters, found {}", token.len());
        return found(fault, "ids read like `ob-monzo`".to_owned());
    }
    if token.split_once('-').is_some_and(|(kind, rest)| rest == "all" && is_kind(kind)) {
        let help = format!("write {}, or that of another country", instead(word, &format!("uk-{token}")));
        return found(format!("group `{token}` without a country"), help);
    }
    if let Some((first, second)) = glued(token) {
        let help = format!("separate them: {} and {}", instead(word, first), instead(word, second));
        return found(format!("two providers in one, `{}`", word.text), help);
    }
    if !word.quoted {
        let in_quotes = token.to_lowercase();
        let could_be =
            in_quotes.contains('-') && Token::new(param, Word { text: &in_quotes, quoted: true, ..*word }).is_possible;
        let help = match did_you_mean() {
            Some(help) => help,
            None if could_be => format!("an id that is not in this crate's list goes in quotes: `\"{in_quotes}\"`"),
            None if param == Param::ProviderId => {
                format!(
                    "ids read like `ob_monzo`; what is known only at run time is `provider_id = {{ {} }}`",
                    word.text
                )
            }
            None => "ids read like `ob_monzo`, groups like `uk_ob_all`".to_owned(),
        };
        return found(unknown(), help);
    }
    let is_segment =
        |segment: &str| !segment.is_empty() && segment.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if token.split('-').all(is_segment) {
        return None;
    }
    let mended = token.to_lowercase().replace('_', "-");
    if token.contains([',', ';']) {
        return found(unknown(), format!("separate providers by spaces: `{}`", token.replace([',', ';'], " ").trim()));
    }
    if mended.split('-').all(is_segment) {
        return found(unknown(), format!("write `{mended}`: ids are of small letters, digits and hyphens"));
    }
    found(
        unknown(),
        did_you_mean().unwrap_or_else(|| "ids are of small letters, digits and hyphens, such as `ob-monzo`".to_owned()),
    )
}

/// Each provider of the link that can be one, whichever field names it.
pub(crate) fn possible<'l, 'd>(link: &'l Link<'d>) -> impl Iterator<Item = (Param, &'l Token<'d>)> {
    let fields = [Param::Providers, Param::DisableProviders, Param::ProviderId].into_iter();
    let tokens = fields.flat_map(|param| link.tokens(param).iter().map(move |token| (param, token)));
    tokens.filter(|(_, token)| token.is_possible)
}

/// The words of a list that it holds already.
fn repeated(link: &Link<'_>, param: Param) -> Vec<Found> {
    if link.is_pasted(param) {
        return Vec::new();
    }
    let tokens = link.tokens(param);
    let repeated =
        tokens.iter().enumerate().filter(|(index, token)| tokens[..*index].iter().any(|seen| seen.text == token.text));
    repeated
        .map(|(_, Token { word, text, .. })| {
            Found::new(word.place, format!("duplicate provider `{text}`"), "remove it")
        })
        .collect()
}

/// What is listed can be a provider or a group.
pub(crate) fn providers_unknown(link: &Link<'_>) -> Vec<Found> {
    let impossible = link.tokens(Param::Providers).iter().filter(|token| !token.is_possible);
    impossible.filter_map(|token| fault(Param::Providers, token)).collect()
}

/// A provider is listed once.
pub(crate) fn providers_repeated(link: &Link<'_>) -> Vec<Found> {
    repeated(link, Param::Providers)
}

/// What TrueLayer is not known to have, or no longer has.
pub(crate) fn providers_doubtful(link: &Link<'_>) -> Vec<Found> {
    possible(link).filter_map(|(param, token)| doubt(param, token)).collect()
}

fn doubt(param: Param, Token { word, text, known, .. }: &Token<'_>) -> Option<Found> {
    if matches!(known, Some(Known::Group | Known::Provider(Provider { replaced_by: None, .. }))) {
        return None;
    }
    let token: &str = text;
    let id = by_country(token).map_or(token, |(_, rest)| rest);
    if let Some(Provider { replaced_by: Some(by), country, .. }) = Provider::named(id) {
        let by = if id == token { (*by).to_owned() } else { format!("{country}-{by}") };
        return Some(Found::new(
            word.place,
            format!("provider `{token}` is replaced by `{by}`"),
            format!("write {}", instead(word, &by)),
        ));
    }
    if let Some(rest) = token.strip_prefix("gb-").filter(|_| param != Param::ProviderId) {
        let fault = format!("TrueLayer's ids say `uk`, not `gb`, found `{token}`");
        return Some(Found::new(word.place, fault, format!("write {}", instead(word, &format!("uk-{rest}")))));
    }
    if is_group(token) && param != Param::ProviderId && !RARE_GROUPS.contains(&token) {
        let fault = format!("TrueLayer is not known to have the group `{token}`");
        let country = token.split('-').next().unwrap_or_default();
        let groups: Vec<_> = GROUPS
            .iter()
            .filter(|group| by_country(group).is_some_and(|(of, _)| of == country))
            .map(|group| format!("`{}`", written(group)))
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
        return Some(Found::new(word.place, format!("TrueLayer is not known to have the provider `{token}`"), help));
    }
    None
}

/// A text one letter away from what is known is mostly a slip.
pub(crate) fn providers_misspelt(link: &Link<'_>) -> Vec<Found> {
    possible(link)
        .filter(|(_, token)| token.known.is_none())
        .filter_map(|(_, Token { word, text, .. })| {
            let fault = format!("TrueLayer is not known to have the provider `{text}`");
            Some(Found::new(word.place, fault, format!("did you mean `{}`?", misspelt(text)?)))
        })
        .collect()
}

/// What `token` may be a slip of: known, of as many parts, and different in one letter of one long part. Short parts differ
/// between real banks (`ob-ebs`, `ob-rbs`).
fn misspelt(token: &str) -> Option<String> {
    const LONG: usize = 4;
    let is_slip = |known: &str| {
        let (mut parts, mut of_known) = (token.split('-'), known.split('-'));
        let mut slips = 0;
        loop {
            match (parts.next(), of_known.next()) {
                (None, None) => break slips == 1,
                (Some(part), Some(known)) if part == known => {}
                (Some(part), Some(known)) if known.len() >= LONG && distance(part, known) == 1 => slips += 1,
                _ => break false,
            }
        }
    };
    let id = by_country(token).map_or(token, |(_, id)| id);
    if is_group(token) || Provider::named(id).is_some() || OF_PAYMENTS.binary_search(&id).is_ok() {
        return None;
    }
    let ids = || PROVIDERS.iter().filter(|provider| provider.replaced_by.is_none());
    let by_id = ids().find(|provider| is_slip(provider.id)).map(|provider| provider.id.to_owned());
    by_id.or_else(|| ids().map(Provider::country_id).find(|id| is_slip(id)))
}

/// What is hidden can be a provider.
pub(crate) fn disable_providers_unknown(link: &Link<'_>) -> Vec<Found> {
    let tokens = link.tokens(Param::DisableProviders);
    let single = tokens.iter().filter(|token| !is_group(&token.text));
    single.filter_map(|token| fault(Param::DisableProviders, token)).collect()
}

/// TrueLayer's page: a "list of provider ids", so no groups.
pub(crate) fn disable_providers_group(link: &Link<'_>) -> Vec<Found> {
    let groups = link.tokens(Param::DisableProviders).iter().filter(|token| is_group(&token.text));
    let help = "write the ids to hide, such as `ob_monzo`, or leave the group out of `providers`";
    groups
        .map(|Token { word, text, .. }| {
            Found::new(word.place, format!("unexpected group `{text}` in `disable_providers`"), help)
        })
        .collect()
}

/// A provider is hidden once.
pub(crate) fn disable_providers_repeated(link: &Link<'_>) -> Vec<Found> {
    repeated(link, Param::DisableProviders)
}

/// Something is left to choose.
pub(crate) fn disable_providers_all(link: &Link<'_>) -> Vec<Found> {
    let (listed, hidden) = (link.tokens(Param::Providers), link.tokens(Param::DisableProviders));
    let is_hidden = |entry: &str| hidden.iter().any(|id| covers(entry, &id.text, None));
    let all = listed.iter().all(|entry| !is_group(&entry.text) && is_hidden(&entry.text));
    match link.index(Param::DisableProviders) {
        Some(index) if all && !listed.is_empty() && can_be_judged(link) => {
            let help = "leave one of them, or add another to `providers`";
            vec![Found::new(Place::Value(index), "every one of the `providers` is in `disable_providers`", help)]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_real_bank_is_called_a_slip() {
        for id in OF_PAYMENTS.iter().copied().chain(PROVIDERS.iter().map(|provider| provider.id)) {
            assert_eq!(misspelt(id), None, "{id}");
            assert_eq!(glued(id), None, "{id}");
            for country in ["uk", "ie", "de"] {
                assert_eq!(misspelt(&format!("{country}-{id}")), None, "{country}-{id}");
            }
        }
    }

    #[test]
    fn a_slip_names_what_was_meant() {
        for (slip, meant) in [
            ("ob-monzzo", Some("ob-monzo")),
            ("ob-mozo", Some("ob-monzo")),
            ("ob-mnozo", Some("ob-monzo")),
            ("uk-ob-monzzo", Some("uk-ob-monzo")),
            ("ob-first-dirext", Some("ob-first-direct")),
            ("ob-frst-dirext", None),
            ("ob-rbx", None),
            ("xb-monzo", None),
            ("ob-monzo-x", None),
        ] {
            assert_eq!(misspelt(slip).as_deref(), meant, "{slip}");
        }
    }
}
