//! Rules of `language_id`.

use crate::Param;
use crate::distance::nearest;
use crate::link::{Link, Word};
use crate::problem::Found;

/// The languages of TrueLayer's dialog.
pub const LANGUAGES: [(&str, &str); 9] = [
    ("en", "English"),
    ("es", "Spanish"),
    ("it", "Italian"),
    ("fr", "French"),
    ("de", "German"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("sv", "Swedish"),
    ("nl", "Dutch"),
];

/// TrueLayer's page lists nine languages.
pub(crate) fn language_id_unknown(link: &Link<'_>) -> Vec<Found> {
    other(link).filter(|word| !word.is_own_code()).map(|word| found(&word)).into_iter().collect()
}

/// Another language may have been added since.
pub(crate) fn language_id_other(link: &Link<'_>) -> Vec<Found> {
    other(link).filter(Word::is_own_code).map(|word| found(&word)).into_iter().collect()
}

fn other<'d>(link: &Link<'d>) -> Option<Word<'d>> {
    link.single(Param::LanguageId).filter(|word| LANGUAGES.iter().all(|(code, _)| *code != word.text))
}

fn found(word: &Word<'_>) -> Found {
    let lower = word.text.to_lowercase();
    let by_name =
        LANGUAGES.iter().find(|(code, name)| name.to_lowercase() == lower || lower.starts_with(&format!("{code}-")));
    let by_name = by_name.or_else(|| {
        let meant = LANGUAGES.map(|(_, name)| name.to_lowercase());
        let nearest = nearest(&lower, meant.iter().map(String::as_str))?;
        LANGUAGES.iter().find(|(_, name)| name.to_lowercase() == nearest)
    });
    let by_code = LANGUAGES.iter().find(|(code, _)| *code == lower);
    let help = match by_name.or(by_code) {
        Some((code, _)) => format!("write `language_id = {code}`"),
        None => match nearest(&lower, LANGUAGES.map(|(code, _)| code)) {
            Some(code) if word.text.len() == 3 => format!("did you mean `{code}`?"),
            _ => format!("the languages are {}", LANGUAGES.map(|(code, name)| format!("{code} ({name})")).join(", ")),
        },
    };
    Found::new(word.place, format!("unknown language `{}`", word.text), help)
}
