//! Rules of the fields as such: which there are, how often, and how their values are written.

use crate::distance::nearest;
use crate::draft::{Entry, Text, Value};
use crate::link::Link;
use crate::param::Shape;
use crate::pasted::hides_fields;
use crate::problem::{Found, Level};
use crate::{Param, Place, Rule};

/// Parameters of older links, and what is written today.
pub(crate) const RETIRED: [(&str, &str); 7] = [
    ("nonce", "remove it; `state` and the code challenge, which `begin` adds, do its work"),
    ("enable_mock", "write `providers = [uk_cs_mock]`"),
    ("enable_oauth_providers", "write `providers = [uk_oauth_all]`"),
    ("enable_open_banking_providers", "write `providers = [uk_ob_all]`"),
    ("enable_credentials_sharing_providers", "write `providers = [uk_cs_mock]`, the last provider of this kind"),
    ("enable_credentials_sharing_providers_de", "write `providers = [de_ob_all]`"),
    ("enable_open_banking_providers_de", "write `providers = [de_ob_all]`"),
];

/// What only a sign-in has, and where it comes from.
const PER_SIGN_IN: [(&str, &str); 3] = [
    ("state", "remove it; `begin` makes a fresh one for each sign-in"),
    ("code_challenge", "remove it; `begin` makes a fresh one for each sign-in, `begin_with_challenge` takes your own"),
    ("code_verifier", "remove it; it stays with the application until the code is exchanged"),
];

pub(crate) fn answer(table: &[(&str, &'static str)], entry: &Entry) -> Option<&'static str> {
    table.iter().find(|&&(name, _)| name == entry.name).map(|&(_, help)| help)
}

/// The names that are no fields.
fn unknown<'l>(link: &'l Link<'_>) -> impl Iterator<Item = (Place, &'l Entry)> {
    link.unknown().map(|(index, entry)| (Place::Name(index), entry))
}

/// The values of known fields.
fn values<'l>(link: &'l Link<'_>) -> impl Iterator<Item = (usize, Param, &'l Value)> {
    link.fields().filter_map(|(index, param, entry)| Some((index, param?, &entry.value)))
}

/// A name without quotes is one of TrueLayer's parameters or of this crate's own fields.
pub(crate) fn field_unknown(link: &Link<'_>) -> Vec<Found> {
    let known = |entry: &Entry| {
        let name = entry.name.as_str();
        entry.quoted
            || Param::named(name).is_some()
            || name == "client_secret"
            || answer(&RETIRED, entry).or(answer(&PER_SIGN_IN, entry)).is_some()
    };
    unknown(link)
        .filter(|(_, entry)| !known(entry))
        .map(|(place, Entry { name, .. })| {
            let all = || Param::ALL.into_iter().map(Param::name);
            let plain = |name: &str| name.replace(['_', '-'], "").to_lowercase();
            let meant = all()
                .find(|param| plain(param) == plain(name))
                .or_else(|| nearest(name, all()))
                .or_else(|| all().find(|param| param.split('_').any(|part| part == name)));
            let help = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("a parameter that is not on TrueLayer's page goes in quotes: `\"{name}\" = \"…\"`"),
            };
            Found::new(place, format!("unknown field `{name}`"), help)
        })
        .collect()
}

/// A name in quotes is for a parameter that has no rules here.
pub(crate) fn field_name(link: &Link<'_>) -> Vec<Found> {
    unknown(link)
        .filter(|(_, entry)| entry.quoted && entry.pasted.is_none())
        .filter_map(|(place, entry)| {
            let name = &entry.name;
            if name.is_empty() {
                Some(Found::new(place, "empty field name", "write the parameter's name, or remove the field"))
            } else if Param::named(name).is_some() {
                Some(Found::new(place, format!("unexpected quotes around `{name}`"), format!("write `{name} = …`")))
            } else {
                let has_control = name.chars().any(char::is_control) || entry_has_control(entry);
                let help = "remove it: no server reads a control character in a parameter";
                has_control.then(|| Found::new(place, format!("unexpected control character in `{name}`"), help))
            }
        })
        .collect()
}

