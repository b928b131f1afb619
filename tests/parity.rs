//! Every compile-fail case says by its draft what it says by the macro.

mod call_reader;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use auth_link_rules::{Draft, Entry, LintLevel, Param, Rule, Text, Value};
use url::Url;

/// Cases whose fault only the macro can see: the shape of a call, and what its environment holds.
const OF_THE_MACRO: [&str; 9] = [
    "syntax-",
    "env-",
    "option_env-",
    "crate-",
    "providers-hyphen",
    "warning-",
    "braces-around-list",
    "braces-empty",
    "braces-list",
];

fn ui() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui")
}

/// The name of each case and the macro call in it.
fn cases() -> impl Iterator<Item = (String, String)> {
    let files = fs::read_dir(ui()).unwrap().map(|file| file.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).map(|path| {
        let call = call_reader::call(&fs::read_to_string(&path).unwrap()).to_string();
        (path.file_stem().unwrap().to_str().unwrap().to_owned(), call)
    })
}

#[test]
fn the_macro_says_what_the_rules_say() {
    let mut compared = 0;
    let mut rules = HashSet::new();
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui")).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.extension().is_none_or(|extension| extension != "rs")
            || OF_THE_MACRO.iter().any(|of| name.starts_with(of))
        {
            continue;
        }
        let call = call_reader::call(&fs::read_to_string(&path).unwrap());
        let draft = call_reader::draft(&call.to_string()).unwrap_or_else(|| panic!("{name} is no plain call"));
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
    // What an application's own catalogue says is tested with one, in `catalogue.rs`, and what is only for running links in
    // `builder.rs`.
    let is_elsewhere =
        |rule: &Rule| rule.name.starts_with("catalogue_") || rule.name == "compile_time_field_at_run_time";
    let needs_case = |rule: &Rule| rule.level != LintLevel::Warn && !is_elsewhere(rule);
    let without: Vec<_> = Rule::all().filter(|rule| needs_case(rule) && !rules.contains(rule.name)).collect();
    assert!(without.is_empty(), "rules without a case: {without:?}");
}

#[test]
fn a_pasted_link_is_held_to_the_rules_of_fields() {
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

/// What is wrong with a draft by its words; that it says something twice is another matter in a pasted link.
fn errors(draft: &Draft) -> Vec<String> {
    let diagnostics = draft.check().err().unwrap_or_default();
    let alike = diagnostics
        .iter()
        .filter(|diagnostic| !diagnostic.is_warning() && !diagnostic.rule().name.ends_with("_repeated"));
    let mut errors: Vec<_> = alike.map(ToString::to_string).collect();
    errors.sort();
    errors
}

/// The values of a draft as the texts of a link; `None` where it has fields that no link has, or has twice.
fn in_quotes(draft: &Draft) -> Option<Vec<(String, String)>> {
    let in_url = |name: &str| Param::from_name(name).is_some_and(|param| param <= Param::CodeChallengeMethod);
    let mut values: Vec<(String, String)> = Vec::new();
    for Entry { name, quoted, value, .. } in draft.entries() {
        if *quoted || !in_url(name) || values.iter().any(|(seen, _)| seen == name) {
            return None;
        }
        let is_provider = name.contains("provider");
        let spell = |text: &Text| match text {
            Text::Word(word) if is_provider => word.replace('_', "-"),
            Text::Word(text) | Text::Quoted(text) => text.clone(),
            Text::Invalid => String::new(),
        };
        let text = match value {
            Value::Text(text) => spell(text),
            Value::List(items) => items.iter().map(spell).collect::<Vec<_>>().join(" "),
            Value::Runtime => return None,
        };
        values.push((name.clone(), text));
    }
    Some(values)
}

/// The texts of the errors in what the compiler said.
fn messages(stderr: &str) -> Vec<String> {
    let mut messages: Vec<String> = Vec::new();
    for line in stderr.lines() {
        if let Some(fault) = line.strip_prefix("error: ") {
            messages.push(fault.to_owned());
        } else if let Some(help) = line.strip_prefix("       help: ") {
            messages.last_mut().unwrap().extend(["\nhelp: ", help]);
        }
    }
    messages
}
