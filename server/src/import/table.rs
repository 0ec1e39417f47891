//! Tables: a CSV file read row by row, Markdown files, or rows of the mapping.

use super::error::ImportError;
use super::files::Files;
use super::mapping::{Cell, From, Step};
use std::collections::{BTreeMap, HashMap};
use std::io::Read;

/// A table being read.
pub(super) struct Table {
    /// What errors call it.
    pub(super) name: String,
    /// Its header.
    pub(super) columns: Vec<String>,
    /// Roughly how many bytes all rows have; 0 if that does not matter.
    pub(super) length: u64,
    pub(super) rows: Box<dyn Iterator<Item = Result<Row, ImportError>> + Send>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Row {
    /// The file that it is in.
    pub(super) file: String,
    /// Its line there.
    pub(super) line: u64,
    /// Its cells, one for each column.
    pub(super) cells: Vec<String>,
    /// Where in the file it begins.
    pub(super) offset: u64,
    /// Why it cannot be read, if it cannot.
    pub(super) broken: Option<String>,
}

/// Opens a step's table, whose cells are replaced as the step says.
pub(super) fn open(files: &Files, step: &Step) -> Result<Table, ImportError> {
    let mut table = match step.rows_from() {
        Ok(From::Csv(name)) => csv(files, name)?,
        Ok(From::Markdown(pattern)) => markdown(files, pattern)?,
        Ok(From::Rows(rows)) => listed(rows),
        Err(message) => return Err(ImportError::file(&step.object, message)),
    };
    let replace: Vec<(usize, HashMap<String, String>)> = step
        .replace
        .iter()
        .filter_map(|(column, by)| Some((table.columns.iter().position(|known| known == column)?, by.clone())))
        .collect();
    if !replace.is_empty() {
        table.rows = Box::new(table.rows.map(move |row| row.map(|row| replaced(row, &replace))));
    }
    Ok(table)
}

fn replaced(mut row: Row, replace: &[(usize, HashMap<String, String>)]) -> Row {
    for (column, by) in replace {
        if let Some(cell) = row.cells.get_mut(*column)
            && let Some(meant) = by.get(cell.trim())
        {
            cell.clone_from(meant);
        }
    }
    row
}

fn csv(files: &Files, name: &str) -> Result<Table, ImportError> {
    let (file, length) = files.open(name)?;
    // A row of the wrong length is its own error, not that of the whole file.
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file);
    let failed = |error: csv::Error| ImportError::file(name, error);
    let header = reader.headers().map_err(failed)?;
    let columns: Vec<String> =
        header.iter().map(|column| column.trim_start_matches('\u{feff}').trim().to_owned()).collect();
    if columns.iter().all(String::is_empty) {
        return Err(ImportError::file(name, "there is no header line"));
    }
    let rows = CsvRows { reader, name: name.to_owned(), width: columns.len() };
    Ok(Table { name: name.to_owned(), columns, length, rows: Box::new(rows) })
}

struct CsvRows {
    reader: csv::Reader<Box<dyn Read + Send>>,
    name: String,
    width: usize,
}

impl Iterator for CsvRows {
    type Item = Result<Row, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut record = csv::ByteRecord::new();
        match self.reader.read_byte_record(&mut record) {
            Ok(false) => None,
            Ok(true) => Some(Ok(self.row(&record))),
            Err(error) => Some(Err(ImportError::file(&self.name, error))),
        }
    }
}

impl CsvRows {
    fn row(&self, record: &csv::ByteRecord) -> Row {
        let position = record.position();
        let mut row = Row {
            file: self.name.clone(),
            line: position.map_or(0, csv::Position::line),
            offset: position.map_or(0, csv::Position::byte),
            ..Row::default()
        };
        if record.len() != self.width {
            row.broken = Some(format!("The row has {} cells, the header {}.", record.len(), self.width));
        } else if record.iter().any(|cell| std::str::from_utf8(cell).is_err()) {
            row.broken = Some("The row is not UTF-8. Save the file in this encoding.".into());
        }
        row.cells = record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
        row
    }
}

fn listed(rows: &[BTreeMap<String, Cell>]) -> Table {
    let rows: Vec<BTreeMap<String, String>> =
        rows.iter().map(|row| row.iter().map(|(column, cell)| (column.clone(), cell.0.clone())).collect()).collect();
    let rows = rows.into_iter().zip(1..).map(|(cells, line)| ("the mapping".to_owned(), line, cells)).collect();
    of_maps("the mapping".into(), rows)
}

