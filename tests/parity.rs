//! Every compile-fail case says by its draft what it says by the macro.

mod reader;

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use auth_link_rules::{Level, Rule};

/// Cases whose fault only the macro can see: the shape of a call, and what its environment holds.
const OF_THE_MACRO: [&str; 6] = ["syntax-", "env-", "option_env-", "crate-", "providers-hyphen", "warning-"];

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
        let call = reader::call(&fs::read_to_string(&path).unwrap());
        let draft = reader::draft(&call.to_string()).unwrap_or_else(|| panic!("{name} is no plain call"));
        let problems = draft.check().expect_err(&name);
        let errors = problems.iter().filter(|problem| !problem.is_warning());
        rules.extend(errors.clone().map(|problem| problem.rule().name));
        let mut by_draft: Vec<_> = errors.map(ToString::to_string).collect();
        let mut by_macro = messages(&fs::read_to_string(path.with_extension("stderr")).unwrap());
        by_draft.sort();
        by_macro.sort();
        assert_eq!(by_macro, by_draft, "{name}");
        compared += 1;
    }
    assert!(compared >= 120, "only {compared} cases were compared");
    let without: Vec<_> =
        Rule::all().filter(|rule| rule.level != Level::Warning && !rules.contains(rule.name)).collect();
    assert!(without.is_empty(), "rules without a case: {without:?}");
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
