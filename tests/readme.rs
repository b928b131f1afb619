//! The README: its length, its snippet, its error and its figures are those of the repository.

#[allow(dead_code)] // No test here reads a file.
#[path = "library/call_reader.rs"]
mod call_reader;

use std::fs;
use std::path::Path;

const README: &str = include_str!("../README.md");

/// Returns a file of the repository.
fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Returns the blocks of code that begin with this line.
fn blocks(fence: &str) -> Vec<&'static str> {
    let fence = format!("```{fence}\n");
    README.split(&fence).skip(1).map(|block| block.split_once("```").unwrap().0).collect()
}

#[test]
fn the_readme_has_at_most_200_lines() {
    assert!(README.lines().count() <= 200, "{} lines", README.lines().count());
}

#[test]
fn the_snippet_is_the_text_of_the_axum_recipe() {
    let recipe = read("examples/recipes/axum/src/main.rs");
    let [snippet] = blocks("rust,ignore")[..] else { panic!("expected one snippet") };
    let parts: Vec<_> = snippet.split("// …\n").collect();
    assert_eq!(parts.len(), 2);
    for part in parts {
        assert!(part.lines().count() >= 4 && recipe.contains(part), "this is not in the recipe:\n{part}");
    }
}

#[test]
fn the_number_of_lines_is_the_one_of_the_recipe() {
    let recipe = read("examples/recipes/axum/src/main.rs");
    let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
    let count = recipe.lines().filter(is_code).count();
    assert!(README.contains(&format!("of {count} lines.")), "the recipe has {count} lines");
    let quick_start = read("docs/guide/quick_start.md");
    assert!(quick_start.contains(&format!("in {count} lines")), "the recipe has {count} lines");
}

#[test]
fn the_error_is_the_one_of_the_link_with_other_providers() {
    let call = blocks("rust")[0].split_once("auth_link!(\n").unwrap().1.split_once(");").unwrap().0;
    let wrong = call.replace("[uk_ob_all, uk_oauth_all]", "[uk_oauth_all]");
    let check = |fields: &str| call_reader::draft(fields).unwrap().check().err().unwrap_or_default();
    assert_eq!(check(call).len(), 0);
    let [diagnostic] = &check(&wrong)[..] else { panic!("expected one error") };
    let text = diagnostic.to_string();
    let (message, help) = text.split_once('\n').unwrap();
    let expected = format!("error: {message}\n       {help}\n");
    let block = blocks("text")[0];
    assert!(block.starts_with(&expected), "expected:\n{expected}");
    let line = blocks("rust")[0].lines().position(|line| line.contains("provider_id")).unwrap() + 1;
    assert!(block.contains(&format!("src/bank.rs:{line}:19\n")), "the error is in line {line}");
}

#[test]
fn each_figure_is_the_measured_one() {
    let results: serde_json::Value = serde_json::from_str(&read("benches/results.json")).unwrap();
    let figure = |table: &str, row: &str, column: &str| {
        let figures = results["figures"].as_array().unwrap().iter();
        let values =
            figures.filter(|figure| figure["table"] == table && figure["row"] == row && figure["column"] == column);
        // Of several repetitions, the least counts.
        let least = values.filter_map(|figure| figure["value"].as_f64()).reduce(f64::min);
        least.unwrap_or_else(|| panic!("{table}, {row}, {column}"))
    };
    let packages = |row: &str| {
        format!("{}, of which {} linked", figure("build", row, "packages"), figure("build", row, "packages linked"))
    };
    let begin = |row: &str| {
        let count = figure("begin", row, "allocations");
        let noun = if count > 1.0 { "allocations" } else { "allocation" };
        format!("{:.0} ns, {count} {noun}", figure("begin", row, "ns"))
    };
    let build = |row: &str| format!("{:.0} s of CPU time", figure("build", row, "build, CPU s"));
    let versions = results["about"]["versions"].as_str().unwrap();
    let oauth2 = versions.split(", ").find(|version| version.starts_with("oauth2 ")).unwrap();
    for line in [
        format!("| | auth-link | {oauth2} | command |"),
        format!(
            "| packages, without default features | {} | {} | `benches/build` |",
            packages("auth-link, no features"),
            packages("oauth2, no features")
        ),
        format!(
            "| packages, with default features | {} | {} | `benches/build` |",
            packages("auth-link"),
            packages("oauth2")
        ),
        format!(
            "| a first `cargo build`, begin and exchange | {} | {} | `benches/build` |",
            build("auth-link, begin and exchange"),
            build("oauth2, begin and exchange")
        ),
        format!("| begin an authorization | {} | {} | `benches/run` |", begin("begin"), begin("oauth2")),
        format!(
            "| begin one with the user's email address | {} | {} | `benches/run` |",
            begin("with_user_email and begin"),
            begin("oauth2 with an email")
        ),
    ] {
        assert!(README.lines().any(|readme| readme == line), "not in the README: {line}");
    }
}