fn markdown(files: &Files, pattern: &str) -> Result<Table, ImportError> {
    let mut rows = Vec::new();
    for name in files.matching(pattern)? {
        let mut text = String::new();
        files.open(&name)?.0.read_to_string(&mut text).map_err(|error| ImportError::file(&name, error))?;
        let mut cells = front_matter(&text).map_err(|why| ImportError::file(&name, why))?;
        let stem = name.rsplit('/').next().unwrap_or(&name);
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        cells.insert("file".into(), stem.to_owned());
        rows.push((name, 1, cells));
    }
    Ok(of_maps(pattern.to_owned(), rows))
}

/// The `key: value` lines at the top of a Markdown file, and under `body` all the rest.
pub(crate) fn front_matter(text: &str) -> Result<BTreeMap<String, String>, String> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let Some(rest) = text.strip_prefix("---\n") else {
        return Ok(BTreeMap::from([("body".to_owned(), text.trim().to_owned())]));
    };
    let Some((head, body)) = rest.split_once("\n---\n").or_else(|| rest.strip_suffix("\n---").map(|head| (head, "")))
    else {
        return Err("the lines at its top do not end with `---`".into());
    };
    let mut cells = BTreeMap::from([("body".to_owned(), body.trim().to_owned())]);
    for line in head.lines().filter(|line| !line.trim().is_empty()) {
        let (key, value) =
            line.split_once(':').ok_or_else(|| format!("the line `{line}` is not written `key: value`"))?;
        let value = value.trim();
        let bare = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
        cells.insert(key.trim().to_owned(), bare.to_owned());
    }
    Ok(cells)
}

fn of_maps(name: String, rows: Vec<(String, u64, BTreeMap<String, String>)>) -> Table {
    let mut columns: Vec<String> = Vec::new();
    for column in rows.iter().flat_map(|(_, _, cells)| cells.keys()) {
        if !columns.contains(column) {
            columns.push(column.clone());
        }
    }
    let header = columns.clone();
    let rows = rows.into_iter().map(move |(file, line, mut cells)| {
        let cells = header.iter().map(|column| cells.remove(column).unwrap_or_default()).collect();
        Ok(Row { file, line, cells, ..Row::default() })
    });
    Table { name, columns, length: 0, rows: Box::new(rows) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    fn files() -> Files {
        let get = |name: &str| {
            let text: &'static [u8] = match name {
                "a.csv" => b"\xef\xbb\xbfname, size\n Acme ,1\nBeta\n\"Two\nlines\",2\nB\xe9ta,3\n",
                "empty.csv" => b"",
                "help/reset.md" => b"---\ntitle: \"Reset: how\"\ncategory: Account\n---\n# Reset\n\nDo this.\n",
                _ => return None,
            };
            Some(Cow::Borrowed(text))
        };
        Files::Inside { folder: String::new(), get, names: || vec!["help/reset.md".into()] }
    }

    #[test]
    fn csv_rows_know_their_line_and_what_is_wrong_with_them() {
        let table = csv(&files(), "a.csv").unwrap();
        assert_eq!(table.columns, ["name", "size"]);
        let rows: Vec<Row> = table.rows.map(Result::unwrap).collect();
        assert_eq!((rows[0].line, rows[0].cells[0].as_str()), (2, " Acme "));
        assert_eq!(rows[1].broken.as_deref(), Some("The row has 1 cells, the header 2."));
        assert_eq!(rows[2].cells[0], "Two\nlines");
        assert_eq!((rows[3].line, rows[3].broken.is_some()), (6, true));
    }

    #[test]
    fn a_file_without_a_header_is_refused() {
        assert_eq!(csv(&files(), "empty.csv").err().unwrap().to_string(), "empty.csv: there is no header line.");
    }

    #[test]
    fn a_markdown_file_is_a_row() {
        let mut table = markdown(&files(), "help/*.md").unwrap();
        let row = table.rows.next().unwrap().unwrap();
        let cells: BTreeMap<_, _> =
            table.columns.iter().map(String::as_str).zip(row.cells.iter().map(String::as_str)).collect();
        let expected =
            [("body", "# Reset\n\nDo this."), ("category", "Account"), ("file", "reset"), ("title", "Reset: how")];
        assert_eq!(cells, BTreeMap::from(expected));
    }
}
