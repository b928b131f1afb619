//! Rules of fields in general: their names, their number, and the form of their values.

use std::collections::BTreeMap;

use crate::diagnostic::{Finding, Location, MAX_FINDINGS};
use crate::draft::{Entry, Text, Value};
use crate::suggestion::Suggestion;
use crate::text::{has_control, join};
use crate::view::DraftView;
use crate::vocabulary::parameter::{Param, Shape};
use crate::vocabulary::retired::{Retired, one_time, retired};
use crate::vocabulary::similar_field::similar_field;

/// A name without quotes is a parameter of TrueLayer's page or an option of this crate.
pub(crate) fn unknown_field(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    for (index, Entry { name, quoted, .. }) in view.unknown() {
        let has_own_rule = *quoted
            || Param::from_name(name).is_some()
            || name == "client_secret"
            || retired(name).is_some()
            || one_time(name).is_some();
        if has_own_rule {
            continue;
        }
        let finding = Finding::new(Location::Name(index), format!("unknown field `{name}`"));
        findings.push(match similar_field(name) {
            Some(field) => finding.suggest(Suggestion::Rename(field.to_owned())),
            None => finding.advise_for(
                format!("if TrueLayer has added it, write its name in quotes: `\"{name}\" = \"…\"`"),
                "remove it: it is not on TrueLayer's page",
            ),
        });
    }
}

/// A name in quotes is a parameter without rules here.
pub(crate) fn invalid_quoted_field(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    for (index, entry) in view.unknown() {
        if !entry.quoted || entry.pasted.is_some() {
            continue;
        }
        let (name, location) = (&entry.name, Location::Name(index));
        if name.is_empty() {
            let finding = Finding::new(location, "empty field name");
            findings.push(finding.advise("write the parameter's name, or remove the field"));
        } else if Param::from_name(name).is_some() {
            let finding = Finding::new(location, format!("unexpected quotes around `{name}`"));
            findings.push(finding.advise(format!("write `{name} = …`")));
        } else if has_control(name) || value_has_control(&entry.value) {
            let finding = Finding::new(location, format!("unexpected control character in `{name}`"));
            findings
                .push(finding.suggest(Suggestion::Remove).because("servers refuse control characters in parameters"));
        }
    }
}

fn value_has_control(value: &Value) -> bool {
    let has_control = |text: &Text| matches!(text, Text::Quoted(text) if has_control(text));
    match value {
        Value::Text(text) => has_control(text),
        Value::List(items) => items.iter().any(has_control),
        Value::Runtime => false,
    }
}

/// Parameters of older links have been replaced.
pub(crate) fn retired_field(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    for (index, entry) in view.unknown() {
        if let Some(retired) = retired(&entry.name)
            && !entry.quoted
        {
            let finding = Finding::new(Location::Name(index), format!("`{}` is retired", entry.name));
            findings.push(replacement(finding, retired));
        }
    }
}

/// Suggests the replacement of a retired parameter.
pub(super) fn replacement(finding: Finding, retired: Retired) -> Finding {
    match retired.providers {
        Some(providers) => finding.suggest(Suggestion::Set(Param::Providers, providers.to_owned())),
        None => finding.suggest(Suggestion::Remove).because("`state` and the code challenge replace it"),
    }
}

/// The client secret never leaves the server, but every user can read a link (RFC 6749 §2.3.1).
pub(crate) fn client_secret_in_link(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    for (index, entry) in view.unknown() {
        if entry.name == "client_secret" {
            let message = "unexpected `client_secret`: every user can read a link";
            findings.push(Finding::new(Location::Name(index), message).advise_for(
                "remove it, and replace the secret if the link was published; the exchange sends it: `LINK.client(secret)`",
                "remove it, and replace the secret if the link was published; only the exchange of the code sends it",
            ));
        }
    }
}

/// State and code challenge are new in each authorization (RFC 6749 §10.12, RFC 7636 §7.1).
pub(crate) fn fixed_one_time_parameter(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    for (index, entry) in view.unknown() {
        if let Some((rust, other)) = one_time(&entry.name)
            && !entry.is_dropped()
        {
            let message = format!("unexpected `{}`: a fixed value does not protect the user", entry.name);
            let finding = Finding::new(Location::Name(index), message);
            findings.push(finding.advise_for(format!("remove it: {rust}"), format!("remove it: {other}")));
        }
    }
}

/// A field is written once (RFC 6749 §3.1).
pub(crate) fn duplicate_field(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    if view.is_each_field_once {
        return;
    }
    // The first entry of each name, and the first one that differs from it.
    let mut earlier: BTreeMap<&str, (&Entry, Option<&Entry>)> = BTreeMap::new();
    for (index, param, entry) in view.fields() {
        // Other rules report a known name in quotes and a duplicate parameter of a pasted link.
        let has_own_rule = param.is_none() && (entry.pasted.is_some() || Param::from_name(&entry.name).is_some());
        let Some((first, other)) = earlier.get_mut(entry.name.as_str()) else {
            earlier.insert(&entry.name, (entry, None));
            continue;
        };
        let duplicate = if entry.repeats(first) { *other } else { Some(*first) };
        if !entry.repeats(first) {
            other.get_or_insert(entry);
        }
        let Some(duplicate) = duplicate.filter(|_| !has_own_rule && findings.len() <= MAX_FINDINGS) else { continue };
        let location = Location::Name(index);
        if param != Some(Param::Environment) || duplicate.pasted.is_none() {
            let finding = Finding::new(location, format!("duplicate `{}`", entry.name));
            let rules = if param == Some(Param::Allow) { merged_rules(view) } else { None };
            findings.push(match rules {
                Some(rules) => finding.suggest(Suggestion::Set(Param::Allow, rules)),
                None => finding.advise("keep one of the two"),
            });
        } else if duplicate.value.as_text() != entry.value.as_text() {
            let finding = Finding::new(location, "`environment` contradicts the link's host");
            findings.push(finding.suggest(Suggestion::Remove).because("the host of the link decides"));
        }
    }
}

