//! Draws reports under the text that they are about, as a compiler does.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::position::Position;
use crate::report::Report;

/// The width of a drawing where no terminal tells its own.
const WIDTH: usize = 140;

/// Draws one report about `text`, which begins at `position`. The drawing has colours, which printing removes for a file.
pub(crate) fn draw(report: &Report, text: &str, position: &Position) -> String {
    let level = if report.is_warning { Level::WARNING } else { Level::ERROR };
    // The text in front of a link is not shown, but keeps its width.
    let indent = position.column - 1;
    let source = " ".repeat(indent) + text;
    let mark = AnnotationKind::Primary.span(report.range.start + indent..report.range.end + indent);
    let snippet = Snippet::source(source).path(position.name.as_str()).line_start(position.line).annotation(mark);
    let title = level.primary_title(report.message.as_str()).id(report.rule);
    let group = title.element(snippet);
    let groups = [report.help.iter().fold(group, |group, help| group.element(Level::HELP.message(help.as_str())))];
    let renderer = Renderer::styled().term_width(width());
    renderer.render(&groups)
}

/// Returns the width of a drawing: that of the terminal, or the variable `COLUMNS`.
fn width() -> usize {
    const MINIMUM: usize = 60;
    let from_variable = || std::env::var("COLUMNS").ok()?.parse().ok();
    let terminal = terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0));
    terminal.or_else(from_variable).map_or(WIDTH, |width| width.max(MINIMUM))
}
