//! The table of fields: its reference in `docs/fields.md`, and a test over all rows. Each row has what the compiler cannot demand: a rule, a flag or a reason, a `with_…` method or a reason,
//! and values that the rules accept and refuse.

use std::collections::BTreeSet;

use auth_link_rules::{Draft, Entry, Flag, LintLevel, Param, Rule, Text, Value};

/// The fields that a `with_…` method does not set, though their values may be known only at run time, and why.
const WITHOUT_WITH: [(Param, &str); 3] = [
    (Param::ClientId, "it belongs to the application: a container sets it once, in braces"),
    (Param::RedirectUri, "it belongs to the application: a container sets it once, in braces"),
    (Param::Environment, "it belongs to the application: a container sets it once, in braces"),
];

/// The fields without values, and why.
const WITHOUT_VALUES: [(Param, &str); 1] = [(Param::Catalogue, "its value is a path, which only the macro reads")];

/// Checks a link with `value` for `param`, and valid values for the required fields; returns the rules that report something.
fn rules(param: Param, value: &str) -> Vec<&'static str> {
    let mut draft = Draft::default();
    for required in Param::ALL.into_iter().filter(|other| other.is_required() && *other != param) {
        draft.push(entry(required, required.valid_values()[0]));
    }
    draft.push(entry(param, value));
    let diagnostics = draft.check().map_or_else(|diagnostics| diagnostics, |link| link.warnings);
    let about = diagnostics.iter().filter(|diagnostic| diagnostic.field() == Some(param.name()));
    about.map(|diagnostic| diagnostic.rule().name).collect()
}

fn entry(param: Param, value: &str) -> Entry {
    Entry::new(param.name().to_owned(), false, Value::Text(Text::Quoted(value.to_owned())))
}

#[test]
fn each_field_has_values_that_a_rule_refuses_and_values_that_none_refuses() {
    for param in Param::ALL {
        if WITHOUT_VALUES.iter().any(|(without, _)| *without == param) {
            continue;
        }
        assert!(!param.valid_values().is_empty() && !param.invalid_values().is_empty(), "{param:?}");
        for value in param.invalid_values() {
            assert!(!rules(param, value).is_empty(), "{param:?}: no rule reports {value:?}");
        }
        let is_error = |name: &&str| Rule::all().any(|rule| rule.name == *name && rule.level == LintLevel::Forbid);
        for value in param.valid_values() {
            let refused: Vec<_> = rules(param, value).into_iter().filter(is_error).collect();
            // A sandbox id needs Mock Bank, and Mock Bank its group: other fields decide.
            let depends = ["uncovered_provider_id"];
            assert!(
                refused.iter().all(|name| depends.contains(name)),
                "{param:?}: {value:?} is refused by {refused:?}"
            );
        }
    }
}

#[test]
fn each_field_has_its_methods_its_flag_and_its_explanation_or_a_reason() {
    for param in Param::ALL {
        let has_reason = WITHOUT_WITH.iter().any(|(without, _)| *without == param);
        let needs_with = param.accepts_runtime_value() && !has_reason;
        assert_eq!(param.with_method().is_some(), needs_with, "{param:?}");
        if let Some(method) = param.with_method() {
            assert_eq!(method, format!("with_{}", param.name()));
        }
        let is_optional = param.is_in_url() && !param.is_required() && param.valid_values().len() != 1;
        assert!(!is_optional || !param.default_effect().is_empty(), "{param:?}: no effect of leaving it out");
        assert!(param.description().ends_with('.'), "{param:?}");
        match param.flag() {
            Flag::Flag(flag, value) => assert!(!flag.is_empty() && !value.is_empty(), "{param:?}"),
            Flag::Switch(flag, value) => {
                assert!(!flag.is_empty() && param.valid_values().contains(&value), "{param:?}");
            }
            Flag::NoFlag(reason) => assert!(!reason.is_empty(), "{param:?}"),
            _ => unreachable!("{param:?}"),
        }
    }
    let flags = Param::ALL.into_iter().filter_map(|param| match param.flag() {
        Flag::Flag(flag, _) | Flag::Switch(flag, _) => Some(flag),
        _ => None,
    });
    let flags: Vec<_> = flags.collect();
    assert_eq!(flags.iter().collect::<BTreeSet<_>>().len(), flags.len(), "a flag twice");
}

/// The reference of fields, which the documentation of the macro includes.
fn reference() -> String {
    let mut text = "| field | value | |\n|---|---|---|\n".to_owned();
    for param in Param::ALL {
        let required = if param.is_required() { "Required. " } else { "" };
        let row = format!("| `{}` | {} | {required}{} |\n", param.name(), param.value_form(), param.description());
        text.push_str(&row);
    }
    text + "| `\"name\"` | text | In quotes: a parameter that this crate does not know, sent unchanged. |\n"
}

#[test]
fn the_reference_of_fields_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/fields.md");
    if std::env::var_os("AUTH_LINK_REGENERATE").is_some() {
        std::fs::write(path, reference()).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == reference(), "docs/fields.md is stale: run `tests/regenerate`");
}
