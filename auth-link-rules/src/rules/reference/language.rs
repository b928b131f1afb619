//! The reference of the rules of `language_id`.

use crate::reference::Reference;
use crate::reference::Source::Page;

pub(crate) const unknown_language: Reference = Reference {
    why: "TrueLayer's dialog has nine languages, each with a code of two lowercase letters.",
    sources: &[Page],
    wrong: "language_id = english",
    right: "language_id = en",
};

pub(crate) const unlisted_language: Reference = Reference {
    why: "A code of two letters in quotes may be a language that TrueLayer has added.",
    sources: &[Page],
    wrong: r#"language_id = "da""#,
    right: "language_id = sv",
};
