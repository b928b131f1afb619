//! The reference of rules: `docs/rules.md`, and a test of each example with the rules.

use std::fmt::Write;
use std::sync::Arc;

use auth_link_rules::{
    Catalogue, Diagnostic, Draft, Entry, LintLevel, Param, RULES_PAGE, Reference, Rule, Text, Value,
};

use crate::call_reader;

/// The values of the fields that an example leaves out.
const REQUIRED: [(Param, &str); 3] = [
    (Param::ClientId, "acme-7d2f1a"),
    (Param::RedirectUri, "https://app.example.com/callback"),
    (Param::Scope, "accounts"),
];

#[test]
fn each_wrong_example_breaks_its_rule_alone_and_each_right_example_none() {
    for (rule, Reference { wrong, right, .. }) in Rule::reference() {
        assert_eq!(broken(wrong), [rule.name], "{wrong}");
        assert_eq!(broken(right), [""; 0], "{}: {right}", rule.name);
    }
}

#[test]
fn each_rule_that_can_be_allowed_is_silent_once_it_is_allowed() {
    for (rule, Reference { wrong, .. }) in Rule::reference().filter(|(rule, _)| rule.level != LintLevel::Forbid) {
        let allowed = match wrong.strip_suffix(']').filter(|_| wrong.contains("allow = [")) {
            Some(wrong) => format!("{wrong}, {}]", rule.name),
            None => format!("{wrong},\nallow = [{}]", rule.name),
        };
        assert_eq!(broken(&allowed), [""; 0], "{allowed}");
    }
}

#[test]
fn each_entry_is_a_sentence_with_a_source() {
    for (rule, Reference { why, sources, wrong, right, .. }) in Rule::reference() {
        assert!(why.ends_with('.') && !sources.is_empty() && wrong != right, "{rule:?}");
    }
}

/// Returns the name of each rule that an example breaks, once.
fn broken(example: &str) -> Vec<&'static str> {
    let mut names: Vec<_> = diagnostics(example).iter().map(|diagnostic| diagnostic.rule().name).collect();
    names.dedup();
    names
}

fn diagnostics(example: &str) -> Vec<Diagnostic> {
    let result = if let Some(setters) = example.strip_prefix("AuthLink::builder()") {
        with_required(builder_draft(setters)).check_at_run_time()
    } else {
        // Enough letters for a link that is too long.
        let call = example.replace("a…", &"a".repeat(20_000));
        let draft = call_reader::draft(&call).unwrap_or_else(|| panic!("not a call: {example}"));
        // A pasted link is whole.
        let mut draft = if example.starts_with("\"https://") { draft } else { with_required(draft) };
        if example.contains("catalogue =") {
            draft.set_catalogue(Arc::new(catalogue()));
        }
        draft.check()
    };
    result.map_or_else(|diagnostics| diagnostics, |link| link.warnings)
}

/// Adds the required fields that an example leaves out.
fn with_required(mut draft: Draft) -> Draft {
    for (param, value) in REQUIRED {
        if draft.entries().iter().all(|entry| entry.name != param.name()) {
            draft.push(Entry::new(param.name().to_owned(), false, Value::Text(Text::Quoted(value.to_owned()))));
        }
    }
    draft
}

/// Returns the draft of `.set("name", "value")`.
fn builder_draft(setters: &str) -> Draft {
    let mut draft = Draft::default();
    for setter in setters.split(".set(").skip(1) {
        let texts: Vec<_> = setter.split('"').skip(1).step_by(2).map(str::to_owned).collect();
        let [name, value] = &texts[..] else { panic!("{setters}") };
        draft.push(Entry::new(name.clone(), false, Value::Text(Text::Quoted(value.clone()))));
    }
    draft
}

/// Returns the catalogue of the examples.
fn catalogue() -> Catalogue {
    Catalogue::from_json(include_str!("../apps/catalogue/providers.json")).unwrap()
}

/// The reference of rules, which the module `auth_link::rules` shows.
fn reference() -> String {
    let mut text = INTRODUCTION.to_owned();
    for (rule, Reference { why, .. }) in Rule::reference() {
        let first = why.split_once(". ").map_or(why, |(first, _)| first).trim_end_matches('.');
        writeln!(text, "| [`{0}`](#{0}) | {1} | {first} |", rule.name, level(rule.level)).unwrap();
    }
    for (rule, Reference { why, sources, wrong, right, .. }) in Rule::reference() {
        let name = rule.name;
        let sources: Vec<_> = sources.iter().map(ToString::to_string).collect();
        let sources = sources.join("; ");
        let allow = match rule.level {
            LintLevel::Forbid => "It cannot be allowed.".to_owned(),
            _ => format!("To allow it: `allow = [{name}]`, or `--allow {name}` on the command line."),
        };
        let level = level(rule.level);
        writeln!(text, "\n## `{name}`\n\nLevel: {level}. {why}\n\nSource: {sources}.\n").unwrap();
        writeln!(text, "```text\n// Wrong:\n{wrong}\n\n// Right:\n{right}\n```\n\n{allow}").unwrap();
    }
    text
}

fn level(level: LintLevel) -> &'static str {
    match level {
        LintLevel::Forbid => "error",
        LintLevel::Deny => "error that can be allowed",
        _ => "warning",
    }
}

const INTRODUCTION: &str = "\
The rules of a link. The macro applies them at compile time, the builder at run time, and the command `auth-link` to links in files.

A rule has one of three levels:

- **error**: the link cannot work, or TrueLayer's page or a standard forbids it. It cannot be allowed.
- **error that can be allowed**: the link probably does not work. At run time it is a warning.
- **warning**: the link may work.

`allow = [name]` in the macro allows an error of the second level, and silences a warning. Several names are a list:
`allow = [missing_required_scope, fixed_user_email]`. On the command line the option is `--allow name`, once for each rule.

Each example has the fields that matter for its rule. The other fields are valid. `aaaa…` stands for many more letters.

| rule | level | reason |
|---|---|---|
";

#[test]
fn the_reference_of_rules_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules.md");
    if std::env::var_os("AUTH_LINK_REGENERATE").is_some() {
        std::fs::write(path, reference()).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == reference(), "docs/rules.md is stale: run `tests/regenerate`");
}

#[test]
fn the_address_of_each_rule_is_a_heading_of_its_page() {
    let page = reference();
    for rule in Rule::all() {
        let url = rule.url();
        let name = url.strip_prefix(RULES_PAGE).unwrap().strip_prefix('#').unwrap();
        assert_eq!(page.matches(&format!("\n## `{name}`\n")).count(), 1, "{url}");
    }
    // The page is the module `rules` of the library.
    let library = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/lib.rs")).unwrap();
    assert!(library.contains("#[doc = include_str!(\"../docs/rules.md\")]\npub mod rules {}"), "{RULES_PAGE}");
}