fn entry_has_control(entry: &Entry) -> bool {
    let has_control = |text: &Text| matches!(text, Text::Quoted(text) if text.chars().any(char::is_control));
    match &entry.value {
        Value::Text(text) => has_control(text),
        Value::List(items) => items.iter().any(has_control),
        Value::Later => false,
    }
}

/// Parameters of older links have been replaced.
pub(crate) fn field_retired(link: &Link<'_>) -> Vec<Found> {
    let retired = unknown(link).filter(|(_, entry)| !entry.quoted);
    let answered = retired.filter_map(|(place, entry)| Some((place, entry, answer(&RETIRED, entry)?)));
    answered.map(|(place, entry, help)| Found::new(place, format!("`{}` is retired", entry.name), help)).collect()
}

/// The client secret is for the server alone: a link passes through the user's browser (RFC 6749 §2.3.1).
pub(crate) fn field_secret(link: &Link<'_>) -> Vec<Found> {
    let help =
        "remove it, and replace the secret if this was ever published; the exchange sends it: `LINK.client(secret)`";
    unknown(link)
        .filter(|(_, entry)| entry.name == "client_secret")
        .map(|(place, _)| Found::new(place, "unexpected `client_secret`: every user can read a link", help))
        .collect()
}

/// State and code challenge are made for each sign-in (RFC 6749 §10.12, RFC 7636 §7.1).
pub(crate) fn field_per_sign_in(link: &Link<'_>) -> Vec<Found> {
    unknown(link)
        .filter(|(_, entry)| !entry.is_dropped())
        .filter_map(|(place, entry)| {
            let help = answer(&PER_SIGN_IN, entry)?;
            Some(Found::new(place, format!("unexpected `{}`: a fixed one protects nobody", entry.name), help))
        })
        .collect()
}

/// A field stands once (RFC 6749 §3.1).
pub(crate) fn field_duplicate(link: &Link<'_>) -> Vec<Found> {
    link.fields()
        // A known name in quotes, and what a pasted link says twice, is another rule's.
        .filter(|(_, param, entry)| param.is_some() || (entry.pasted.is_none() && Param::named(&entry.name).is_none()))
        .filter_map(|(index, param, entry)| {
            let earlier = &link.entries[..index];
            let first = earlier.iter().find(|earlier| earlier.name == entry.name && !entry.repeats(earlier))?;
            if param == Some(Param::Environment) && first.pasted.is_some() {
                let same = first.value.as_text() == entry.value.as_text();
                let help = "remove it: the host of the link says which";
                return (!same)
                    .then(|| Found::new(Place::Name(index), "`environment` is not that of the link's host", help));
            }
            Some(Found::new(Place::Name(index), format!("duplicate `{}`", entry.name), "keep one of the two"))
        })
        .collect()
}

/// TrueLayer's page marks three parameters as required.
pub(crate) fn field_missing(link: &Link<'_>) -> Vec<Found> {
    const REQUIRED: [(Param, &str); 3] = [
        (Param::ClientId, "add `client_id = \"…\"`, the id that TrueLayer's Console shows"),
        (Param::RedirectUri, "add `redirect_uri = \"https://…\"`, one of those registered in Console"),
        (Param::Scope, "add `scope = [accounts, balance]`, or what the application needs"),
    ];
    REQUIRED
        .into_iter()
        .filter(|&(param, _)| !link.has(param) && !link.is_lost(param) && !hides_fields(link))
        .map(|(param, help)| Found::new(Place::Link, format!("missing `{}`", param.name()), help).of(param))
        .collect()
}

/// A field that is written has a value.
pub(crate) fn field_empty(link: &Link<'_>) -> Vec<Found> {
    values(link)
        .filter(|(_, param, value)| match value {
            Value::Text(Text::Quoted(text)) if param.shape() == Shape::List => text.trim_matches(' ').is_empty(),
            Value::Text(Text::Quoted(text)) => text.is_empty(),
            Value::Text(_) | Value::Later => false,
            Value::List(items) => {
                items.iter().all(|item| matches!(item, Text::Quoted(text) if text.trim_matches(' ').is_empty()))
            }
        })
        .map(|(index, param, _)| {
            let required = matches!(param, Param::ClientId | Param::RedirectUri | Param::Scope);
            let help = if required { "write its value" } else { "write a value, or remove the field" };
            Found::new(Place::Value(index), format!("empty `{}`", param.name()), help)
        })
        .collect()
}

