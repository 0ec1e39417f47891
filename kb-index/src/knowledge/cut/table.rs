//! Rows of tables as sentences: each cell below the label of its column.

use super::source::Sourced;

/// A table being read.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// What stands above the columns; empty if nothing does.
    labels: Vec<String>,
    /// The cells of the row being read.
    cells: Vec<Sourced>,
    /// Whether all of them are headings.
    is_heading: bool,
}

impl Table {
    /// Begins a row.
    pub(super) fn start_row(&mut self) {
        self.cells.clear();
        self.is_heading = true;
    }

    /// Ends a cell of the row.
    pub(super) fn cell(&mut self, content: Sourced, is_heading: bool) {
        self.cells.push(content);
        self.is_heading &= is_heading;
    }

    /// Ends the row, and tells it as one sentence: `Product: GTX Pro; warranty: 24 months`. The first row of headings
    /// labels the columns, and tells nothing by itself.
    pub(super) fn end_row(&mut self) -> Option<Sourced> {
        let cells = std::mem::take(&mut self.cells);
        if self.is_heading && self.labels.is_empty() && !cells.is_empty() {
            self.labels = cells.into_iter().map(|cell| cell.text.trim().to_owned()).collect();
            return None;
        }
        let mut row = Sourced::default();
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
            row.gap("; ");
            if let Some(label) = self.labels.get(column).filter(|label| !label.is_empty()) {
                row.label(label);
                row.label(": ");
            }
            row.append(cell);
        }
        (!row.is_blank()).then(|| row.into_statement())
    }
}
