//! A text that is written without an allocation, and then shared with one.

use std::fmt;
use std::sync::Arc;

/// A text that lies on the stack unless it is long.
pub(crate) struct StackText {
    bytes: [u8; LENGTH],
    length: usize,
    /// A longer text, as a whole.
    long: String,
}

/// More bytes than most links have.
const LENGTH: usize = 512;

impl StackText {
    pub(crate) const fn new() -> Self {
        Self { bytes: [0; LENGTH], length: 0, long: String::new() }
    }

    #[inline]
    pub(crate) fn push_str(&mut self, text: &str) {
        let end = self.length + text.len();
        match self.bytes.get_mut(self.length..end) {
            Some(free) if self.long.is_empty() => {
                free.copy_from_slice(text.as_bytes());
                self.length = end;
            }
            _ => self.push_long(text),
        }
    }

    #[cold]
    fn push_long(&mut self, text: &str) {
        if self.long.is_empty() {
            self.long = self.short().to_owned();
        }
        self.long.push_str(text);
    }

    /// Returns the text in one allocation.
    pub(crate) fn to_shared(&self) -> Arc<str> {
        Arc::from(if self.long.is_empty() { self.short() } else { &self.long })
    }

    fn short(&self) -> &str {
        // Only whole texts were copied: no error is possible.
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

impl fmt::Write for StackText {
    #[inline]
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push_str(text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_returned_as_it_was_written_and_a_short_one_lies_on_the_stack() {
        for lengths in [
            [0, 0, 0],
            [1, 2, 3],
            [510, 1, 0],
            [511, 1, 0],
            [512, 1, 1],
            [513, 0, 1],
            [500, 250, 1000],
            [0, 4096, 4096],
        ] {
            let (mut text, mut expected) = (StackText::new(), String::new());
            for (length, letter) in lengths.into_iter().zip(["a", "é", "€"]) {
                let part = letter.repeat(length);
                text.push_str(&part);
                expected += &part;
            }
            assert_eq!(&*text.to_shared(), expected, "{lengths:?}");
            assert_eq!(text.long.is_empty(), expected.len() <= LENGTH, "{lengths:?}");
        }
    }
}
