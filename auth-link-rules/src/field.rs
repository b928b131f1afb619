//! Rules of the fields as such: which there are, how often, and how their values are written.

use crate::distance::nearest;
use crate::draft::{Entry, Text, Value};
use crate::link::Link;
use crate::param::Shape;
use crate::pasted::hides_fields;
use crate::problem::{Found, Level};
use crate::table::{answer, joined};
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

/// A name without quotes is one of TrueLayer's parameters or of this crate's own fields.
pub(crate) fn field_unknown(link: &Link<'_>, found: &mut Vec<Found>) {
    for (index, Entry { name, quoted, .. }) in link.unknown() {
        let is_known = *quoted
            || Param::named(name).is_some()
            || name == "client_secret"
            || answer(&RETIRED, name).or(answer(&PER_SIGN_IN, name)).is_some();
        if !is_known {
            let help = match meant(name) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("a parameter that is not on TrueLayer's page goes in quotes: `\"{name}\" = \"…\"`"),
            };
            found.push(Found::new(Place::Name(index), format!("unknown field `{name}`"), help));
        }
    }
}

/// The field that a name may have been meant for.
fn meant(name: &str) -> Option<&'static str> {
    let plain = |name: &str| name.replace(['_', '-'], "").to_lowercase();
    let mut all = Vec::new();
    for param in Param::ALL {
        if plain(param.name()) == plain(name) {
            return Some(param.name());
        }
        all.push(param.name());
    }
    let has_part = |param: &&&str| param.split('_').any(|part| part == name);
    nearest(name, &all).or_else(|| all.iter().find(has_part)).copied()
}

/// A name in quotes is for a parameter that has no rules here.
pub(crate) fn field_name(link: &Link<'_>, found: &mut Vec<Found>) {
    for (index, entry) in link.unknown() {
        if !entry.quoted || entry.pasted.is_some() {
            continue;
        }
        let (name, place) = (&entry.name, Place::Name(index));
        if name.is_empty() {
            found.push(Found::new(place, "empty field name", "write the parameter's name, or remove the field"));
        } else if Param::named(name).is_some() {
            found.push(Found::new(place, format!("unexpected quotes around `{name}`"), format!("write `{name} = …`")));
        } else if has_control(name) || value_has_control(&entry.value) {
            let help = "remove it: no server reads a control character in a parameter";
            found.push(Found::new(place, format!("unexpected control character in `{name}`"), help));
        }
    }
}

fn has_control(text: &str) -> bool {
    text.chars().any(char::is_control)
}

fn value_has_control(value: &Value) -> bool {
    let has_control = |text: &Text| matches!(text, Text::Quoted(text) if has_control(text));
    match value {
        Value::Text(text) => has_control(text),
        Value::List(items) => items.iter().any(has_control),
        Value::Later => false,
    }
}

/// Parameters of older links have been replaced.
pub(crate) fn field_retired(link: &Link<'_>, found: &mut Vec<Found>) {
    for (index, entry) in link.unknown() {
        if let Some(help) = answer(&RETIRED, &entry.name)
            && !entry.quoted
        {
            found.push(Found::new(Place::Name(index), format!("`{}` is retired", entry.name), help));
        }
    }
}

/// The client secret is for the server alone: a link passes through the user's browser (RFC 6749 §2.3.1).
pub(crate) fn field_secret(link: &Link<'_>, found: &mut Vec<Found>) {
    let help =
        "remove it, and replace the secret if this was ever published; the exchange sends it: `LINK.client(secret)`";
    for (index, entry) in link.unknown() {
        if entry.name == "client_secret" {
            let fault = "unexpected `client_secret`: every user can read a link";
            found.push(Found::new(Place::Name(index), fault, help));
        }
    }
}

/// State and code challenge are made for each sign-in (RFC 6749 §10.12, RFC 7636 §7.1).
pub(crate) fn field_per_sign_in(link: &Link<'_>, found: &mut Vec<Found>) {
    for (index, entry) in link.unknown() {
        if let Some(help) = answer(&PER_SIGN_IN, &entry.name)
            && !entry.is_dropped()
        {
            let fault = format!("unexpected `{}`: a fixed one protects nobody", entry.name);
            found.push(Found::new(Place::Name(index), fault, help));
        }
    }
}

/// A field stands once (RFC 6749 §3.1).
pub(crate) fn field_duplicate(link: &Link<'_>, found: &mut Vec<Found>) {
    for (index, param, entry) in link.fields() {
        // A known name in quotes, and what a pasted link says twice, is another rule's.
        if param.is_none() && (entry.pasted.is_some() || Param::named(&entry.name).is_some()) {
            continue;
        }
        let is_first = |earlier: &&Entry| earlier.name == entry.name && !entry.repeats(earlier);
        let Some(first) = link.entries[..index].iter().find(is_first) else { continue };
        let place = Place::Name(index);
        if param != Some(Param::Environment) || first.pasted.is_none() {
            found.push(Found::new(place, format!("duplicate `{}`", entry.name), "keep one of the two"));
        } else if first.value.as_text() != entry.value.as_text() {
            let help = "remove it: the host of the link says which";
            found.push(Found::new(place, "`environment` is not that of the link's host", help));
        }
    }
}