/// A field that takes one value is not given a list.
pub(crate) fn field_single(link: &Link<'_>) -> Vec<Found> {
    values(link)
        .filter(|(_, param, value)| {
            param.shape() != Shape::List && matches!(value, Value::List(items) if !items.is_empty())
        })
        .map(|(index, param, _)| {
            Found::new(
                Place::Value(index),
                format!("expected one value for `{}`, found a list", param.name()),
                "write one value, without brackets",
            )
        })
        .collect()
}

/// A field without a vocabulary of its own takes text in quotes.
pub(crate) fn field_text(link: &Link<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (index, param, entry) in link.fields() {
        let takes_words = param.is_some_and(|param| param.shape() != Shape::Text);
        let is_another_fault = param.is_none() && (!entry.quoted || Param::named(&entry.name).is_some());
        if takes_words || is_another_fault {
            continue;
        }
        let mut check = |place, text: &Text| {
            if let Text::Word(word) = text {
                let help = if param.is_some_and(Param::may_be_later) {
                    let name = &entry.name;
                    format!("write the text in quotes, or `{name} = {{ {word} }}` for what is known only at run time")
                } else {
                    format!("write `\"{word}\"`")
                };
                found.push(Found::new(place, format!("expected text in quotes, found `{word}`"), help));
            }
        };
        match &entry.value {
            Value::Text(text) => check(Place::Value(index), text),
            // A list where one value is expected is a fault by itself.
            Value::List(_) if param.is_some() => {}
            Value::Later => {}
            Value::List(items) => {
                items.iter().enumerate().for_each(|(item, text)| check(Place::Item(index, item), text));
            }
        }
    }
    found
}

/// What says how a link is compiled means nothing to one that is made while the application runs.
pub(crate) fn field_compiled(link: &Link<'_>) -> Vec<Found> {
    let compiled = [Param::Catalogue, Param::Allow].into_iter().filter_map(|param| Some((param, link.index(param)?)));
    compiled
        .filter(|_| !link.compiling)
        .map(|(param, index)| {
            let fault = format!("unexpected `{}`, which is for links that are compiled", param.name());
            Found::new(Place::Name(index), fault, "remove it; what may be meant, and what a catalogue says, only warns")
        })
        .collect()
}

/// What shapes the link is settled when compiling; braces are for what a container or a sign-in brings.
pub(crate) fn field_later(link: &Link<'_>) -> Vec<Found> {
    let later = link.fields().filter(|(.., entry)| matches!(entry.value, Value::Later));
    later
        .filter(|(_, param, entry)| param.map_or(entry.quoted, |param| !param.may_be_later()))
        .map(|(index, param, entry)| {
            let example = match param {
                Some(param) if param.is_list() => "a list, `[one, another]`, or `env!(\"NAME\")`",
                Some(param) if param.shape() == Shape::Word => "a word, or leave it out",
                _ => "text in quotes, or `env!(\"NAME\")`",
            };
            let fault = format!("unexpected braces for `{}`, which is settled when compiling", entry.name);
            Found::new(Place::Value(index), fault, format!("write {example}"))
        })
        .collect()
}

/// Only a rule that may be allowed can be.
pub(crate) fn allow_unknown(link: &Link<'_>) -> Vec<Found> {
    let allowable = || Rule::all().filter(|rule| rule.level == Level::Allowable).map(|rule| rule.name);
    link.words(Param::Allow)
        .iter()
        .filter(|word| !allowable().any(|name| name == word.text))
        .map(|word| {
            let all = || allowable().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let fault = match Rule::all().find(|rule| rule.name == word.text) {
                Some(Rule { name, level: Level::Warning, .. }) => format!("`{name}` only warns"),
                Some(Rule { name, .. }) => format!("`{name}` cannot be allowed"),
                None => format!("unknown rule `{}`", word.text),
            };
            let help = match nearest(word.text, allowable()) {
                Some(name) => format!("did you mean `{name}`?"),
                None if fault.ends_with("warns") => "write `#[allow(deprecated)]` on the item to silence it".to_owned(),
                None => format!("those that can be are {}", all()),
            };
            Found::new(word.place, fault, help)
        })
        .collect()
}
