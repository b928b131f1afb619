//! A link that is written as a whole, as Console's link builder gives it: taken apart into fields, and the rules of what is
//! around them.

use std::ops::Range;

use crate::draft::{Draft, Entry, Text, Value};
use crate::environment::{ENVIRONMENTS, TRUELAYER};
use crate::field::{RETIRED, answer};
use crate::link::Link;
use crate::problem::Found;
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
    let mut words = Vec::new();
    while at < end {
        let rest = &text[at..end];
        let space = ["%20", "+", " "].iter().filter_map(|space| Some((rest.find(space)?, space.len()))).min();
        let (length, skipped) = space.unwrap_or((rest.len(), 0));
        if length > 0 {
            words.push(at..at + length);
        }
        at += length + skipped;
    }
    words.into_iter().nth(item)
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

    fn found(&self, range: &Range<usize>, fault: impl Into<String>, help: impl Into<String>) -> Vec<Found> {
        // A place that is empty is shown as the whole.
        let range = if range.is_empty() { 0..self.text.len() } else { range.clone() };
        vec![Found::new(Place::Pasted(range.start, range.end), fault, help)]
    }
}

/// A link leads to TrueLayer's auth server, over https.
pub(crate) fn link_address(link: &Link<'_>) -> Vec<Found> {
    let Some(pasted) = link.pasted else { return Vec::new() };
    let (scheme, host) = (&pasted.text[pasted.scheme.clone()], &pasted.text[pasted.host.clone()]);
    let is_truelayers = environment_at(host).is_some();
    if is_truelayers && scheme.eq_ignore_ascii_case("https") {
        return Vec::new();
    }
    if scheme.is_empty() {
        let help = format!("write the whole link, `{}/?client_id=…`, or fields: `client_id = \"…\"`", TRUELAYER[0]);
        return pasted.found(&pasted.scheme, "expected a link to TrueLayer or a field, found text", help);
    }
    if is_truelayers {
        return pasted.found(&pasted.scheme, format!("unexpected `{scheme}` in a link to TrueLayer"), "write `https`");
    }
    let fault = format!("`{host}` is not TrueLayer's auth server");
    let help =
        "write `auth.truelayer.com` or `auth.truelayer-sandbox.com`; a stand-in is `auth_server = …`, beside fields";
    pasted.found(&pasted.host, fault, help)
}

/// The path of a link is the root.
pub(crate) fn link_path(link: &Link<'_>) -> Vec<Found> {
    match link.pasted {
        Some(pasted) if !matches!(&pasted.text[pasted.path.clone()], "" | "/") && !pasted.scheme.is_empty() => {
            let fault = format!("unexpected path `{}`", &pasted.text[pasted.path.clone()]);
            pasted.found(&pasted.path, fault, "write `/` between host and `?`")
        }
        _ => Vec::new(),
    }
}

/// A fragment never reaches a server: what stands there belonged to a value.
pub(crate) fn link_fragment(link: &Link<'_>) -> Vec<Found> {
    match link.pasted {
        Some(pasted) if !pasted.fragment.is_empty() => {
            let help = "an unescaped `#` in `redirect_uri`? TrueLayer takes none there; elsewhere write `%23`";
            pasted.found(&pasted.fragment, "unexpected `#` in a link", help)
        }
        _ => Vec::new(),
    }
}

/// Whether parameters of the pasted link are hidden by a fault of it, so that none can be called missing.
pub(crate) fn hides_fields(link: &Link<'_>) -> bool {
    link.pasted.is_some_and(|pasted| pasted.scheme.is_empty() || !pasted.fragment.is_empty())
        || parameters(link).any(|(_, entry)| entry.name.starts_with("amp;"))
}

/// Each parameter of the pasted link: its index, and where it stands.
fn parameters<'l>(link: &'l Link<'_>) -> impl Iterator<Item = (usize, &'l Entry)> {
    let is_parameter = |entry: &Entry| entry.pasted.is_some() && entry.param() != Some(Param::Environment);
    link.entries.iter().enumerate().filter(move |(_, entry)| is_parameter(entry))
}

/// Values are percent-encoded UTF-8, and `&` stands by itself.
pub(crate) fn link_encoding(link: &Link<'_>) -> Vec<Found> {
    let found = parameters(link).filter_map(|(index, entry)| {
        if matches!(entry.value, Value::Text(Text::Unreadable)) && !entry.is_dropped() {
            let help = "write `%` and two hexadecimal digits for each byte, and `%25` for `%` itself";
            Some(Found::new(Place::Value(index), format!("malformed percent-encoding in `{}`", entry.name), help))
        } else if entry.name.starts_with("amp;") {
            Some(Found::new(
                Place::Name(index),
                "unexpected `&amp;` between parameters",
                "write `&`: this is a link, not HTML",
            ))
        } else {
            None
        }
    });
    found.collect()
}

/// What a sign-in adds afresh is not taken over.
pub(crate) fn link_dropped(link: &Link<'_>) -> Vec<Found> {
    let dropped = parameters(link).filter(|(_, entry)| entry.is_dropped());
    dropped
        .map(|(index, entry)| {
            let help = "remove it; each sign-in has its own";
            Found::new(Place::Name(index), format!("`{}` in a link is dropped", entry.name), help)
        })
        .collect()
}

/// What no page documents is sent as it stands.
pub(crate) fn link_undocumented(link: &Link<'_>) -> Vec<Found> {
    let is_odd = |entry: &Entry| {
        entry.quoted
            && !entry.is_dropped()
            && !entry.name.starts_with("amp;")
            && entry.name != "client_secret"
            && entry.name != "code_verifier"
    };
    parameters(link)
        .filter(|(_, entry)| is_odd(entry))
        .map(|(index, entry)| {
            let retired = answer(&RETIRED, entry);
            let (fault, help) = retired.map_or_else(
                || {
                    (
                        format!("`{}` is not on TrueLayer's page; it is sent as it stands", entry.name),
                        "remove it, if nothing needs it",
                    )
                },
                |help| (format!("`{}` is retired", entry.name), help),
            );
            Found::new(Place::Name(index), fault, help)
        })
        .collect()
}

/// What stands twice is sent once.
pub(crate) fn link_repeated(link: &Link<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, entry) in parameters(link).filter(|(_, entry)| !entry.is_dropped()) {
        let earlier = &link.entries[..index];
        if earlier.iter().any(|earlier| entry.repeats(earlier)) {
            let fault = format!("`{}` stands twice; it is sent once", entry.name);
            found.push(Found::new(Place::Name(index), fault, "remove one"));
            continue;
        }
        if entry.quoted && earlier.iter().any(|earlier| earlier.name == entry.name) {
            let fault = format!("`{}` stands twice, and is sent twice", entry.name);
            found.push(Found::new(Place::Name(index), fault, "remove one"));
            continue;
        }
        let Value::Text(text) = &entry.value else { continue };
        let words: Vec<_> = text.words().map(|word| word.text).collect();
        if entry.param().is_some_and(Param::is_list) {
            let repeated = (0..words.len()).filter(|&item| words[..item].contains(&words[item]));
            found.extend(repeated.map(|item| {
                let fault = format!("`{}` stands twice; it is sent once", words[item]);
                Found::new(Place::Item(index, item), fault, "remove one")
            }));
        }
    }
    found
}
