//! Parses a pasted link into the fields of a draft. The functions are `#[inline]`: a build that pastes no link does not compile them.

use std::ops::Range;

use crate::draft::{Draft, Entry, EntryRange, MAX_LINK_LEN, PastedUrl, Text, Value};
use crate::uri::percent::decode;
use crate::vocabulary::environment::{ENVIRONMENTS, environment_of_host};
use crate::vocabulary::parameter::Param;

impl Draft {
    /// Adds the parameters of `link`, a whole link as TrueLayer's Console writes it. It must precede all other fields.
    ///
    /// The parameters of a link longer than [`MAX_LINK_LEN`] are not read: its check reports the length alone.
    #[inline]
    pub fn paste(&mut self, link: &str) {
        let pasted = PastedUrl::parse(link);
        if link.len() > MAX_LINK_LEN {
            self.pasted = Some(pasted);
            return;
        }
        if let Some(environment) = environment_of_host(&link[pasted.host.clone()]) {
            let value = Value::Text(Text::Quoted(ENVIRONMENTS[environment].to_owned()));
            let range = EntryRange { name: pasted.host.clone(), value: pasted.host.clone() };
            let name = Param::Environment.name().to_owned();
            self.push(Entry { pasted: Some(range), ..Entry::new(name, false, value) });
        }
        let mut at = pasted.path.end + 1;
        for pair in link.get(at..pasted.fragment.start).unwrap_or_default().split('&') {
            if !pair.is_empty() && !pair.starts_with('=') {
                self.push(parameter(pair, at));
            }
            at += pair.len() + 1;
        }
        self.pasted = Some(pasted);
    }
}

impl PastedUrl {
    #[inline]
    fn parse(text: &str) -> Self {
        let start = text.len() - text.trim_start().len();
        let end = start + text[start..].trim_end().len();
        let hash = text.find('#').unwrap_or(end);
        let address = text[..hash].find('?').unwrap_or(hash);
        let scheme = text[..address].find("://").unwrap_or(start);
        let host = if scheme == start { start } else { scheme + 3 };
        let path = text[host..address].find('/').map_or(address, |slash| host + slash);
        Self {
            text: text.to_owned(),
            scheme: start..scheme,
            host: host..path,
            path: path..address,
            fragment: hash..end.max(hash),
        }
    }

    /// Returns the range of the word with index `item` in the value of a list.
    pub(crate) fn word(&self, value: Range<usize>, item: usize) -> Option<Range<usize>> {
        let (mut at, end) = (value.start, value.end);
        let mut before = 0;
        while at < end {
            let rest = &self.text[at..end];
            let (mut length, mut skipped) = (rest.len(), 0);
            for space in ["%20", "+", " "] {
                if let Some(found) = rest[..length].find(space) {
                    (length, skipped) = (found, space.len());
                }
            }
            if length > 0 {
                if before == item {
                    return Some(at..at + length);
                }
                before += 1;
            }
            at += length + skipped;
        }
        None
    }
}

/// Parses one `name=value` that starts at the byte `at`.
#[inline]
fn parameter(pair: &str, at: usize) -> Entry {
    let (raw, value) = pair.split_once('=').unwrap_or((pair, ""));
    let range = EntryRange { name: at..at + raw.len(), value: at + pair.len() - value.len()..at + pair.len() };
    let (name, text) = match (decode(raw.as_bytes()), decode(value.as_bytes())) {
        (Ok(name), Ok(text)) => (name.into_owned(), Text::Quoted(text.into_owned())),
        (Ok(name), Err(_)) => (name.into_owned(), Text::Invalid),
        (Err(_), _) => (raw.to_owned(), Text::Invalid),
    };
    let is_known = Param::from_name(&name).is_some_and(Param::is_in_url);
    Entry { pasted: Some(range), ..Entry::new(name, !is_known, Value::Text(text)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_separated_by_spaces_in_every_encoding() {
        let text = "x=%20a+bc d%20%20e&";
        let url = PastedUrl { text: text.to_owned(), ..PastedUrl::parse("") };
        let word = |item| url.word(2..text.len() - 1, item).map(|range| &text[range]);
        assert_eq!([0, 1, 2, 3, 4].map(word), [Some("a"), Some("bc"), Some("d"), Some("e"), None]);
    }
}
