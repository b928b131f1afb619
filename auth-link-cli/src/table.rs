//! Tables: names with their texts, and rows of cells.

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

/// Formats cells in columns below their headings. The columns from `first_number` on are aligned to the right.
pub(crate) fn grid(headings: &[&str], first_number: usize, rows: &[Vec<String>]) -> String {
    let headings: Vec<_> = headings.iter().map(|&heading| heading.to_owned()).collect();
    let all: Vec<_> = [&headings].into_iter().chain(rows).collect();
    let width = |column: usize| {
        all.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<_> = (0..headings.len()).map(width).collect();
    let lines = all.iter().map(|row| {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| {
            if column < first_number { format!("{cell:width$}") } else { format!("{cell:>width$}") }
        });
        format!("  {}", cells.collect::<Vec<_>>().join("  ")).trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cells_of_a_column_are_aligned() {
        let rows = [["a", "1.50"], ["Café", "-200.00"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(grid(&["name", "balance"], 1, &rows), "  name  balance\n  a        1.50\n  Café  -200.00");
    }
}
