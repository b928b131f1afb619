//! A shorter way to a link with new values: only the rules of these values run, and the link's text is copied around them.

use std::sync::Arc;

use crate::draft::{Draft, Entry, MAX_LINK_LEN, Text, Value};
use crate::rules;
use crate::stack_text::StackText;
use crate::uri::percent::{decode, encode, find, pairs};
use crate::view::{DraftView, Word};
use crate::vocabulary::environment::{ENVIRONMENTS, TRUELAYER};
use crate::vocabulary::parameter::Param;
use crate::write::origin;

/// Sets `values` in the text of a valid link as [`write`](crate::write::write) writes it, with its parameters in order. Returns `None`
/// if a value may have an error, or if a required one is missing: the whole link then has to be checked.
pub(crate) fn splice(link: &str, values: &[(Param, &str)]) -> Option<Arc<str>> {
    let server = TRUELAYER.iter().find(|server| link.starts_with(**server)).map_or(0, |server| server.len());
    let (address, query) = link.split_at(server + find(&link.as_bytes()[server..], b'?')?);
    let (old_origin, query) = (address.strip_suffix('/')?, &query[1..]);
    let mut length = link.len();
    let mut by_param = [None; Param::ALL.len()];
    let mut related = [false; Param::ALL.len()];
    // A link without an origin has one once its client id or its environment is known.
    let mut is_origin_new = old_origin.is_empty();
    let mut has_related = is_origin_new;
    for &(param, value) in values {
        if !param.accepts_runtime_value() || by_param[param as usize].replace(value).is_some() {
            return None;
        }
        length += param.name().len() + value.len();
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
    if values.is_empty() || length + MAX_ADDRESS_LEN > MAX_LINK_LEN || lacks_required(query, &by_param) {
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
    let mut text = StackText::new();
    text.push_str(origin);
    text.push_str("/?");
    write_query(query, &by_param, SENT, &mut text);
    Some(text.to_shared())
}

/// More than the names and values of the fields in the address of a link, and the characters between parameters.
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

/// Appends a query with the new values of the fields before `end`.
fn write_query(query: &str, values: &Values<'_>, end: usize, text: &mut StackText) {
    let Some(field) = (0..end).rev().find(|&field| values[field].is_some()) else {
        text.push_str(query);
        return;
    };
    let param = Param::ALL[field];
    let (before, after) = split_at_field(query, field);
    write_query(before, values, field, text);
    if !before.is_empty() || (0..field).any(|field| values[field].is_some()) {
        text.push_str("&");
    }
    text.push_str(param.name());
    text.push_str("=");
    encode(&Word::quoted(values[field].unwrap_or_default()).canonical(param), text);
    if !after.is_empty() {
        text.push_str("&");
        text.push_str(after);
    }
}

/// Returns the parameters before and after a field, whether or not the query contains it. Most new values are of one user: their
/// place is near the end.
fn split_at_field(query: &str, field: usize) -> (&str, &str) {
    let (mut before, mut after) = (query, "");
    while !before.is_empty() {
        let mut start = before.len();
        // A plain loop: these parameters are short.
        while start > 0 && before.as_bytes()[start - 1] != b'&' {
            start -= 1;
        }
        let parameter = &before[start..];
        let found = (0..SENT).rev().find(|&found| is_of(parameter, Param::ALL[found]));
        // Unknown parameters precede those of one user.
        if found.map_or(field >= Param::UserEmail as usize, |found| found < field) {
            break;
        }
        before = &before[..start.saturating_sub(1)];
        if found == Some(field) {
            break;
        }
        after = &query[start..];
    }
    (before, after)
}

/// Returns whether the first parameter of a query is the value of a field.
fn is_of(query: &str, param: Param) -> bool {
    let name = param.name();
    // A value contains no `=`: few names are compared.
    query.as_bytes().get(name.len()) == Some(&b'=') && query.starts_with(name)
}

/// Returns whether a link lacks a field that each link has. The other required fields are known at compile time.
fn lacks_required(query: &str, values: &Values<'_>) -> bool {
    let mut rest = query;
    for param in [Param::ClientId, Param::RedirectUri] {
        if is_of(rest, param) {
            rest = find(rest.as_bytes(), b'&').map_or("", |end| &rest[end + 1..]);
        } else if values[param as usize].is_none() {
            return true;
        }
    }
    false
}

/// The number of fields that are sent as they were written: the first ones.
const SENT: usize = Param::CodeChallengeMethod as usize;
