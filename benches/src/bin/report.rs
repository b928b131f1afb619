//! Reads figures as lines of JSON; writes all of them to the file that is named, and prints the tables, each figure with its ratio
//! to the first row's, then the bounds.
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
        ("build", "oauth2, none"),
        ("expansion", "a bare syn macro"),
    ] {
        print(&results, table, base);
    }
    println!("\n| bound | | found | |\n|---|---|---|---|");
    let mut all_hold = true;
    for bound in BOUNDS {
        let Some(verdict) = bound.verdict(&results) else { continue };
        let holds = if verdict.holds { "holds" } else { "BEYOND" };
        println!("| {} | {} | {:.2} | {holds} |", bound.what, verdict.limit, verdict.found);
        all_hold &= verdict.holds;
    }
    Ok(if all_hold { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints a table, with what each figure is of the base row's in brackets.
fn print(results: &Results, table: &str, base: &str) {
    let columns = results.columns(table);
    if columns.is_empty() {
        return;
    }
    println!("\n| {table}, (of {base}) | {} |\n|---|{}", columns.join(" | "), "---|".repeat(columns.len()));
    for row in results.rows(table) {
        let cells = columns.iter().map(|column| {
            let Some(value) = results.get(table, row, column) else { return String::new() };
            let of = results.get(table, base, column).filter(|of| *of > 0.0);
            let ratio = of.map(|of| format!(" ({:.2})", value / of)).unwrap_or_default();
            format!("{}{ratio}", short(value))
        });
        println!("| {row} | {} |", cells.collect::<Vec<_>>().join(" | "));
    }
}

/// As many places as mean something.
fn short(value: f64) -> String {
    let places = if value.fract() == 0.0 || value >= 100.0 { 0 } else { 2 };
    format!("{value:.places$}")
}
