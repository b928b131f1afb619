//! Lookups in tables of words.

/// Returns the entry beside `word`.
pub(crate) fn lookup(table: &[(&str, &'static str)], word: &str) -> Option<&'static str> {
    for &(known, entry) in table {
        if known == word {
            return Some(entry);
        }
    }
    None
}

/// Returns the words of a table.
pub(crate) fn words(table: &[(&'static str, &str)]) -> Vec<&'static str> {
    let mut words = Vec::new();
    for &(word, _) in table {
        words.push(word);
    }
    words
}
