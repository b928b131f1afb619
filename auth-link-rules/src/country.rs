//! Rules of `country_id`.

use std::cmp::Ordering;

use crate::link::{Link, Word};
use crate::problem::Found;
use crate::{Param, provider, providers};

/// ISO 3166-1 alpha-2.
#[rustfmt::skip]
pub(crate) const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR \
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP \
    KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT \
    MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ \
    UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

pub(crate) fn is_country(code: &str) -> bool {
    // Each is of two letters and a space, in order.
    let (mut from, mut to) = (0, COUNTRIES.len().div_ceil(3));
    while from < to {
        let middle = usize::midpoint(from, to);
        match COUNTRIES[3 * middle..3 * middle + 2].cmp(code) {
            Ordering::Less => from = middle + 1,
            Ordering::Equal => return true,
            Ordering::Greater => to = middle,
        }
    }
    false
}

/// TrueLayer's page: "Must be `alpha_2` country code" (ISO 3166-1).
pub(crate) fn country_id_unknown(link: &Link<'_>, found: &mut Vec<Found>) {
    found.extend(link.unlisted(Param::CountryId, is_country, false).map(unknown));
}

/// TrueLayer may read other spellings too.
pub(crate) fn country_id_other(link: &Link<'_>, found: &mut Vec<Found>) {
    found.extend(link.unlisted(Param::CountryId, is_country, true).map(unknown));
}

fn unknown(word: Word<'_>) -> Found {
    let upper = word.text.to_uppercase();
    let help = match upper.as_str() {
        "UK" | "GBR" => "write `country_id = GB`, the code of ISO 3166-1".to_owned(),
        code if is_country(code) => format!("write `country_id = {code}`, in capitals"),
        _ => "write a code of ISO 3166-1 alpha-2, such as `GB`, `IE` or `FR`".to_owned(),
    };
    Found::new(word.place, format!("unknown country `{}`", word.text), help)
}

/// A country without any of the listed providers shows the user an empty list.
pub(crate) fn country_providers(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some(country) = link.single(Param::CountryId) else { return };
    let is_known = country.text == "UK" || is_country(&country.text.to_uppercase());
    if !is_known || link.is_lost(Param::ProviderId) {
        return;
    }
    let lower = country.text.to_lowercase();
    let spelled = if lower == "gb" { "uk" } else { lower.as_str() };
    let help = |of: &str| match of {
        "uk" => "write `country_id = GB`, or leave it out".to_owned(),
        of => format!("write `country_id = {}`, or leave it out", of.to_uppercase()),
    };
    if let Some(word) = link.single(Param::ProviderId) {
        let id = provider::spelled(Param::ProviderId, &word);
        if let Some(of) = provider::country(&id) {
            if of != spelled {
                let fault = format!("country `{}` is not that of provider `{id}`", country.text);
                found.push(Found::new(country.place, fault, help(of)));
            }
            return;
        }
    }
    let listed = providers::listed_countries(link).unwrap_or_default();
    if let Some(first) = listed.first()
        && !listed.contains(&spelled)
    {
        let fault = format!("country `{}` has none of the `providers`", country.text);
        found.push(Found::new(country.place, fault, help(first)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_country_is_found() {
        assert!(COUNTRIES.split(' ').is_sorted());
        assert!(COUNTRIES.split(' ').all(|code| code.len() == 2 && is_country(code)));
        for code in ["", "A", "AA", "UK", "ZZ", "GBR", "gb", "D ", "é"] {
            assert!(!is_country(code), "{code}");
        }
    }
}
