//! Figures, as the programs of this folder pass them on: one in a line, as JSON.

use std::collections::BTreeMap;
use std::io::BufRead;

use serde::{Deserialize, Serialize};

/// One figure of a table.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Figure {
    /// The table.
    pub table: String,
    /// Its row.
    pub row: String,
    /// Its column, with the unit.
    pub figure: String,
    /// The number.
    pub value: f64,
}

impl Figure {
    /// Prints the figure as a line of JSON.
    ///
    /// # Panics
    ///
    /// This cannot be: each figure can be written.
    pub fn print(table: &str, row: &str, figure: &str, value: f64) {
        let figure = Self { table: table.into(), row: row.into(), figure: figure.into(), value };
        println!("{}", serde_json::to_string(&figure).expect("a figure is JSON"));
    }
}

/// All that one run found.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Results {
    /// When, where, and of which versions.
    pub about: BTreeMap<String, String>,
    /// The figures, in the order in which they were found.
    pub figures: Vec<Figure>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Figure(Figure),
    About { about: String, text: String },
}

impl Results {
    /// Reads lines of JSON.
    ///
    /// # Errors
    ///
    /// A line that cannot be read, or is neither a figure nor about the run.
    pub fn read(lines: impl BufRead) -> std::io::Result<Self> {
        let mut results = Self::default();
        for line in lines.lines() {
            match serde_json::from_str(&line?)? {
                Line::Figure(figure) => results.figures.push(figure),
                Line::About { about, text } => {
                    results.about.insert(about, text);
                }
            }
        }
        Ok(results)
    }

    /// One figure; of several of one name, the least.
    #[must_use]
    pub fn get(&self, table: &str, row: &str, figure: &str) -> Option<f64> {
        self.figures
            .iter()
            .filter(|found| (found.table.as_str(), found.row.as_str(), found.figure.as_str()) == (table, row, figure))
            .map(|found| found.value)
            .reduce(f64::min)
    }

    /// The rows of a table, in order.
    #[must_use]
    pub fn rows(&self, table: &str) -> Vec<&str> {
        let mut rows = Vec::new();
        for figure in self.figures.iter().filter(|figure| figure.table == table) {
            if !rows.contains(&figure.row.as_str()) {
                rows.push(&figure.row);
            }
        }
        rows
    }

    /// The columns of a table, in order.
    #[must_use]
    pub fn columns(&self, table: &str) -> Vec<&str> {
        let mut columns = Vec::new();
        for figure in self.figures.iter().filter(|figure| figure.table == table) {
            if !columns.contains(&figure.figure.as_str()) {
                columns.push(&figure.figure);
            }
        }
        columns
    }
}
