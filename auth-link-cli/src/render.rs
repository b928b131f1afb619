//! Draws reports under the text that they are about, as a compiler does.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use auth_link_rules::RULES_PAGE;

use crate::position::Position;
use crate::report::Report;
use crate::text::{first, last};

/// The width of a drawing where no terminal tells its own.
const WIDTH: usize = 140;

/// Draws one report about `text`, which begins at `position`. The drawing has colours, which printing removes for a file.
pub(crate) fn draw(report: &Report, text: &str, position: &Position) -> String {
    let level = if report.is_warning { Level::WARNING } else { Level::ERROR };
    let Window { text, range, origin } = Window::new(report, text, position);
    let shown = format!("{}:{}:{}", origin.name, origin.line, text[..range.start].chars().count() + 1);
    let annotation = AnnotationKind::Primary.span(range);
    let snippet = Snippet::source(text).path(origin.name.as_str()).line_start(origin.line).annotation(annotation);
    let title = level.primary_title(report.message.as_str()).id(report.rule.name);
    let group = title.element(snippet);
    let groups = [report.help.iter().fold(group, |group, help| group.element(Level::HELP.message(help.as_str())))];
    let renderer = Renderer::styled().term_width(width());
    // The window may begin later in the line.
    let Position { name, line, column } = &origin;
    renderer.render(&groups).replacen(&shown, &format!("{name}:{line}:{column}"), 1)
}

/// Returns the line that follows the drawings of a run.
pub(crate) fn more() -> String {
    format!("note: for more about a rule, see {RULES_PAGE}")
}

/// The part of a text around a report.
struct Window {
    /// The lines of the report, without their far ends.
    text: String,
    /// The range of the report in `text`.
    range: Range<usize>,
    /// The position of the report.
    origin: Position,
}

impl Window {
    /// Returns the part of `text`, which begins at `position`. Its size depends on the report, not on the text, so that the time
    /// of many drawings grows linearly.
    fn new(report: &Report, text: &str, position: &Position) -> Self {
        let near = 2 * width();
        let Range { start, end } = report.range.clone();
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
        let (before, after) = (last(&text[line..start], near), first(&text[end..line_end], near));
        let origin = position.after(report.extents.start);
        // The text in front of a link is not shown, but keeps its width.
        let indent = (origin.column - 1).saturating_sub(before.chars().count()).min(near);
        let start = indent + before.len();
        let text = [&" ".repeat(indent), before, first(&text[report.range.clone()], near), after].concat();
        let range = start..text.len() - after.len();
        Self { text, range, origin }
    }
}

/// Returns the width of a drawing: that of the terminal, or the variable `COLUMNS`.
fn width() -> usize {
    const MINIMUM: usize = 60;
    let from_variable = || std::env::var("COLUMNS").ok()?.parse().ok();
    let terminal = terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0));
    terminal.or_else(from_variable).map_or(WIDTH, |width| width.max(MINIMUM))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::position::Extent;

    #[test]
    fn a_window_is_as_large_as_its_report_and_not_as_its_line() {
        let text = format!("{}\n{}inof{}\nb", "a".repeat(100_000), "é".repeat(50_000), "c".repeat(100_000));
        let start = text.find("inof").unwrap();
        let report = Report {
            is_warning: false,
            rule: auth_link_rules::Rule::all().next().unwrap(),
            field: None,
            message: String::new(),
            help: Vec::new(),
            range: start..start + 4,
            extents: Extent::of(&text[..start])..Extent::of(&text[..start + 4]),
            suggestions: Vec::new(),
            edit: None,
        };
        let window = Window::new(&report, &text, &Position { name: "a".to_owned(), line: 7, column: 1_000_000 });
        assert!(window.text.len() < 20 * width(), "{}", window.text.len());
        assert_eq!(&window.text[window.range.clone()], "inof");
        assert_eq!((window.origin.line, window.origin.column), (8, 50_001));
        let report = Report { range: 0..1, extents: Extent::default()..Extent::of("a"), ..report };
        let window = Window::new(&report, "abc", &Position { name: "a".to_owned(), line: 1, column: 1_000_000 });
        assert!(window.text.len() < 20 * width() && window.text.ends_with(" abc"), "{}", window.text.len());
        assert_eq!(window.origin.column, 1_000_000);
    }
}