/// TrueLayer's page marks three parameters as required.
pub(crate) fn field_missing(link: &Link<'_>, found: &mut Vec<Found>) {
    const REQUIRED: [(Param, &str); 3] = [
        (Param::ClientId, "add `client_id = \"…\"`, the id that TrueLayer's Console shows"),
        (Param::RedirectUri, "add `redirect_uri = \"https://…\"`, one of those registered in Console"),
        (Param::Scope, "add `scope = [accounts, balance]`, or what the application needs"),
    ];
    for &(param, help) in &REQUIRED {
        if !link.has(param) && !link.is_lost(param) && !hides_fields(link) {
            found.push(Found::new(Place::Link, format!("missing `{}`", param.name()), help).of(param));
        }
    }
}

/// A field that is written has a value.
pub(crate) fn field_empty(link: &Link<'_>, found: &mut Vec<Found>) {
    let is_blank = |item: &Text| matches!(item, Text::Quoted(text) if text.trim_matches(' ').is_empty());
    for (index, param, entry) in link.fields() {
        let Some(param) = param else { continue };
        let is_empty = match &entry.value {
            Value::Text(text) if param.is_list() => is_blank(text),
            Value::Text(text) => matches!(text, Text::Quoted(text) if text.is_empty()),
            Value::Later => false,
            Value::List(items) => items.iter().all(is_blank),
        };
        if is_empty {
            let required = matches!(param, Param::ClientId | Param::RedirectUri | Param::Scope);
            let help = if required { "write its value" } else { "write a value, or remove the field" };
            found.push(Found::new(Place::Value(index), format!("empty `{}`", param.name()), help));
        }
    }
}

/// A field that takes one value is not given a list.
pub(crate) fn field_single(link: &Link<'_>, found: &mut Vec<Found>) {
    for (index, param, entry) in link.fields() {
        if let Some(param) = param
            && !param.is_list()
            && matches!(&entry.value, Value::List(items) if !items.is_empty())
        {
            let fault = format!("expected one value for `{}`, found a list", param.name());
            found.push(Found::new(Place::Value(index), fault, "write one value, without brackets"));
        }
    }
}

/// A field without a vocabulary of its own takes text in quotes.
pub(crate) fn field_text(link: &Link<'_>, found: &mut Vec<Found>) {
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
                for (item, text) in items.iter().enumerate() {
                    check(Place::Item(index, item), text);
                }
            }
        }
    }
}

/// What says how a link is compiled means nothing to one that is made while the application runs.
pub(crate) fn field_compiled(link: &Link<'_>, found: &mut Vec<Found>) {
    for param in [Param::Catalogue, Param::Allow] {
        if let Some(index) = link.index(param)
            && !link.compiling
        {
            let fault = format!("unexpected `{}`, which is for links that are compiled", param.name());
            let help = "remove it; what may be meant, and what a catalogue says, only warns";
            found.push(Found::new(Place::Name(index), fault, help));
        }
    }
}

/// What shapes the link is settled when compiling; braces are for what a container or a sign-in brings.
pub(crate) fn field_later(link: &Link<'_>, found: &mut Vec<Found>) {
    for (index, param, entry) in link.fields() {
        let is_settled = param.map_or(entry.quoted, |param| !param.may_be_later());
        if !is_settled || !matches!(entry.value, Value::Later) {
            continue;
        }
        let example = match param {
            Some(param) if param.is_list() => "a list, `[one, another]`, or `env!(\"NAME\")`",
            Some(param) if param.shape() == Shape::Word => "a word, or leave it out",
            _ => "text in quotes, or `env!(\"NAME\")`",
        };
        let fault = format!("unexpected braces for `{}`, which is settled when compiling", entry.name);
        found.push(Found::new(Place::Value(index), fault, format!("write {example}")));
    }
}

/// Only a rule that may be allowed can be.
pub(crate) fn allow_unknown(link: &Link<'_>, found: &mut Vec<Found>) {
    let words = link.words(Param::Allow);
    if words.is_empty() {
        return;
    }
    let mut allowable = Vec::new();
    for rule in Rule::all() {
        if rule.level == Level::Allowable {
            allowable.push(rule.name);
        }
    }
    for word in words {
        if allowable.contains(&word.text) {
            continue;
        }
        let fault = match Rule::all().find(|rule| rule.name == word.text) {
            Some(Rule { name, level: Level::Warning, .. }) => format!("`{name}` only warns"),
            Some(Rule { name, .. }) => format!("`{name}` cannot be allowed"),
            None => format!("unknown rule `{}`", word.text),
        };
        let help = match nearest(word.text, &allowable) {
            Some(name) => format!("did you mean `{name}`?"),
            None if fault.ends_with("warns") => "write `#[allow(deprecated)]` on the item to silence it".to_owned(),
            None => format!("those that can be are `{}`", joined(&allowable, "`, `")),
        };
        found.push(Found::new(word.place, fault, help));
    }
}
