//! A shorter way to a link with new values: only the rules of these values run, and the link's text is copied around them.

use crate::draft::{Draft, Entry, MAX_LINK_LEN, Text, Value};
use crate::rules;
use crate::uri::percent::{decode, encode, find, pairs};
use crate::view::{DraftView, Word};
use crate::vocabulary::environment::{ENVIRONMENTS, TRUELAYER};
use crate::vocabulary::parameter::Param;
use crate::write::origin;

/// Sets `values` in the text of a valid link. Returns `None` if a value may have an error, or if the text is not as
/// [`write`](crate::write::write) writes it: the whole link then has to be checked.
pub(crate) fn splice(link: &str, values: &[(Param, &str)]) -> Option<String> {
    let (old_origin, query) = link.split_once('?')?;
    let old_origin = old_origin.strip_suffix('/')?;
    let mut capacity = link.len();
    let mut by_param = [None; Param::ALL.len()];
    let mut related = [false; Param::ALL.len()];
    // A link without an origin has one once its client id or its environment is known.
    let mut is_origin_new = old_origin.is_empty();
    let mut has_related = is_origin_new;
    for &(param, value) in values {
        if !param.accepts_runtime_value() || by_param[param as usize].replace(value).is_some() {
            return None;
        }
        capacity += param.name().len() + 3 * value.len() + 2;
        match rules::accepts_alone(param, value) {
            Some(true) => {}
            Some(false) => return None,
            None => {
                is_origin_new |= rules::ORIGIN.contains(&param);
                has_related = true;
                select(rules::related(param), &mut related);
            }
        }
    }
    if values.is_empty() || capacity + MAX_ADDRESS_LEN > MAX_LINK_LEN {
        return None;
    }
    let mut new_origin = None;
    if has_related {
        if is_origin_new {
            select(&rules::ORIGIN, &mut related);
        }
        let draft = related_fields(old_origin, query, &by_param, &related)?;
        let view = DraftView::new(&draft, false, rules::all());
        if !rules::accept_fields(&view, by_param[Param::RedirectUri as usize].is_some()) {
            return None;
        }
        new_origin = is_origin_new.then(|| origin(&view));
    }
    let origin = new_origin.as_deref().unwrap_or(old_origin);
    if origin.is_empty() {
        return None;
    }
    let mut text = String::with_capacity(capacity + origin.len() - old_origin.len().min(origin.len()));
    text.push_str(origin);
    text.push_str("/?");
    Query { values: &by_param, next: 0, is_first: true }.write(query, &mut text)?;
    Some(text)
}

/// More than the names and values of the fields in the address of a link.
const MAX_ADDRESS_LEN: usize = 300;

fn select(params: &[Param], selected: &mut Selected) {
    for param in params {
        selected[*param as usize] = true;
    }
}

/// Whether each field is selected.
type Selected = [bool; Param::ALL.len()];

/// The new value of each field.
type Values<'v> = [Option<&'v str>; Param::ALL.len()];

/// Creates a draft of the fields that are related to the new values.
fn related_fields(origin: &str, query: &str, values: &Values<'_>, related: &Selected) -> Option<Draft> {
    let mut draft = Draft::default();
    let mut push = |param: Param, text: &str| {
        draft.push(Entry::new(param.name().to_owned(), false, Value::Text(Text::Quoted(text.to_owned()))));
    };
    let is_kept = |param: Param| related[param as usize] && values[param as usize].is_none();
    let address = match TRUELAYER.iter().position(|server| *server == origin) {
        Some(environment) => (Param::Environment, ENVIRONMENTS[environment]),
        None => (Param::AuthServer, origin),
    };
    if is_kept(address.0) && !origin.is_empty() {
        push(address.0, address.1);
    }
    for (name, value) in pairs(query.as_bytes()) {
        if let Some(param) = std::str::from_utf8(name).ok().and_then(Param::from_name).filter(|param| is_kept(*param)) {
            push(param, &decode(value).ok()?);
        }
    }
    for param in Param::ALL {
        if let Some(value) = values[param as usize] {
            push(param, value);
        }
    }
    Some(draft)
}

/// The parameters of a link with new values.
struct Query<'v> {
    values: &'v Values<'v>,
    /// The index of the first field that is not yet written.
    next: usize,
    is_first: bool,
}

impl Query<'_> {
    /// Writes the parameters in their order. Returns `None` if they are not in order, or one that each link has is missing.
    fn write(mut self, query: &str, text: &mut String) -> Option<()> {
        let mut is_written = [false; Param::ALL.len()];
        let mut rest = query;
        while !rest.is_empty() {
            let (pair, after) = rest.split_at(find(rest.as_bytes(), b'&').unwrap_or(rest.len()));
            rest = after.strip_prefix('&').unwrap_or_default();
            let param = Param::from_name(&pair[..find(pair.as_bytes(), b'=')?]);
            // Unknown parameters precede those of one user.
            self.write_values(param.unwrap_or(Param::UserEmail) as usize, text)?;
            if let Some(param) = param {
                is_written[param as usize] = true;
                if self.values[param as usize].is_some() {
                    self.write_values(param as usize + 1, text)?;
                    continue;
                }
                self.next = param as usize + 1;
            }
            self.write_separator(text);
            text.push_str(pair);
        }
        self.write_values(Param::CodeChallengeMethod as usize, text)?;
        let is_present = |param: Param| is_written[param as usize] || self.values[param as usize].is_some();
        let is_needed = |param: Param| param.is_required() || param == Param::ResponseType;
        Param::ALL.into_iter().all(|param| !is_needed(param) || is_present(param)).then_some(())
    }

    /// Writes the new values of the fields before `end`; `None` if a later field is written already.
    fn write_values(&mut self, end: usize, text: &mut String) -> Option<()> {
        while self.next < end {
            let param = Param::ALL[self.next];
            if let Some(value) = self.values[self.next] {
                self.write_separator(text);
                text.push_str(param.name());
                text.push('=');
                encode(&Word::quoted(value).canonical(param), text);
            }
            self.next += 1;
        }
        (self.next == end).then_some(())
    }

    fn write_separator(&mut self, text: &mut String) {
        if !self.is_first {
            text.push('&');
        }
        self.is_first = false;
    }
}
