//! Rules of `language_id`.

use crate::diagnostic::Finding;
use crate::suggestion::Suggestion;
use crate::text::join;
use crate::view::{DraftView, Word};
use crate::vocabulary::language::{LANGUAGES, is_language, similar_language};
use crate::vocabulary::parameter::Param;
use crate::vocabulary::similar::nearest;
use crate::vocabulary::table::words;

/// TrueLayer's page lists the languages of its dialog.
pub(crate) fn unknown_language(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    findings.extend(view.single(Param::LanguageId).filter(|word| is_unknown(*word)).map(unknown));
}

/// Returns whether the word is no language and looks like none.
pub(super) fn is_unknown(word: Word<'_>) -> bool {
    word.is_unlisted(is_language, false)
}

/// TrueLayer may have added another language.
pub(crate) fn unlisted_language(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    findings.extend(view.single(Param::LanguageId).filter(|word| word.is_unlisted(is_language, true)).map(unknown));
}

fn unknown(word: Word<'_>) -> Finding {
    let finding = Finding::new(word.location, format!("unknown language `{}`", word.text));
    let lower = word.text.to_lowercase();
    if let Some(code) = similar_language(&lower) {
        let is_code = lower == code || lower.starts_with(&format!("{code}-"));
        let finding = finding.suggest(Suggestion::Set(Param::LanguageId, code.to_owned()));
        return if is_code { finding.certainly() } else { finding };
    }
    match nearest(&lower, &words(&LANGUAGES)) {
        Some(code) if word.text.len() == 3 => finding.suggest(Suggestion::Similar("language", (*code).to_owned())),
        _ => {
            let mut known = Vec::new();
            for (code, name) in &LANGUAGES {
                known.push(format!("{code} ({name})"));
            }
            finding.advise(format!("the languages are {}", join(&known, ", ")))
        }
    }
}
