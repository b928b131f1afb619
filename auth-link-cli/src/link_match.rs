//! A link found in a text, and the ranges of its parts in that text.

use std::ops::Range;

/// The longest link that is checked, in bytes. Servers accept less.
pub(crate) const LONGEST_LINK: usize = 16 << 10;

/// A link found in a text.
#[derive(Clone, Debug)]
pub(crate) struct LinkMatch {
    /// The range of the link in the text.
    pub(crate) range: Range<usize>,
    /// The link as the rules read it: without escapes, and with `%`, which is no valid value, for each placeholder. Of a link
    /// that is longer than [`LONGEST_LINK`], only the beginning.
    pub(crate) link: String,
    /// For each byte of the link, the range of the character or the escape that it comes from, from the beginning of `range`.
    pub(crate) sources: Vec<(u32, u32)>,
    /// The ranges of the placeholders in the link, in order.
    pub(crate) placeholders: Vec<Range<usize>>,
    /// Whether the program may add more parameters.
    pub(crate) is_open: bool,
}

impl LinkMatch {
    /// Returns the match of a complete link at the byte `start` of a text.
    pub(crate) fn whole(link: &str, start: usize) -> Self {
        let offset = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        Self {
            range: start..start + link.len(),
            link: link.to_owned(),
            sources: (0..link.len()).map(|byte| (offset(byte), offset(byte + 1))).collect(),
            placeholders: Vec::new(),
            is_open: false,
        }
    }

    /// Returns the range in the text, from the beginning of the match, for a range in the link.
    pub(crate) fn source_range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.sources.get(range.start).map_or(self.range.len(), |&(start, _)| start as usize);
        let last = range.end.min(self.sources.len()).checked_sub(1).filter(|_| range.end > range.start);
        start..last.map_or(start, |last| self.sources[last].1 as usize)
    }

    /// Returns whether the range in the link touches a placeholder.
    pub(crate) fn has_placeholder(&self, range: &Range<usize>) -> bool {
        let next = self.placeholders.partition_point(|placeholder| placeholder.end <= range.start);
        self.placeholders.get(next).is_some_and(|placeholder| placeholder.start < range.end.max(range.start + 1))
    }
}
