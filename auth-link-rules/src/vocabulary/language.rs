//! The languages of TrueLayer's dialog.

use crate::vocabulary::similar::nearest;
use crate::vocabulary::table::lookup;

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

/// Returns whether `code` is a language of TrueLayer's dialog.
pub(crate) fn is_language(code: &str) -> bool {
    lookup(&LANGUAGES, code).is_some()
}

/// Returns the code of the language that the lowercase text names, misspells or begins with.
pub(crate) fn similar_language(lower: &str) -> Option<&'static str> {
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
