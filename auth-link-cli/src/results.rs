//! The results of `auth-link check`, and their forms: drawings, JSON and the annotations of a workflow.

use serde_json::{Value, json};

use crate::fix::Change;
use crate::link_match::LinkMatch;
use crate::lint::{LintResult, lint};
use crate::lint_options::LintOptions;
use crate::output::{Failure, note, print_command};
use crate::position::Position;
use crate::render::{draw, more};

/// A checked link.
struct CheckedLink {
    /// The position of the link; its name begins with `<` for a link that is in no file.
    position: Position,
    result: LintResult,
}

/// The results of one run.
pub(crate) struct Results {
    links: Vec<CheckedLink>,
    /// The corrections of `--fix`; `None` without it.
    pub(crate) changes: Option<Vec<Change>>,
    /// The number of files that were read.
    pub(crate) files: usize,
    /// The inputs that could not be read or written.
    pub(crate) failures: Vec<Failure>,
}

impl Results {
    /// Returns the results before any input is read.
    pub(crate) fn new(fix: bool, failures: Vec<Failure>) -> Self {
        Self { links: Vec::new(), changes: fix.then(Vec::new), files: 0, failures }
    }

    /// Checks the links of a text.
    pub(crate) fn add_all(&mut self, text: &str, links: &[LinkMatch], name: &str, options: &LintOptions) {
        let (mut position, mut offset) = (Position::start(name), 0);
        for link in links {
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
    pub(crate) fn counts(&self) -> (usize, usize) {
        let reports = || self.links.iter().flat_map(|link| &link.result.reports);
        let warnings = reports().filter(|report| report.is_warning).count();
        (reports().count() - warnings, warnings)
    }

    /// Prints the drawings with `print`.
    pub(crate) fn draw(&self, print: fn(&str)) {
        for CheckedLink { position, result } in &self.links {
            for report in &result.reports {
                print(&(draw(report, &result.shown, position) + "\n"));
            }
        }
        if self.has_summary() {
            print(&self.summary());
        }
        if self.counts() != (0, 0) {
            print(&more());
        }
    }

    /// Returns whether any input was read.
    fn has_summary(&self) -> bool {
        self.failures.is_empty() || self.files > 0 || !self.links.is_empty()
    }

    /// Returns the last line of the output.
    fn summary(&self) -> String {
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
    pub(crate) fn annotate(&self) {
        for CheckedLink { position, result } in &self.links {
            for report in &result.reports {
                let start = position.after(report.extents.start);
                let end = position.after(report.extents.end);
                // A link of the command line is in no file.
                let properties = if position.name.starts_with('<') {
                    String::new()
                } else {
                    let (file, line) = (escape_property(&position.name), start.line);
                    format!("file={file},line={line},col={},endColumn={},", start.column, end.column)
                };
                let title = escape_property(&format!("auth-link: {}", report.rule.name));
                let help = report.help.iter().map(|help| format!("\nhelp: {help}"));
                let url = report.rule.url();
                let message = format!("{}{}\nsee {url}", report.message, help.collect::<String>());
                print_command(&format!("::{} {properties}title={title}::{}", report.level(), escape(&message)));
            }
        }
        if self.has_summary() {
            note(&self.summary());
        }
    }

    /// Returns the results as JSON.
    pub(crate) fn json(&self) -> Value {
        let links = self.links.iter().map(|CheckedLink { position, result }| {
            let diagnostics = result.reports.iter().map(|report| {
                let start = position.after(report.extents.start);
                let mut json = report.json(result.start);
                json["line"] = start.line.into();
                json["column"] = start.column.into();
                json["text"] = result.shown.get(report.range.clone()).unwrap_or_default().into();
                json
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
        let mut json = json!({ "errors": errors, "warnings": warnings, "files": self.files, "links": links });
        if let Some(changes) = &self.changes {
            json["changes"] = changes.iter().map(Change::json).collect();
        }
        json
    }
}

/// Returns a number and its noun.
pub(crate) fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

/// Escapes the message of a workflow command.
fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a workflow command.
fn escape_property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::links;

    #[test]
    fn a_position_behind_a_hidden_character_is_that_of_the_text() {
        let text =
            "é https://auth.truelayer.com/?client_id=a&redirect_uri=https%3A%2F%2Fa.example&state=éé€😀&scope=inof";
        let mut results = Results::new(false, Vec::new());
        results.add_all(text, &links(text), "a.html", &LintOptions::default());
        let json = results.json();
        let found = json["links"][0]["diagnostics"].as_array().unwrap().iter().find(|found| found["text"] == "inof");
        let at = text.find("inof").unwrap();
        let expected = text[..at].chars().count() + 1;
        assert_eq!(
            found.map(|found| (found["line"].clone(), found["column"].clone())),
            Some((1.into(), expected.into()))
        );
        let CheckedLink { position, result } = &results.links[0];
        let report = result.reports.iter().find(|report| result.shown[report.range.clone()] == *"inof").unwrap();
        assert!(draw(report, &result.shown, position).contains(&format!("a.html:1:{expected}")));
    }
}
