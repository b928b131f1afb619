//! `auth-link check`: checks the links of files and prints their errors as drawings, JSON or annotations.

use serde_json::{Value, json};

use crate::args::{Check, Format};
use crate::find::links;
use crate::link_match::LinkMatch;
use crate::lint::{LintResult, lint};
use crate::lint_options::LintOptions;
use crate::output::{Failure, Outcome, note, print, print_command, print_failure, print_json};
use crate::position::Position;
use crate::render::draw;
use crate::sources::{Content, Sources, name, read, read_stdin};

/// A checked link.
struct CheckedLink {
    /// The position of the link; its name begins with `<` for a link that is in no file.
    position: Position,
    result: LintResult,
}

/// The results of one run.
#[derive(Default)]
struct Results {
    links: Vec<CheckedLink>,
    /// The number of files that were read.
    files: usize,
    /// The inputs that could not be read.
    failures: Vec<Failure>,
}

/// Runs the command.
///
/// # Errors
///
/// Returns an error if the catalogue cannot be read.
pub(crate) fn run(args: &Check) -> Result<Outcome, Failure> {
    let options = LintOptions::new(&args.lint)?;
    let mut sources = Sources::new(&args.inputs);
    let mut results = Results { failures: std::mem::take(&mut sources.failures), ..Results::default() };
    let single = sources.links.len() == 1;
    for (index, link) in sources.links.iter().enumerate() {
        let name = if single { "<link>".to_owned() } else { format!("<link {}>", index + 1) };
        results.add(link, &LinkMatch::whole(link, 0), &Position::start(&name), &options);
    }
    if sources.stdin {
        match read_stdin() {
            Ok((name, text)) => results.add_text(&text, name, true, &options),
            Err(failure) => results.failures.push(failure),
        }
    }
    for (path, is_named) in &sources.files {
        let shown = name(path);
        match read(path) {
            Ok(Content::Text(text)) => {
                results.files += 1;
                results.add_text(&text, &shown, *is_named, &options);
            }
            Ok(Content::Other(why)) if *is_named => note(&format!("note: `{shown}` is skipped: {why}")),
            Ok(Content::Other(_)) => {}
            Err(failure) => results.failures.push(failure),
        }
    }
    let format = if args.json { Format::Json } else { args.format };
    match format {
        Format::Text => results.draw(),
        Format::Github => results.annotate(),
        Format::Json => print_json(&results.json()),
    }
    results.failures.iter().for_each(print_failure);
    let (errors, warnings) = results.counts();
    let outcome = if errors > 0 || (warnings > 0 && args.deny_warnings) { Outcome::Findings } else { Outcome::Success };
    Ok(if results.failures.is_empty() { outcome } else { Outcome::Failed })
}

impl Results {
    /// Checks the links of a text.
    fn add_text(&mut self, text: &str, name: &str, is_named: bool, options: &LintOptions) {
        let mut links = links(text);
        let line = text.trim();
        if links.is_empty() && name == "<stdin>" && !line.is_empty() && !line.contains(char::is_whitespace) {
            // A single word on the standard input is a link, valid or not.
            links = vec![LinkMatch::whole(line, text.len() - text.trim_start().len())];
        }
        if links.is_empty() && is_named {
            note(&format!("note: `{name}` has no auth link"));
        }
        let (mut position, mut offset) = (Position::start(name), 0);
        for link in &links {
            position = position.within(&text[offset..], link.range.start - offset);
            offset = link.range.start;
            self.add(text, link, &position, options);
        }
    }

    /// Checks one link of a text.
    fn add(&mut self, text: &str, link: &LinkMatch, position: &Position, options: &LintOptions) {
        match lint(text, link, options) {
            Ok(result) => self.links.push(CheckedLink { position: position.clone(), result }),
            Err(failure) => self.failures.push(failure.at(position)),
        }
    }

    /// Returns the numbers of errors and warnings.
    fn counts(&self) -> (usize, usize) {
        let reports = || self.links.iter().flat_map(|link| &link.result.reports);
        let warnings = reports().filter(|report| report.is_warning).count();
        (reports().count() - warnings, warnings)
    }

    /// Prints the drawings.
    fn draw(&self) {
        for CheckedLink { position, result } in &self.links {
            for report in &result.reports {
                print(&(draw(report, &result.shown, position) + "\n"));
            }
        }
        if self.has_summary() {
            print(&self.summary());
        }
    }

    /// Returns whether any input was read.
    fn has_summary(&self) -> bool {
        self.failures.is_empty() || self.files > 0 || !self.links.is_empty()
    }

    /// Returns the last line of the output.
    fn summary(&self) -> String {
        let count = |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
        if self.links.is_empty() {
            return format!("no auth link, {} read", count(self.files, "file"));
        }
        let mut text = match self.counts() {
            (0, 0) => "no errors".to_owned(),
            (errors, 0) => count(errors, "error"),
            (0, warnings) => count(warnings, "warning"),
            (errors, warnings) => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
        };
        text.extend([" in ", &count(self.links.len(), "auth link")]);
        if self.files > 0 {
            text.extend([", ", &count(self.files, "file"), " read"]);
        }
        match self.links.iter().map(|link| link.result.placeholders).sum() {
            0 => {}
            placeholders => text.extend(["; ", &count(placeholders, "placeholder"), " not checked"]),
        }
        text
    }

    /// Prints the annotations.
    fn annotate(&self) {
        for CheckedLink { position, result } in &self.links {
            for report in &result.reports {
                let start = position.within(&result.shown, report.range.start);
                let end = position.within(&result.shown, report.range.end.max(report.range.start));
                // A link of the command line is in no file.
                let properties = if position.name.starts_with('<') {
                    String::new()
                } else {
                    let (file, line) = (escape_property(&position.name), start.line);
                    format!("file={file},line={line},col={},endColumn={},", start.column, end.column)
                };
                let title = escape_property(&format!("auth-link: {}", report.rule));
                let help = report.help.iter().map(|help| format!("\nhelp: {help}"));
                let message = report.message.clone() + &help.collect::<String>();
                print_command(&format!("::{} {properties}title={title}::{}", report.level(), escape(&message)));
            }
        }
        if self.has_summary() {
            note(&self.summary());
        }
    }

    /// Returns the results as JSON.
    fn json(&self) -> Value {
        let links = self.links.iter().map(|CheckedLink { position, result }| {
            let diagnostics = result.reports.iter().map(|report| {
                let start = position.within(&result.shown, report.range.start);
                json!({
                    "level": report.level(),
                    "rule": report.rule,
                    "field": report.field,
                    "message": report.message,
                    "help": report.help,
                    "line": start.line,
                    "column": start.column,
                    "text": result.shown.get(report.range.clone()).unwrap_or_default(),
                })
            });
            json!({
                "source": position.name,
                "line": position.line,
                "column": position.column,
                "link": result.shown,
                "placeholders": result.placeholders,
                "diagnostics": diagnostics.collect::<Vec<_>>(),
            })
        });
        let (errors, warnings) = self.counts();
        let links: Vec<_> = links.collect();
        json!({ "errors": errors, "warnings": warnings, "files": self.files, "links": links })
    }
}

/// Escapes the message of a workflow command.
fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a workflow command.
fn escape_property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}
