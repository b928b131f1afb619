//! Draws faults under the text that they are about, as a compiler does.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::lint::Report;

/// What is wide enough where no terminal says.
const WIDTH: usize = 140;

/// Where a text stands.
#[derive(Clone, Debug)]
pub(crate) struct Position {
    /// The file, or what stands for it.
    pub(crate) name: String,
    /// Counted from 1.
    pub(crate) line: usize,
    /// In characters, counted from 1.
    pub(crate) column: usize,
}

impl Position {
    /// The beginning of what `name` stands for.
    pub(crate) fn start(name: &str) -> Self {
        Self { name: name.to_owned(), line: 1, column: 1 }
    }

    /// The position of the byte `at` of `text`, which begins here.
    pub(crate) fn within(&self, text: &str, at: usize) -> Self {
        let before = &text[..at];
        let (line, column) = match before.rfind('\n') {
            Some(newline) => (before.matches('\n').count(), before[newline + 1..].chars().count() + 1),
            None => (0, self.column - 1 + before.chars().count() + 1),
        };
        Self { name: self.name.clone(), line: self.line + line, column }
    }
}

/// One fault of `text`, which stands at `position`. With colours; whoever prints it takes them off for a file.
pub(crate) fn draw(fault: &Report, text: &str, position: &Position) -> String {
    let level = if fault.is_warning { Level::WARNING } else { Level::ERROR };
    // What stands before a link is not shown, but keeps its place.
    let indent = position.column - 1;
    let source = " ".repeat(indent) + text;
    let mark = AnnotationKind::Primary.span(fault.range.start + indent..fault.range.end + indent);
    let snippet = Snippet::source(source).path(position.name.as_str()).line_start(position.line).annotation(mark);
    let title = level.primary_title(fault.message.as_str()).id(fault.rule);
    let group = title.element(snippet);
    let report = [fault.help.iter().fold(group, |group, help| group.element(Level::HELP.message(help.as_str())))];
    let renderer = Renderer::styled().term_width(width());
    renderer.render(&report)
}

/// How wide a drawing may be: as the terminal, or as `COLUMNS` says.
fn width() -> usize {
    const LEAST: usize = 60;
    let said = || std::env::var("COLUMNS").ok()?.parse().ok();
    let terminal = terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0));
    terminal.or_else(said).map_or(WIDTH, |width| width.max(LEAST))
}
