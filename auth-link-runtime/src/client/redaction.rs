//! What a request holds, and no error may show: its secrets, and what it says of the user.

use auth_link_rules::encode;
use zeroize::Zeroizing;

/// Texts that no error may show.
#[derive(Default)]
pub(crate) struct Redaction(Vec<Zeroizing<String>>);

/// A text shorter than this tells nothing, and stands in every other word.
const SHORTEST: usize = 4;

/// A text longer than this is not searched.
const LONGEST: usize = 64 * 1024;

const MARK: &str = "[redacted]";

impl Redaction {
    pub(crate) fn add(&mut self, text: &str) {
        if text.len() >= SHORTEST {
            self.0.push(Zeroizing::new(text.to_owned()));
        }
    }

    /// The text without them, in whatever form a form or an address has them.
    pub(crate) fn of(&self, text: &str) -> String {
        if text.len() > LONGEST {
            return format!("[{} bytes]", text.len());
        }
        let forms: Vec<_> = self.0.iter().flat_map(|hidden| forms(hidden)).collect();
        let mut shown = String::with_capacity(text.len());
        let mut rest = text;
        let next = |rest: &str| {
            let found = forms.iter().filter_map(|form| Some((rest.find(form.as_str())?, form.len())));
            // The first, and of those the longest.
            found.min_by_key(|&(at, length)| (at, usize::MAX - length))
        };
        while let Some((at, length)) = next(rest) {
            shown.push_str(&rest[..at]);
            shown.push_str(MARK);
            rest = &rest[at + length..];
        }
        shown + rest
    }
}

/// A text as it is, and percent-encoded with capitals, with small letters, and with `+` for a space.
fn forms(hidden: &str) -> [Zeroizing<String>; 4] {
    let mut encoded = String::new();
    encode(hidden, &mut encoded);
    let small = encoded.split('%').enumerate().fold(String::new(), |mut text, (index, part)| {
        let (digits, rest) = part.split_at_checked(if index == 0 { 0 } else { 2 }).unwrap_or(("", part));
        if index > 0 {
            text.push('%');
        }
        text.extend([&digits.to_ascii_lowercase(), rest]);
        text
    });
    [hidden.to_owned(), encoded.replace("%20", "+"), encoded, small].map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_hidden_in_each_of_its_forms() {
        let mut redaction = Redaction::default();
        for text in ["s3 cret/+", "s3 cret/+=", "abc", "", "code"] {
            redaction.add(text);
        }
        for (text, expected) in [
            ("a s3 cret/+ b", "a [redacted] b"),
            ("s3 cret/+=s3 cret/+", "[redacted][redacted]"),
            ("s3%20cret%2F%2B%3D", "[redacted]"),
            ("x=s3%20cret%2f%2b&y", "x=[redacted]&y"),
            ("s3+cret%2F%2B", "[redacted]"),
            ("abc, and unicode", "abc, and uni[redacted]"),
            ("[redacted]", "[redacted]"),
            ("é", "é"),
        ] {
            assert_eq!(redaction.of(text), expected);
        }
        assert_eq!(redaction.of(&"s3 cret/+".repeat(10_000)), "[90000 bytes]");
        assert_eq!(Redaction::default().of("s3 cret"), "s3 cret");
    }
}
