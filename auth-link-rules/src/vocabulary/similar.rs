//! Similar words, for suggestions.

/// Returns the most similar candidate, if one is similar enough.
pub(crate) fn nearest<'c, C: AsRef<str>>(word: &str, candidates: &'c [C]) -> Option<&'c C> {
    // No word is that long, and text from a browser may have any length.
    if word.len() > LONGEST {
        return None;
    }
    let limit = (word.chars().count() / 3).clamp(1, 2);
    let (mut nearest, mut least) = (None, limit + 1);
    for candidate in candidates {
        let text = candidate.as_ref();
        if text.len().abs_diff(word.len()) > 4 * limit {
            continue;
        }
        let steps = distance(word, text);
        if steps < least && steps < text.len() {
            (nearest, least) = (Some(candidate), steps);
        }
    }
    nearest
}

/// The longest word that is compared, in bytes.
pub(crate) const LONGEST: usize = 64;

/// Returns the fewest insertions, removals, replacements and swaps of neighbours that turn `a` into `b` (optimal string
/// alignment).
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before_last = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &y) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && y == a[i - 1] {
                let swapped: &Vec<usize> = &before_last;
                cost = cost.min(swapped[j - 1] + 1);
            }
            row.push(cost);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// Returns whether the [distance] of two texts is one, without a table.
pub(crate) fn is_one_step(a: &str, b: &str) -> bool {
    if !(a.is_ascii() && b.is_ascii()) {
        return distance(a, b) == 1;
    }
    let start = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a.as_bytes()[start..], &b.as_bytes()[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&a[..a.len() - end], &b[..b.len() - end]) {
        ([_], [_] | []) | ([], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_slip_is_one_step() {
        for slip in ["acounts", "acccounts", "accoumts", "acocunts"] {
            assert_eq!(distance(slip, "accounts"), 1, "{slip}");
        }
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("same", "same"), 0);
    }

    #[test]
    fn one_step_is_a_distance_of_one() {
        let mut texts = vec![String::new()];
        for _ in 0..4 {
            texts.extend(texts.clone().iter().flat_map(|text| ["a", "b", "é"].map(|letter| format!("{text}{letter}"))));
            texts.sort();
            texts.dedup();
        }
        for a in &texts {
            for b in &texts {
                assert_eq!(is_one_step(a, b), distance(a, b) == 1, "{a} {b}");
            }
        }
    }

    #[test]
    fn a_word_far_from_all_has_no_nearest() {
        assert_eq!(nearest("acount", &["accounts", "balance"]), Some(&"accounts"));
        assert_eq!(nearest("payments", &["accounts", "balance"]), None);
        assert_eq!(nearest("x", &["y"]), None);
        assert_eq!(nearest("abc", &["axd"]), None, "two steps are too many for a short word");
        assert_eq!(nearest("consent_id", &["client_id"]), None);
    }

    #[test]
    fn a_character_is_one_step_however_long_it_is() {
        assert_eq!(nearest("accounts🏦🏦", &["accounts"]), Some(&"accounts"));
        assert_eq!(nearest("abc🏦", &["abc"]), Some(&"abc"));
    }

    #[test]
    fn a_word_that_is_too_long_is_compared_to_nothing() {
        let (longest, longer) = ("x".repeat(LONGEST), "x".repeat(LONGEST + 1));
        assert_eq!(nearest(&longest, &[&longer]), Some(&&longer));
        assert_eq!(nearest(&longer, &[&longest]), None);
    }
}