/// Returns the rules of every `allow`, each once; `None` if none of them exists.
fn merged_rules(view: &DraftView<'_>) -> Option<String> {
    let mut rules: Vec<&str> = Vec::new();
    for word in view.words(Param::Allow) {
        let exists = view.rules.into_iter().flatten().any(|rule| rule.name == word.text);
        if exists && !rules.contains(&word.text) {
            rules.push(word.text);
        }
    }
    (!rules.is_empty()).then(|| join(&rules, " "))
}

/// TrueLayer's page marks these parameters as required.
pub(crate) fn missing_required_field(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    for param in Param::ALL {
        if !param.is_required() || view.has(param) || view.may_be_misspelled(param) || view.may_hide_parameters() {
            continue;
        }
        let (value, reason) = match param {
            Param::RedirectUri => ("https://…", "an address registered in Console"),
            Param::Scope => ("accounts balance", "the application may need other scopes"),
            _ => ("…", "the id that TrueLayer's Console shows"),
        };
        let finding = Finding::new(Location::Link, format!("missing `{}`", param.name())).for_field(param);
        findings.push(finding.suggest(Suggestion::Set(param, value.to_owned())).because(reason));
    }
}

/// A field that is written has a value.
pub(crate) fn empty_field(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    let is_blank = |item: &Text| matches!(item, Text::Quoted(text) if text.trim_matches(' ').is_empty());
    for (index, param, entry) in view.fields() {
        let Some(param) = param else { continue };
        let is_empty = match &entry.value {
            Value::Text(text) if param.is_list() => is_blank(text),
            Value::Text(text) => matches!(text, Text::Quoted(text) if text.is_empty()),
            Value::Runtime => false,
            Value::List(items) => items.iter().all(is_blank),
        };
        if is_empty {
            let finding = Finding::new(Location::Value(index), format!("empty `{}`", param.name()));
            findings.push(if param.is_required() {
                finding.advise("write its value")
            } else {
                finding.advise("write a value, or remove the field")
            });
        }
    }
}

/// A field that takes one value is not given a list.
pub(crate) fn list_for_single_value(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    for (index, param, entry) in view.fields() {
        if let Some(param) = param
            && !param.is_list()
            && matches!(&entry.value, Value::List(items) if !items.is_empty())
        {
            let message = format!("expected one value for `{}`, found a list", param.name());
            findings.push(Finding::new(Location::Value(index), message).advise("write one value, without brackets"));
        }
    }
}

/// A field without a vocabulary takes text in quotes.
pub(crate) fn unquoted_text(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    for (index, param, entry) in view.fields() {
        let takes_words = param.is_some_and(|param| param.shape() != Shape::Text);
        let is_another_error = param.is_none() && (!entry.quoted || Param::from_name(&entry.name).is_some());
        if takes_words || is_another_error {
            continue;
        }
        let mut check = |location, text: &Text| {
            if let Text::Word(word) = text {
                let finding = Finding::new(location, format!("expected text in quotes, found `{word}`"));
                findings.push(if param.is_some_and(Param::accepts_runtime_value) {
                    finding.advise(constant_help(&entry.name, word))
                } else {
                    finding.advise(format!("write `\"{word}\"`"))
                });
            }
        };
        match &entry.value {
            Value::Text(text) => check(Location::Value(index), text),
            // Another rule reports a list in place of one value.
            Value::List(_) if param.is_some() => {}
            Value::Runtime => {}
            Value::List(items) => {
                for (item, text) in items.iter().enumerate() {
                    check(Location::Item(index, item), text);
                }
            }
        }
    }
}

/// Returns the help for a constant or a variable in place of a text: braces make the call a `Result`.
fn constant_help(name: &str, word: &str) -> String {
    format!(
        "write the text in quotes, or `{name} = {{ {word} }}` for a value of run time; the call is then a `Result`, which a \
         `static` holds in a `LazyLock`"
    )
}

/// Options of the macro have no meaning for a link that is built at run time.
pub(crate) fn compile_time_field_at_run_time(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    for param in [Param::Catalogue, Param::Allow] {
        if let Some(index) = view.index(param)
            && !view.at_compile_time
        {
            let message = format!("unexpected `{}`, which only the macro takes", param.name());
            let finding = Finding::new(Location::Name(index), message).suggest(Suggestion::Remove);
            findings.push(finding.because("at run time, rules that can be allowed only warn"));
        }
    }
}

/// Braces are for values of a container or of one authorization; all other fields must be known at compile time.
pub(crate) fn runtime_value_for_compile_time_field(view: &DraftView<'_>, findings: &mut Vec<Finding>) {
    if !view.has_runtime_values {
        return;
    }
    for (index, param, entry) in view.fields() {
        let is_compile_time = param.map_or(entry.quoted, |param| !param.accepts_runtime_value());
        if !is_compile_time || !matches!(entry.value, Value::Runtime) {
            continue;
        }
        let example = match param.map(Param::shape) {
            Some(Shape::List) => "a list, `[one, another]`, or `env!(\"NAME\")`",
            Some(Shape::Word) => "a word, or leave it out",
            Some(Shape::Text) | None => "text in quotes, or `env!(\"NAME\")`",
        };
        let message = format!("unexpected braces for `{}`, which must be known at compile time", entry.name);
        findings.push(Finding::new(Location::Value(index), message).advise(format!("write {example}")));
    }
}
