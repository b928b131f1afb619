//! Reads figures as lines of JSON from standard input and writes them to a file: `report <results>`. Prints the tables, each figure
//! with its ratio to the base row, and the bounds.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use auth_link_benches::{BOUNDS, Results};

fn main() -> std::io::Result<ExitCode> {
    let file = std::env::args().nth(1).expect("the first argument is the file to write");
    let results = Results::read(std::io::stdin().lock())?;
    std::fs::write(file, serde_json::to_string_pretty(&results)? + "\n")?;

    for (name, text) in &results.about {
        println!("{name}: {text}");
    }
    for (table, base) in [
        ("begin", "by hand"),
        ("callback", "by hand, one pass"),
        ("build", "oauth2, begin and exchange"),
        ("expansion", "a bare syn macro"),
    ] {
        print_table(&results, table, base);
    }
    if results.rows("build").contains(&"auth-link, no features") {
        println!("\n`auth-link, no features` lacks the exchange of the code, which each application with oauth2 has.");
    }
    println!("\n| value | bound | measured | |\n|---|---|---|---|");
    let mut all_met = true;
    for bound in BOUNDS {
        let Some(outcome) = bound.outcome(&results) else { continue };
        let result = if outcome.is_met { "met" } else { "NOT MET" };
        println!("| {} | {} | {:.2} | {result} |", bound.name, outcome.limit, outcome.value);
        all_met &= outcome.is_met;
    }
    Ok(if all_met { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints a table. Each figure is followed by its ratio to the base row.
fn print_table(results: &Results, table: &str, base: &str) {
    let columns = results.columns(table);
    if columns.is_empty() {
        return;
    }
    println!("\n| {table} (ratio to {base}) | {} |\n|---|{}", columns.join(" | "), "---|".repeat(columns.len()));
    for row in results.rows(table) {
        let cells = columns.iter().map(|column| {
            let Some(value) = results.get(table, row, column) else { return String::new() };
            let divisor = results.get(table, base, column).filter(|divisor| *divisor > 0.0);
            let ratio = divisor.map(|divisor| format!(" ({:.2})", value / divisor)).unwrap_or_default();
            format!("{}{ratio}", format_value(value))
        });
        println!("| {row} | {} |", cells.collect::<Vec<_>>().join(" | "));
    }
}

/// Formats a figure with its significant decimal places.
fn format_value(value: f64) -> String {
    let places = if value.fract() == 0.0 || value >= 100.0 { 0 } else { 2 };
    format!("{value:.places$}")
}
