//! Rules of `language_id`.

use crate::diagnostic::Finding;
use crate::text::join;
use crate::view::{DraftView, Word};
use crate::vocabulary::language::{LANGUAGES, is_language, similar_language};
use crate::vocabulary::parameter::Param;
use crate::vocabulary::similar::nearest;
use crate::vocabulary::table::words;

/// TrueLayer's page lists nine languages.
pub(crate) fn unknown_language(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    findings.extend(view.unlisted(Param::LanguageId, is_language, false).map(unknown));
}

/// TrueLayer may have added another language.
pub(crate) fn unlisted_language(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    findings.extend(view.unlisted(Param::LanguageId, is_language, true).map(unknown));
}

fn unknown(word: Word<'_>) -> Finding {
    let lower = word.text.to_lowercase();
    let help = match similar_language(&lower) {
        Some(code) => format!("write `language_id = {code}`"),
        None => match nearest(&lower, &words(&LANGUAGES)) {
            Some(code) if word.text.len() == 3 => format!("a similar language exists: `{code}`"),
            _ => {
                let mut known = Vec::new();
                for (code, name) in &LANGUAGES {
                    known.push(format!("{code} ({name})"));
                }
                format!("the languages are {}", join(&known, ", "))
            }
        },
    };
    Finding::new(word.location, format!("unknown language `{}`", word.text), help)
}
