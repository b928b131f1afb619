//! Draws the results as an SVG: `draw <results> <picture>`.
//!
//! The colours have a medium lightness, so that they are legible on light and on dark backgrounds.
#![forbid(unsafe_code)]

use auth_link_benches::Results;
use svg::Document;
use svg::node::element::{Rectangle, Style, Text, Title};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(from), Some(to)) = (arguments.next(), arguments.next()) else {
        return Err("expected the results and the picture to write".into());
    };
    let results: Results = serde_json::from_str(&std::fs::read_to_string(from)?)?;
    std::fs::write(to, format!("{}\n", picture(&results)))?;
    Ok(())
}

/// One group of bars: a column of some rows of a table.
struct Group {
    title: &'static str,
    table: &'static str,
    column: &'static str,
    /// Rows, and their names in the picture.
    bars: &'static [(&'static str, &'static str)],
}

const GROUPS: [Group; 4] = [
    Group {
        title: "one link with state and PKCE, ns",
        table: "begin",
        column: "ns",
        bars: &[
            ("begin_with_entropy", "auth-link, ChaCha12"),
            ("by hand, ChaCha12", "by hand, ChaCha12"),
            ("begin", "auth-link, system randomness"),
            ("by hand", "by hand, system randomness"),
            ("format! and percent-encoding", "format!, ChaCha12"),
            ("url", "url, ChaCha12"),
            ("oauth2", "oauth2, ChaCha12"),
            ("openidconnect", "openidconnect, ChaCha12"),
        ],
    },
    Group {
        title: "one callback checked, ns",
        table: "callback",
        column: "ns",
        bars: &[
            ("Callback and finish", "auth-link"),
            ("by hand, one pass", "by hand, one pass"),
            ("form_urlencoded", "form_urlencoded"),
            ("serde_urlencoded", "serde_urlencoded"),
        ],
    },
    Group {
        title: "cold cargo build of an application, CPU s",
        table: "build",
        column: "build, CPU s",
        bars: &[
            ("auth-link, no features", "auth-link, no features"),
            ("auth-link", "auth-link"),
            ("auth-link, begin and exchange", "auth-link, begin and exchange"),
            ("auth-link, all features", "auth-link, all features"),
            ("oauth2, no features", "oauth2, no features"),
            ("oauth2, begin and exchange", "oauth2, begin and exchange"),
            ("oauth2", "oauth2"),
            ("openidconnect", "openidconnect"),
        ],
    },
    Group {
        title: "one more macro call in a crate of 1,000, µs",
        table: "expansion",
        column: "1000 to 5000, us a call",
        bars: &[
            ("auth_link!", "auth_link!"),
            ("a bare syn macro", "a syn macro without checks"),
            ("datetime!", "time::macros::datetime!"),
            ("uuid!", "uuid::uuid!"),
            ("regex!", "lazy_regex::regex!"),
        ],
    },
];

const WIDTH: f64 = 860.0;
const LINE: f64 = 22.0;
const LABELS: f64 = 260.0;
/// The space after the longest bar, for its number.
const NUMBERS: f64 = 160.0;
/// The space above the bars of a group, for its title.
const HEAD: f64 = 36.0;

/// Draws all groups.
fn picture(results: &Results) -> Document {
    let mut document = Document::new()
        .set("role", "img")
        .add(Title::new("Costs of a link, a callback, a build and a macro call"))
        .add(Style::new(
            "text { font: 13px system-ui, sans-serif; fill: #808080 } .title { font-weight: 600 } .about { font-size: 11px } \
             .ours { fill: #2f8f5b } .other { fill: #8a93a6 }",
        ));
    let mut y = 0.0;
    for group in &GROUPS {
        let bars: Vec<_> = group
            .bars
            .iter()
            .filter_map(|&(row, name)| Some((row, name, results.get(group.table, row, group.column)?)))
            .collect();
        let Some(longest) = bars.iter().map(|(.., value)| *value).reduce(f64::max) else { continue };
        document = document.add(text(0.0, y + HEAD - 12.0, group.title).set("class", "title"));
        y += HEAD;
        for (row, name, value) in bars {
            let length = (WIDTH - LABELS - NUMBERS) * value / longest;
            let class = if name.starts_with("auth") { "ours" } else { "other" };
            let bar = Rectangle::new().set("x", LABELS).set("y", y + 3.0).set("height", LINE - 6.0);
            document = document
                .add(text(LABELS - 8.0, y + 16.0, name).set("text-anchor", "end"))
                .add(bar.set("width", (length * 10.0).round() / 10.0).set("class", class))
                .add(text((LABELS + length + 8.0).round(), y + 16.0, &label(results, group, row, value)));
            y += LINE;
        }
    }
    y += 24.0;
    for line in [["date", "machine", "compiler"].as_slice(), &["versions"], &["macros"]] {
        let facts: Vec<_> = line.iter().filter_map(|name| results.about.get(*name).map(String::as_str)).collect();
        document = document.add(text(0.0, y, &facts.join(", ")).set("class", "about"));
        y += 16.0;
    }
    document.set("viewBox", (0.0, 0.0, WIDTH, y)).set("width", WIDTH).set("height", y)
}

/// Returns the label of a bar: its value, and the number of allocations if it was counted.
fn label(results: &Results, group: &Group, row: &str, value: f64) -> String {
    let places = usize::from(value < 100.0 && group.table == "build");
    match results.get(group.table, row, "allocations") {
        Some(1.0) => format!("{value:.places$}, 1 allocation"),
        Some(allocations) => format!("{value:.places$}, {allocations} allocations"),
        None => format!("{value:.places$}"),
    }
}

fn text(x: f64, y: f64, text: &str) -> Text {
    Text::new(text).set("x", x).set("y", y)
}
