//! Figures, and the lines of JSON in which the programs of this folder exchange them.

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
    pub column: String,
    /// The number.
    pub value: f64,
}

impl Figure {
    /// Prints a figure as a line of JSON.
    ///
    /// # Panics
    ///
    /// Panics if serialization fails, which does not happen for strings and a number.
    pub fn print(table: &str, row: &str, column: &str, value: f64) {
        let figure = Self { table: table.into(), row: row.into(), column: column.into(), value };
        println!("{}", serde_json::to_string(&figure).expect("a figure is JSON"));
    }
}

/// The figures of one run.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Results {
    /// The date, the machine and the versions.
    pub about: BTreeMap<String, String>,
    /// The figures, in the order of measurement.
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
    /// Returns an error if:
    ///
    /// - a line cannot be read, or
    /// - a line is neither a figure nor a fact about the run.
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

    /// Returns a figure. Of several with the same name it returns the least.
    #[must_use]
    pub fn get(&self, table: &str, row: &str, column: &str) -> Option<f64> {
        self.figures
            .iter()
            .filter(|figure| {
                (figure.table.as_str(), figure.row.as_str(), figure.column.as_str()) == (table, row, column)
            })
            .map(|figure| figure.value)
            .reduce(f64::min)
    }

    /// Returns the rows of a table, in order.
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

    /// Returns the columns of a table, in order.
    #[must_use]
    pub fn columns(&self, table: &str) -> Vec<&str> {
        let mut columns = Vec::new();
        for figure in self.figures.iter().filter(|figure| figure.table == table) {
            if !columns.contains(&figure.column.as_str()) {
                columns.push(&figure.column);
            }
        }
        columns
    }
}
