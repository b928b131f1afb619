//! A link found in a text, and the ranges of its parts in that text.

use std::ops::Range;

/// A link found in a text.
#[derive(Clone, Debug)]
pub(crate) struct LinkMatch {
    /// The range of the link in the text.
    pub(crate) range: Range<usize>,
    /// The link as the rules read it: without escapes, and with `%`, which is no valid value, for each placeholder.
    pub(crate) link: String,
    /// For each byte of the link, and for its end, the offset from the beginning of `range`.
    pub(crate) offsets: Vec<usize>,
    /// The ranges of the placeholders in the link, in order.
    pub(crate) placeholders: Vec<Range<usize>>,
    /// Whether the program may add more parameters.
    pub(crate) is_open: bool,
}

impl LinkMatch {
    /// Returns the match of a complete link at the byte `start` of a text.
    pub(crate) fn whole(link: &str, start: usize) -> Self {
        Self {
            range: start..start + link.len(),
            link: link.to_owned(),
            offsets: (0..=link.len()).collect(),
            placeholders: Vec::new(),
            is_open: false,
        }
    }

    /// Returns the range in the text, from the beginning of the match, for a range in the link.
    pub(crate) fn source_range(&self, range: &Range<usize>) -> Range<usize> {
        self.offsets[range.start.min(self.link.len())]..self.offsets[range.end.min(self.link.len())]
    }

    /// Returns whether the range in the link touches a placeholder.
    pub(crate) fn has_placeholder(&self, range: &Range<usize>) -> bool {
        let next = self.placeholders.partition_point(|placeholder| placeholder.end <= range.start);
        self.placeholders.get(next).is_some_and(|placeholder| placeholder.start < range.end.max(range.start + 1))
    }
}
