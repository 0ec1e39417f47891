//! What commands print to standard output: words and tables for people, JSON for scripts.

use super::failure::Outcome;
use serde::Serialize;
use std::io::{Write, stdout};

/// How results are printed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output {
    pub(super) json: bool,
}

impl Output {
    /// Prints a line.
    pub(super) fn say(self, text: impl AsRef<str>) -> Outcome {
        Ok(writeln!(stdout(), "{}", text.as_ref())?)
    }

    /// Prints a value as JSON.
    pub(super) fn json(self, value: &impl Serialize) -> Outcome {
        self.say(serde_json::to_string_pretty(value)?)
    }

    /// Prints rows under their headings, or `values` as JSON if that was asked for.
    pub(super) fn table<const N: usize>(
        self,
        values: &impl Serialize,
        headings: [&str; N],
        rows: &[[String; N]],
    ) -> Outcome {
        if self.json {
            return self.json(values);
        }
        let width = |column: usize| {
            let cells = rows.iter().map(|row| row[column].chars().count());
            cells.chain([headings[column].chars().count()]).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..N).map(width).collect();
        let line = |cells: [&str; N]| {
            let padded: Vec<String> = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
            padded.join("  ").trim_end().to_owned()
        };
        self.say(line(headings))?;
        rows.iter().try_for_each(|row| self.say(line(row.each_ref().map(String::as_str))))
    }
}
