//! The beginning and the end of a text, and the characters that end a link.

/// Returns at most `length` bytes of the beginning of `text`.
pub(crate) fn first(text: &str, length: usize) -> &str {
    (0..=length.min(text.len())).rev().find_map(|end| text.get(..end)).unwrap_or_default()
}

/// Returns at most `length` bytes of the end of `text`.
pub(crate) fn last(text: &str, length: usize) -> &str {
    let start = text.len().saturating_sub(length);
    (start..=text.len()).find_map(|start| text.get(start..)).unwrap_or_default()
}

/// Returns whether the character ends a link in every kind of text.
pub(crate) fn ends_link(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "\"'`<>\\|^“”„«»‘’".contains(c)
}
