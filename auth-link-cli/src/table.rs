//! Tables of two columns, with headings.

/// The width of a line, in characters.
const WIDTH: usize = 100;

/// Formats a heading.
pub(crate) fn title(text: &str) -> String {
    let style = anstyle::Style::new().bold();
    format!("{style}{text}{style:#}")
}

/// Formats names and their texts as two columns; a long text continues in the second column.
pub(crate) fn rows(rows: &[(String, String)]) -> String {
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default().max(14);
    let mut lines = Vec::new();
    for (name, text) in rows {
        let mut name = name.as_str();
        for line in wrap(text, WIDTH.saturating_sub(width + 4)) {
            lines.push(format!("  {name:width$}  {line}"));
            name = "";
        }
    }
    lines.join("\n")
}

/// Splits a text into lines; a word that is wider than a line stays whole.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}
