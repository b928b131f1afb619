//! A link that is written as a whole, as Console's link builder gives it: taken apart into fields, and the rules of what is
//! around them.

use std::ops::Range;

use crate::draft::{Draft, Entry, Text, Value};
use crate::environment::{ENVIRONMENTS, TRUELAYER};
use crate::field::RETIRED;
use crate::link::Link;
use crate::problem::Found;
use crate::table::answer;
use crate::{Param, Place, decode};

/// Parameters that a link from elsewhere may hold, and that a sign-in adds afresh or does without.
pub(crate) const DROPPED: [&str; 3] = ["state", "nonce", "code_challenge"];

/// A link as it was written, by byte ranges of its text.
#[derive(Clone, Debug)]
pub(crate) struct Pasted {
    pub(crate) text: String,
    scheme: Range<usize>,
    host: Range<usize>,
    path: Range<usize>,
    /// From `#` on.
    fragment: Range<usize>,
}

/// Where a field of a pasted link stands in its text.
#[derive(Clone, Debug)]
pub(crate) struct Parts {
    pub(crate) name: Range<usize>,
    pub(crate) value: Range<usize>,
}

impl Draft {
    /// Adds the parameters of `link`, which stands as a whole in front of all fields.
    pub fn paste(&mut self, link: &str) {
        let pasted = Pasted::read(link);
        if let Some(environment) = environment_at(&link[pasted.host.clone()]) {
            let value = Value::Text(Text::Quoted(ENVIRONMENTS[environment].to_owned()));
            let parts = Parts { name: pasted.host.clone(), value: pasted.host.clone() };
            let name = Param::Environment.name().to_owned();
            self.push(Entry { pasted: Some(parts), ..Entry::new(name, false, value) });
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

impl Link<'_> {
    /// Where `place` is in the text of the pasted link, in bytes; `None` for what is in no pasted link.
    pub(crate) fn pasted_range(&self, place: Place) -> Option<Range<usize>> {
        let entry = || self.entries.get(place.entry()?)?.pasted.as_ref();
        match place {
            Place::Pasted(start, end) => Some(start..end),
            Place::Name(_) => Some(entry()?.name.clone()),
            Place::Value(_) => Some(entry()?.value.clone()),
            Place::Item(_, item) => {
                let value = entry()?.value.clone();
                Some(word(&self.pasted?.text, value.clone(), item).unwrap_or(value))
            }
            Place::Link => None,
        }
    }
}

/// The environment whose auth server `host` is.
fn environment_at(host: &str) -> Option<usize> {
    let host = host.strip_suffix(":443").unwrap_or(host);
    TRUELAYER
        .iter()
        .position(|server| server.strip_prefix("https://").is_some_and(|known| known.eq_ignore_ascii_case(host)))
}

/// One `name=value`, which begins at the byte `at`.
fn parameter(pair: &str, at: usize) -> Entry {
    let (raw, value) = pair.split_once('=').unwrap_or((pair, ""));
    let parts = Parts { name: at..at + raw.len(), value: at + pair.len() - value.len()..at + pair.len() };
    let (name, text) = match (decode(raw.as_bytes()), decode(value.as_bytes())) {
        (Ok(name), Ok(text)) => (name.into_owned(), Text::Quoted(text.into_owned())),
        (Ok(name), Err(_)) => (name.into_owned(), Text::Unreadable),
        (Err(_), _) => (raw.to_owned(), Text::Unreadable),
    };
    let is_known = Param::named(&name).is_some_and(Param::is_in_url);
    Entry { pasted: Some(parts), ..Entry::new(name, !is_known, Value::Text(text)) }
}

/// The range of the word of index `item` in the value of a list.
fn word(text: &str, value: Range<usize>, item: usize) -> Option<Range<usize>> {
    let (mut at, end) = (value.start, value.end);
    let mut before = 0;
    while at < end {
        let rest = &text[at..end];
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

impl Pasted {
    fn read(text: &str) -> Self {
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

    fn found(&self, range: &Range<usize>, fault: impl Into<String>, help: impl Into<String>) -> Found {
        // A place that is empty is shown as the whole.
        let range = if range.is_empty() { 0..self.text.len() } else { range.clone() };
        Found::new(Place::Pasted(range.start, range.end), fault, help)
    }
}

/// A link leads to TrueLayer's auth server, over https.
pub(crate) fn link_address(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some(pasted) = link.pasted else { return };
    let (scheme, host) = (&pasted.text[pasted.scheme.clone()], &pasted.text[pasted.host.clone()]);
    let is_truelayers = environment_at(host).is_some();
    if is_truelayers && scheme.eq_ignore_ascii_case("https") {
        return;
    }
    found.push(if scheme.is_empty() {
        let help = format!("write the whole link, `{}/?client_id=…`, or fields: `client_id = \"…\"`", TRUELAYER[0]);
        pasted.found(&pasted.scheme, "expected a link to TrueLayer or a field, found text", help)
    } else if is_truelayers {
        pasted.found(&pasted.scheme, format!("unexpected `{scheme}` in a link to TrueLayer"), "write `https`")
    } else {
        let help = "write `auth.truelayer.com` or `auth.truelayer-sandbox.com`; a stand-in is `auth_server = …`, beside fields";
        pasted.found(&pasted.host, format!("`{host}` is not TrueLayer's auth server"), help)
    });
}

/// The path of a link is the root.
pub(crate) fn link_path(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some(pasted) = link.pasted else { return };
    let path = &pasted.text[pasted.path.clone()];
    if !matches!(path, "" | "/") && !pasted.scheme.is_empty() {
        let fault = format!("unexpected path `{path}`");
        found.push(pasted.found(&pasted.path, fault, "write `/` between host and `?`"));
    }
}

/// A fragment never reaches a server: what stands there belonged to a value.
pub(crate) fn link_fragment(link: &Link<'_>, found: &mut Vec<Found>) {
    let Some(pasted) = link.pasted else { return };
    if !pasted.fragment.is_empty() {
        let help = "an unescaped `#` in `redirect_uri`? TrueLayer takes none there; elsewhere write `%23`";
        found.push(pasted.found(&pasted.fragment, "unexpected `#` in a link", help));
    }
}

/// Whether parameters of the pasted link are hidden by a fault of it, so that none can be called missing.
pub(crate) fn hides_fields(link: &Link<'_>) -> bool {
    link.pasted.is_some_and(|pasted| {
        pasted.scheme.is_empty()
            || !pasted.fragment.is_empty()
            || parameters(link).any(|(_, entry)| entry.name.starts_with("amp;"))
    })
}

/// Each parameter of the pasted link: its index, and where it stands.
fn parameters<'l>(link: &'l Link<'_>) -> impl Iterator<Item = (usize, &'l Entry)> {
    let is_parameter = |entry: &Entry| entry.pasted.is_some() && entry.param() != Some(Param::Environment);
    link.entries.iter().enumerate().filter(move |(_, entry)| is_parameter(entry))
}

/// Values are percent-encoded UTF-8, and `&` stands by itself.
pub(crate) fn link_encoding(link: &Link<'_>, found: &mut Vec<Found>) {
    for (index, entry) in parameters(link) {
        if matches!(entry.value, Value::Text(Text::Unreadable)) && !entry.is_dropped() {
            let help = "write `%` and two hexadecimal digits for each byte, and `%25` for `%` itself";
            let fault = format!("malformed percent-encoding in `{}`", entry.name);
            found.push(Found::new(Place::Value(index), fault, help));
        } else if entry.name.starts_with("amp;") {
            let help = "write `&`: this is a link, not HTML";
            found.push(Found::new(Place::Name(index), "unexpected `&amp;` between parameters", help));
        }
    }
}

/// What a sign-in adds afresh is not taken over.
pub(crate) fn link_dropped(link: &Link<'_>, found: &mut Vec<Found>) {
    for (index, entry) in parameters(link) {
        if entry.is_dropped() {
            let help = "remove it; each sign-in has its own";
            found.push(Found::new(Place::Name(index), format!("`{}` in a link is dropped", entry.name), help));
        }
    }
}

/// What no page documents is sent as it stands.
pub(crate) fn link_undocumented(link: &Link<'_>, found: &mut Vec<Found>) {
    for (index, entry) in parameters(link) {
        let name = entry.name.as_str();
        let is_anothers = matches!(name, "client_secret" | "code_verifier") || name.starts_with("amp;");
        if !entry.quoted || entry.is_dropped() || is_anothers {
            continue;
        }
        let retired = answer(&RETIRED, name);
        let fault =
            if retired.is_some() { "is retired" } else { "is not on TrueLayer's page; it is sent as it stands" };
        let help = retired.unwrap_or("remove it, if nothing needs it");
        found.push(Found::new(Place::Name(index), format!("`{name}` {fault}"), help));
    }
}

/// What stands twice is sent once.
pub(crate) fn link_repeated(link: &Link<'_>, found: &mut Vec<Found>) {
    for (index, entry) in parameters(link) {
        if entry.is_dropped() {
            continue;
        }
        let earlier = &link.entries[..index];
        let mut once = |place, what: &str| {
            found.push(Found::new(place, format!("`{what}` stands twice; it is sent once"), "remove one"));
        };
        if earlier.iter().any(|earlier| entry.repeats(earlier)) {
            once(Place::Name(index), &entry.name);
        } else if entry.quoted && earlier.iter().any(|earlier| earlier.name == entry.name) {
            let fault = format!("`{}` stands twice, and is sent twice", entry.name);
            found.push(Found::new(Place::Name(index), fault, "remove one"));
        } else if let Value::Text(text) = &entry.value
            && entry.param().is_some_and(Param::is_list)
        {
            let mut words = Vec::new();
            for (item, word) in text.words().enumerate() {
                if words.contains(&word.text) {
                    once(Place::Item(index, item), word.text);
                }
                words.push(word.text);
            }
        }
    }
}

#[cfg(all(test, feature = "url"))]
mod tests {
    use super::*;

    #[test]
    fn a_word_stands_between_spaces_however_they_are_written() {
        let text = "x=%20a+bc d%20%20e&";
        let word = |item| word(text, 2..text.len() - 1, item).map(|range| &text[range]);
        assert_eq!([0, 1, 2, 3, 4].map(word), [Some("a"), Some("bc"), Some("d"), Some("e"), None]);
    }

    #[test]
    fn a_parameter_that_another_rule_knows_is_not_called_undocumented() {
        for (parameter, expected) in [
            ("client_secret=x", &["field_secret"][..]),
            ("code_verifier=x", &["field_per_sign_in"]),
            ("amp;state=x", &["link_encoding"]),
            ("state=x", &["link_dropped"]),
            ("consent_id=x", &["link_undocumented"]),
        ] {
            let mut draft = Draft::default();
            draft.paste(&format!(
                "https://auth.truelayer.com/?client_id=a&redirect_uri=https://a.example&scope=info&{parameter}"
            ));
            let problems = draft.check().map_or_else(|problems| problems, |link| link.warnings);
            let found: Vec<_> = problems.iter().map(|problem| problem.rule().name).collect();
            assert_eq!(found, expected, "{parameter}");
        }
    }
}
