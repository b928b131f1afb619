//! Tests that the macro and the draft report the same errors for every compile-fail case.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use auth_link_rules::{Draft, Entry, LintLevel, Param, Rule, Text, Value};
use url::Url;

use crate::call_reader;

/// Cases whose error only the macro can find: the syntax of a call, and the environment of a build.
const ONLY_IN_MACRO: [&str; 10] = [
    "syntax-",
    "env-",
    "option_env-",
    "auth_server-unquoted",
    "providers-hyphen",
    "warning-",
    "braces-around-list",
    "braces-empty",
    "braces-list",
    "braces-struct",
];

fn ui() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui")
}

/// Returns the name of each case and the macro call in it.
fn cases() -> impl Iterator<Item = (String, String)> {
    let files = fs::read_dir(ui()).unwrap().map(|file| file.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).map(|path| {
        let call = call_reader::call(&fs::read_to_string(&path).unwrap()).to_string();
        (path.file_stem().unwrap().to_str().unwrap().to_owned(), call)
    })
}

#[test]
fn the_macro_reports_the_errors_of_the_rules() {
    let mut compared = 0;
    let mut rules = HashSet::new();
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui")).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.extension().is_none_or(|extension| extension != "rs")
            || ONLY_IN_MACRO.iter().any(|prefix| name.starts_with(prefix))
        {
            continue;
        }
        let call = call_reader::call(&fs::read_to_string(&path).unwrap());
        let draft =
            call_reader::draft(&call.to_string()).unwrap_or_else(|| panic!("{name} cannot be read without the macro"));
        let diagnostics = draft.check().expect_err(&name);
        let errors = diagnostics.iter().filter(|diagnostic| !diagnostic.is_warning());
        rules.extend(errors.clone().map(|diagnostic| diagnostic.rule().name));
        let mut by_draft: Vec<_> = errors.map(ToString::to_string).collect();
        let mut by_macro = messages(&fs::read_to_string(ui().join(name.clone() + ".stderr")).unwrap());
        by_draft.sort();
        by_macro.sort();
        assert_eq!(by_macro, by_draft, "{name}");
        compared += 1;
    }
    assert!(compared >= 120, "only {compared} cases were compared");
    // The tests in `catalogue.rs` have a catalogue, those in `builder.rs` build links at run time, and those of the macro have a
    // link that is too long.
    let elsewhere =
        ["provider_not_in_catalogue", "scope_not_offered", "compile_time_field_at_run_time", "oversized_link"];
    let needs_case = |rule: &Rule| rule.level != LintLevel::Warn && !elsewhere.contains(&rule.name);
    let without: Vec<_> = Rule::all().filter(|rule| needs_case(rule) && !rules.contains(rule.name)).collect();
    assert!(without.is_empty(), "rules without a case: {without:?}");
}

#[test]
fn a_pasted_link_is_checked_against_the_rules_of_fields() {
    let mut compared = 0;
    for (name, call) in cases() {
        let Some(draft) = call_reader::draft(&call) else { continue };
        let Some(values) = in_quotes(&draft) else { continue };
        let mut fields = Draft::default();
        for (name, text) in &values {
            fields.push(Entry::new(name.clone(), false, Value::Text(Text::Quoted(text.clone()))));
        }
        let is_sandbox = values.iter().any(|(_, text)| text.starts_with("sandbox-"));
        let environment = if is_sandbox { "-sandbox" } else { "" };
        let mut link = Url::parse(&format!("https://auth.truelayer{environment}.com/")).unwrap();
        link.query_pairs_mut().extend_pairs(&values);
        let mut pasted = Draft::default();
        pasted.paste(link.as_str());
        assert_eq!(errors(&pasted), errors(&fields), "{name}: {link}");
        compared += 1;
    }
    assert!(compared >= 80, "only {compared} cases were compared");
}

/// Returns the errors of a draft without those about repeated words, which a pasted link reports in its own way.
fn errors(draft: &Draft) -> Vec<String> {
    let diagnostics = draft.check().err().unwrap_or_default();
    let compared = diagnostics
        .iter()
        .filter(|diagnostic| !diagnostic.is_warning() && !diagnostic.rule().name.starts_with("duplicate_"));
    let mut errors: Vec<_> = compared.map(ToString::to_string).collect();
    errors.sort();
    errors
}

/// Returns the values of a draft as texts of a link; `None` if it has fields that no link has, or a repeated field.
fn in_quotes(draft: &Draft) -> Option<Vec<(String, String)>> {
    let in_url = |name: &str| Param::from_name(name).is_some_and(|param| param <= Param::CodeChallengeMethod);
    let mut values: Vec<(String, String)> = Vec::new();
    for Entry { name, quoted, value, .. } in draft.entries() {
        if *quoted || !in_url(name) || values.iter().any(|(seen, _)| seen == name) {
            return None;
        }
        let is_provider = name.contains("provider");
        let canonical = |text: &Text| match text {
            Text::Word(word) if is_provider => word.replace('_', "-"),
            Text::Word(text) | Text::Quoted(text) => text.clone(),
            Text::Invalid => String::new(),
        };
        let text = match value {
            Value::Text(text) => canonical(text),
            Value::List(items) => items.iter().map(canonical).collect::<Vec<_>>().join(" "),
            Value::Runtime => return None,
        };
        values.push((name.clone(), text));
    }
    Some(values)
}

/// Returns the messages of the errors in the output of the compiler.
fn messages(stderr: &str) -> Vec<String> {
    let mut messages: Vec<String> = Vec::new();
    for line in stderr.lines() {
        if let Some(message) = line.strip_prefix("error: ") {
            messages.push(message.to_owned());
        } else if let Some(help) = line.strip_prefix("       help: ") {
            messages.last_mut().unwrap().extend(["\nhelp: ", help]);
        }
    }
    messages
}
