//! Rules of `providers` and `disable_providers`.

use crate::catalogue::{GROUPS, LEGACY, OF_PAYMENTS, RARE_GROUPS};
use crate::distance::{LONGEST, distance, nearest};
use crate::link::{Link, Token, Word};
use crate::pasted::hides_fields;
use crate::problem::Found;
use crate::provider::{
    Known, by_country, country, covers, glued, instead, is_country, is_group, is_kind, is_word, written,
};
use crate::table::joined;
use crate::{PROVIDERS, Param, Place, Provider};

/// The countries that the listed providers name; `None` where one of them names none.
pub(crate) fn listed_countries<'l>(link: &'l Link<'_>) -> Option<Vec<&'l str>> {
    if !can_be_judged(link) {
        return None;
    }
    let mut countries = Vec::new();
    if !link.has(Param::Providers) {
        countries.push("uk");
    }
    for token in link.tokens(Param::Providers) {
        countries.push(match by_country(&token.text) {
            Some((country, _)) if is_country(country) => country,
            Some(_) => return None,
            None => country(&token.text)?,
        });
    }
    Some(countries)
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

/// The providers that are not replaced by others.
fn offered() -> impl Iterator<Item = &'static Provider> {
    PROVIDERS.iter().filter(|provider| provider.replaced_by.is_none())
}

