//! Tables of texts and their intents.

use super::super::failure::{Failure, Outcome};
use std::path::Path;

/// A text, with its intent where the table has one.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) text: String,
    pub(super) intent: Option<String>,
}

/// The rows of a CSV file with a column `text` and perhaps one `intent`.
pub(super) fn read(path: &Path) -> Outcome<Vec<Row>> {
    let failed = |error: &dyn std::fmt::Display| Failure::new(format!("{}: {error}.", path.display()));
    let mut table =
        csv::ReaderBuilder::new().trim(csv::Trim::Headers).from_path(path).map_err(|error| failed(&error))?;
    let headings = table.headers().map_err(|error| failed(&error))?;
    // Spreadsheets put a mark in front of the first heading.
    let column = |name| headings.iter().position(|heading| heading.trim_start_matches('\u{feff}') == name);
    let intent = column("intent");
    let Some(text) = column("text") else { return Err(failed(&"it has no column \"text\"")) };
    let cell = |record: &csv::StringRecord, column: usize| record.get(column).unwrap_or_default().to_owned();
    let row = |record: csv::Result<csv::StringRecord>| {
        let record = record.map_err(|error| failed(&error))?;
        Ok(Row { text: cell(&record, text), intent: intent.map(|intent| cell(&record, intent)) })
    };
    table.records().map(row).collect()
}
