//! The countries of ISO 3166-1.

use std::cmp::Ordering;

/// The codes of ISO 3166-1 alpha-2.
#[rustfmt::skip]
pub(crate) const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR \
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP \
    KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT \
    MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ \
    UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// Returns whether `code` is a code of ISO 3166-1 alpha-2.
pub(crate) fn is_country(code: &str) -> bool {
    // Each code has two letters and a space, in order.
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
