//! Tables of words, each with what it stands for.

/// What `word` stands for.
pub(crate) fn answer(table: &[(&str, &'static str)], word: &str) -> Option<&'static str> {
    for &(known, stands_for) in table {
        if known == word {
            return Some(stands_for);
        }
    }
    None
}

/// The words themselves.
pub(crate) fn words(table: &[(&'static str, &str)]) -> Vec<&'static str> {
    let mut words = Vec::new();
    for &(word, _) in table {
        words.push(word);
    }
    words
}

/// The words, with `between` between them.
pub(crate) fn joined(words: &[impl AsRef<str>], between: &str) -> String {
    let mut joined = String::new();
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            joined.push_str(between);
        }
        joined.push_str(word.as_ref());
    }
    joined
}
