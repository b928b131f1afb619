//! Plain tables.

/// How wide a line may be.
const WIDTH: usize = 100;

/// A heading.
pub(crate) fn title(text: &str) -> String {
    let style = anstyle::Style::new().bold();
    format!("{style}{text}{style:#}")
}

/// Names and what they are, side by side; long texts go on under their beginning.
pub(crate) fn rows(rows: &[(String, String)]) -> String {
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default().max(14);
    let mut lines = Vec::new();
    for (name, text) in rows {
        let mut name = name.as_str();
        for line in wrapped(text, WIDTH.saturating_sub(width + 4)) {
            lines.push(format!("  {name:width$}  {line}"));
            name = "";
        }
    }
    lines.join("\n")
}

/// The lines of a text; a word that is wider stays whole.
fn wrapped(text: &str, width: usize) -> Vec<String> {
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
