//! Rows that were not imported, each with its reason, in files that can be mended and imported again.

use super::convert::Wrong;
use super::error::ImportError;
use super::files::Files;
use super::table::Row;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

/// A row, or a cell of it, that was not imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Rejection {
    /// The file.
    pub(crate) file: String,
    /// The line in it.
    pub(crate) line: u64,
    /// The column or columns concerned.
    pub(crate) column: String,
    /// What stands there.
    pub(crate) cell: String,
    /// What is wrong.
    pub(crate) reason: String,
}

/// Collects rejected rows.
pub(super) struct Rejects {
    folder: Option<PathBuf>,
    writers: BTreeMap<PathBuf, csv::Writer<File>>,
    /// The first rejections, for the summary.
    pub(super) first: Vec<Rejection>,
}

/// How many rejections the summary shows.
const SHOWN: usize = 100;
/// The columns that are put before those of the table.
const ADDED: [&str; 2] = ["rejected_line", "rejected_because"];

impl Rejects {
    pub(super) fn new(files: &Files, folder: Option<&Path>) -> Self {
        let folder = folder.or_else(|| files.folder()).map(Path::to_owned);
        Self { folder, writers: BTreeMap::new(), first: Vec::new() }
    }

    /// Takes a row that was not imported.
    pub(super) fn take(&mut self, columns: &[String], row: &Row, wrongs: &[Wrong]) -> Result<(), ImportError> {
        for wrong in wrongs.iter().take(SHOWN.saturating_sub(self.first.len())) {
            let Wrong { column, cell, reason } = wrong.clone();
            let cell: String = cell.chars().take(100).collect();
            self.first.push(Rejection { file: row.file.clone(), line: row.line, column, cell, reason });
        }
        let Some(path) = self.path(&row.file) else { return Ok(()) };
        let failed = |error: csv::Error| ImportError::file(path.display().to_string(), error);
        if !self.writers.contains_key(&path) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_path(&path).map_err(failed)?;
            writer.write_record(ADDED.into_iter().chain(columns.iter().map(String::as_str))).map_err(failed)?;
            self.writers.insert(path.clone(), writer);
        }
        let told = |wrong: &Wrong| match wrong.column.is_empty() {
            true => wrong.reason.clone(),
            false => format!("{}: {}", wrong.column, wrong.reason),
        };
        let because = wrongs.iter().map(told).collect::<Vec<_>>().join(" | ");
        let line = row.line.to_string();
        let cells = [line.as_str(), because.as_str()].into_iter().chain(row.cells.iter().map(String::as_str));
        self.writers.get_mut(&path).map_or(Ok(()), |writer| writer.write_record(cells)).map_err(failed)
    }

    /// `accounts.rejected.csv` for `accounts.csv`; none for rows that are in no table on disk.
    fn path(&self, file: &str) -> Option<PathBuf> {
        let stem = Path::new(file).file_name()?.to_str()?.strip_suffix(".csv")?;
        Some(self.folder.as_ref()?.join(format!("{stem}.rejected.csv")))
    }

    /// Writes all of it out, and tells where it is.
    pub(super) fn finish(&mut self) -> Result<Vec<String>, ImportError> {
        for (path, writer) in &mut self.writers {
            writer.flush().map_err(|error| ImportError::file(path.display().to_string(), error))?;
        }
        Ok(self.writers.keys().map(|path| path.display().to_string()).collect())
    }
}
