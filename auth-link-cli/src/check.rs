//! `auth-link check`: the faults of links, drawn, as JSON, or as annotations.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::args::{Check, Format};
use crate::catalogue;
use crate::find::{LinkMatch, links};
use crate::lint::{LintOptions, LintResult, lint};
use crate::output::{Failure, Outcome, fail, note, say};
use crate::render::{Position, draw};
use crate::sources::{Content, Sources, name, read, read_stdin};

/// A link and what is wrong with it.
struct Report {
    /// Where the link begins; the name is empty for one that was written on the command line.
    position: Position,
    judged: LintResult,
}

/// All that was found.
#[derive(Default)]
struct Reports {
    links: Vec<Report>,
    /// How many files were read.
    files: usize,
    /// What could not be read.
    failures: Vec<Failure>,
}

impl LintOptions {
    /// What the command line says.
    ///
    /// # Errors
    ///
    /// The catalogue cannot be read.
    pub(crate) fn of(allow: &[String], catalogue: Option<&str>) -> Result<Self, Failure> {
        let catalogue =
            catalogue.map(|path| catalogue::read(path).map(|list| Arc::new(list.catalogue()))).transpose()?;
        Ok(Self { allow: allow.to_vec(), catalogue })
    }
}

/// Runs the command.
///
/// # Errors
///
/// The catalogue cannot be read.
pub(crate) fn run(args: &Check) -> Result<Outcome, Failure> {
    let options = LintOptions::of(&args.options.allow, args.options.catalogue.as_deref())?;
    let mut sources = Sources::of(&args.inputs);
    let mut reports = Reports { failures: std::mem::take(&mut sources.failures), ..Reports::default() };
    let single = sources.links.len() == 1;
    for (index, link) in sources.links.iter().enumerate() {
        let name = if single { "<link>".to_owned() } else { format!("<link {}>", index + 1) };
        reports.add(link, &LinkMatch::whole(link, 0), &Position::start(&name), &options);
    }
    if sources.stdin {
        match read_stdin() {
            Ok((name, text)) => reports.text(&text, false, name, true, &options),
            Err(failure) => reports.failures.push(failure),
        }
    }
    for (path, named) in &sources.files {
        let shown = name(path);
        match read(path) {
            Ok(Content::Text(text, is_markup)) => {
                reports.files += 1;
                reports.text(&text, is_markup, &shown, *named, &options);
            }
            Ok(Content::Other(why)) if *named => note(&format!("note: `{shown}` is skipped: {why}")),
            Ok(Content::Other(_)) => {}
            Err(failure) => reports.failures.push(failure),
        }
    }
    let format = if args.json { Format::Json } else { args.format };
    match format {
        Format::Text => reports.draw(),
        Format::Github => reports.annotate(),
        Format::Json => say(&format!("{:#}", reports.json())),
    }
    reports.failures.iter().for_each(fail);
    let (errors, warnings) = reports.counts();
    let outcome = if errors > 0 || (warnings > 0 && args.deny_warnings) { Outcome::Findings } else { Outcome::Success };
    Ok(if reports.failures.is_empty() { outcome } else { Outcome::Failed })
}

impl Reports {
    fn text(&mut self, text: &str, is_markup: bool, name: &str, named: bool, options: &LintOptions) {
        let mut found = links(text, is_markup);
        let line = text.trim();
        if found.is_empty() && name == "<stdin>" && !line.is_empty() && !line.contains(char::is_whitespace) {
            // One word is meant as a link, whatever it is.
            found = vec![LinkMatch::whole(line, text.len() - text.trim_start().len())];
        }
        if found.is_empty() && named {
            note(&format!("note: `{name}` has no auth link"));
        }
        let (mut position, mut at) = (Position::start(name), 0);
        for link in &found {
            position = position.within(&text[at..], link.place.start - at);
            at = link.place.start;
            self.add(text, link, &position, options);
        }
    }

    fn add(&mut self, text: &str, found: &LinkMatch, position: &Position, options: &LintOptions) {
        match lint(text, found, options) {
            Ok(judged) => self.links.push(Report { position: position.clone(), judged }),
            Err(failure) => self.failures.push(failure.at(position)),
        }
    }

    /// The numbers of errors and warnings.
    fn counts(&self) -> (usize, usize) {
        let faults = || self.links.iter().flat_map(|report| &report.judged.faults);
        let warnings = faults().filter(|fault| fault.is_warning).count();
        (faults().count() - warnings, warnings)
    }

    fn draw(&self) {
        for Report { position, judged } in &self.links {
            for fault in &judged.faults {
                say(&(draw(fault, &judged.shown, position) + "\n"));
            }
        }
        if self.has_summary() {
            say(&self.summary());
        }
    }

    /// Whether anything was read.
    fn has_summary(&self) -> bool {
        self.failures.is_empty() || self.files > 0 || !self.links.is_empty()
    }

    fn summary(&self) -> String {
        let count = |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
        if self.links.is_empty() {
            return format!("no auth link, {} read", count(self.files, "file"));
        }
        let mut text = match self.counts() {
            (0, 0) => "no faults".to_owned(),
            (errors, 0) => count(errors, "error"),
            (0, warnings) => count(warnings, "warning"),
            (errors, warnings) => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
        };
        text.extend([" in ", &count(self.links.len(), "auth link")]);
        if self.files > 0 {
            text.extend([", ", &count(self.files, "file"), " read"]);
        }
        match self.links.iter().map(|report| report.judged.holes).sum() {
            0 => {}
            holes => text.extend(["; ", &count(holes, "value"), " to be filled in, not judged"]),
        }
        text
    }

    fn annotate(&self) {
        for Report { position, judged } in &self.links {
            for fault in &judged.faults {
                let start = position.within(&judged.shown, fault.range.start);
                let end = position.within(&judged.shown, fault.range.end.max(fault.range.start));
                // A link of the command line is in no file.
                let place = if position.name.starts_with('<') {
                    String::new()
                } else {
                    let (file, line) = (property(&position.name), start.line);
                    format!("file={file},line={line},col={},endColumn={},", start.column, end.column)
                };
                let title = property(&format!("auth-link: {}", fault.rule));
                let help = fault.help.iter().map(|help| format!("\nhelp: {help}"));
                let message = fault.message.clone() + &help.collect::<String>();
                say(&format!("::{} {place}title={title}::{}", fault.level(), escaped(&message)));
            }
        }
        if self.has_summary() {
            note(&self.summary());
        }
    }

    fn json(&self) -> Value {
        let links = self.links.iter().map(|Report { position, judged }| {
            let faults = judged.faults.iter().map(|fault| {
                let start = position.within(&judged.shown, fault.range.start);
                json!({
                    "level": fault.level(),
                    "rule": fault.rule,
                    "field": fault.field,
                    "fault": fault.message,
                    "help": fault.help,
                    "line": start.line,
                    "column": start.column,
                    "text": judged.shown.get(fault.range.clone()).unwrap_or_default(),
                })
            });
            json!({
                "source": position.name,
                "line": position.line,
                "column": position.column,
                "link": judged.shown,
                "unjudged_values": judged.holes,
                "faults": faults.collect::<Vec<_>>(),
            })
        });
        let (errors, warnings) = self.counts();
        let links: Vec<_> = links.collect();
        json!({ "errors": errors, "warnings": warnings, "files": self.files, "links": links })
    }
}

/// A message of a workflow command.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a workflow command.
fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}
