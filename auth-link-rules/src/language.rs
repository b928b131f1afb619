//! Rules of `language_id`.

use crate::Param;
use crate::distance::nearest;
use crate::link::{Link, Word};
use crate::problem::Found;
use crate::table::{answer, joined, words};

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

pub(crate) fn is_language(code: &str) -> bool {
    answer(&LANGUAGES, code).is_some()
}

/// TrueLayer's page lists nine languages.
pub(crate) fn language_id_unknown(link: &Link<'_>, found: &mut Vec<Found>) {
    found.extend(link.unlisted(Param::LanguageId, is_language, false).map(unknown));
}

/// Another language may have been added since.
pub(crate) fn language_id_other(link: &Link<'_>, found: &mut Vec<Found>) {
    found.extend(link.unlisted(Param::LanguageId, is_language, true).map(unknown));
}

fn unknown(word: Word<'_>) -> Found {
    let lower = word.text.to_lowercase();
    let help = match meant(&lower) {
        Some(code) => format!("write `language_id = {code}`"),
        None => match nearest(&lower, &words(&LANGUAGES)) {
            Some(code) if word.text.len() == 3 => format!("did you mean `{code}`?"),
            _ => {
                let mut known = Vec::new();
                for (code, name) in &LANGUAGES {
                    known.push(format!("{code} ({name})"));
                }
                format!("the languages are {}", joined(&known, ", "))
            }
        },
    };
    Found::new(word.place, format!("unknown language `{}`", word.text), help)
}

/// The code of the language that `lower` names, perhaps misspelt, or begins with.
fn meant(lower: &str) -> Option<&'static str> {
    let mut names = Vec::new();
    for (code, name) in LANGUAGES {
        let name = name.to_lowercase();
        if name == lower || code == lower || lower.strip_prefix(code).is_some_and(|rest| rest.starts_with('-')) {
            return Some(code);
        }
        names.push(name);
    }
    let nearest = nearest(lower, &names)?;
    let index = names.iter().position(|name| name == nearest)?;
    Some(LANGUAGES[index].0)
}