/// What the user may have meant by a token that is not known.
fn meant(param: Param, token: &str) -> Option<String> {
    let token = token.to_lowercase();
    let token = token.as_str();
    let is_id = param == Param::ProviderId;
    let in_country = by_country(token).filter(|_| !is_id);
    if let Some((country, rest)) = in_country {
        // Another spelling of the country, or the country at both ends; never another country.
        for known in [format!("uk-{rest}"), format!("{token}-{country}")] {
            if is_word(&known) && (country == "gb" || !known.starts_with("uk-")) {
                return Some(known);
            }
        }
    }
    // By length, so that of those that are as near the shortest is the first.
    let mut candidates: Vec<String> = Vec::new();
    let mut add = |known: &str| {
        let is_elsewhere = |(country, _)| by_country(known).is_some_and(|(of, _)| of != country);
        if !in_country.is_some_and(is_elsewhere) {
            let shorter = candidates.partition_point(|other| other.len() <= known.len());
            candidates.insert(shorter, known.to_owned());
        }
    };
    for provider in offered() {
        if is_id || provider.id != "mock" {
            add(provider.id);
        }
    }
    if !is_id {
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
pub(crate) fn possible<'l, 'd>(link: &'l Link<'d>) -> Vec<(Param, &'l Token<'d>)> {
    let mut possible = Vec::new();
    for param in [Param::Providers, Param::DisableProviders, Param::ProviderId] {
        for token in link.tokens(param) {
            if token.is_possible {
                possible.push((param, token));
            }
        }
    }
    possible
}

/// The words of a list that it holds already.
fn repeated(link: &Link<'_>, param: Param, found: &mut Vec<Found>) {
    if link.is_pasted(param) {
        return;
    }
    let tokens = link.tokens(param);
    for (index, Token { word, text, .. }) in tokens.iter().enumerate() {
        if tokens[..index].iter().any(|seen| seen.text == *text) {
            found.push(Found::new(word.place, format!("duplicate provider `{text}`"), "remove it"));
        }
    }
}

/// What is listed can be a provider or a group.
pub(crate) fn providers_unknown(link: &Link<'_>, found: &mut Vec<Found>) {
    for token in link.tokens(Param::Providers) {
        if !token.is_possible {
            found.extend(fault(Param::Providers, token));
        }
    }
}

/// A provider is listed once.
pub(crate) fn providers_repeated(link: &Link<'_>, found: &mut Vec<Found>) {
    repeated(link, Param::Providers, found);
}

/// What TrueLayer is not known to have, or no longer has.
pub(crate) fn providers_doubtful(link: &Link<'_>, found: &mut Vec<Found>) {
    for (param, token) in possible(link) {
        found.extend(doubt(param, token));
    }
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
        let mut groups = Vec::new();
        for group in GROUPS {
            if by_country(group).is_some_and(|(of, _)| of == country) {
                groups.push(format!("`{}`", written(group)));
            }
        }
        let help = match (token, groups.is_empty()) {
            ("uk-cs-all", _) => "write `uk_cs_mock`: only Mock Bank is left of it".to_owned(),
            (_, true) => "list the providers one by one".to_owned(),
            _ => format!("of this country there are {}", joined(&groups, ", ")),
        };
        return Some(Found::new(word.place, fault, help));
    }
    let is_nameless = !token.contains('-') && token != "mock";
    if is_nameless || LEGACY.contains(&token) || id.ends_with("-open-banking") {
        let help = match meant(param, token) {
            Some(id) => format!("did you mean {}?", instead(word, &id)),
            None => "ids read like `ob-monzo`".to_owned(),
        };
        return Some(Found::new(word.place, format!("TrueLayer is not known to have the provider `{token}`"), help));
    }
    None
}

/// A text one letter away from what is known is mostly a slip.
pub(crate) fn providers_misspelt(link: &Link<'_>, found: &mut Vec<Found>) {
    for (_, Token { word, text, known, .. }) in possible(link) {
        if known.is_none()
            && let Some(meant) = misspelt(text)
        {
            let fault = format!("TrueLayer is not known to have the provider `{text}`");
            found.push(Found::new(word.place, fault, format!("did you mean `{meant}`?")));
        }
    }
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
    let mut by_country_id = None;
    for provider in offered() {
        if is_slip(provider.id) {
            return Some(provider.id.to_owned());
        }
        if by_country_id.is_none() && is_slip(&provider.country_id()) {
            by_country_id = Some(provider.country_id());
        }
    }
    by_country_id
}

/// What is hidden can be a provider.
pub(crate) fn disable_providers_unknown(link: &Link<'_>, found: &mut Vec<Found>) {
    for token in link.tokens(Param::DisableProviders) {
        if !is_group(&token.text) {
            found.extend(fault(Param::DisableProviders, token));
        }
    }
}

/// TrueLayer's page: a "list of provider ids", so no groups.
pub(crate) fn disable_providers_group(link: &Link<'_>, found: &mut Vec<Found>) {
    let help = "write the ids to hide, such as `ob_monzo`, or leave the group out of `providers`";
    for Token { word, text, .. } in link.tokens(Param::DisableProviders) {
        if is_group(text) {
            found.push(Found::new(word.place, format!("unexpected group `{text}` in `disable_providers`"), help));
        }
    }
}

/// A provider is hidden once.
pub(crate) fn disable_providers_repeated(link: &Link<'_>, found: &mut Vec<Found>) {
    repeated(link, Param::DisableProviders, found);
}

/// Something is left to choose.
pub(crate) fn disable_providers_all(link: &Link<'_>, found: &mut Vec<Found>) {
    let (listed, hidden) = (link.tokens(Param::Providers), link.tokens(Param::DisableProviders));
    let Some(index) = link.index(Param::DisableProviders) else { return };
    let is_hidden = |entry: &Token<'_>| hidden.iter().any(|id| covers(&entry.text, &id.text, None));
    let all = listed.iter().all(|entry| !is_group(&entry.text) && is_hidden(entry));
    if all && !listed.is_empty() && can_be_judged(link) {
        let help = "leave one of them, or add another to `providers`";
        let fault = "every one of the `providers` is in `disable_providers`";
        found.push(Found::new(Place::Value(index), fault, help));
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
    fn of_those_that_may_be_meant_the_nearest_is_and_then_the_shortest() {
        for (word, expected) in [
            ("barclays", Some("ob-barclays")),
            ("all", None),
            ("lays", None),
            ("ob-atsb", Some("ob-tsb")),
            ("ob-ptsbb", Some("ob-ptsb")),
        ] {
            assert_eq!(meant(Param::ProviderId, word).as_deref(), expected, "{word}");
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
