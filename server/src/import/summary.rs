//! What an import did.

use super::rejects::Rejection;
use serde::Serialize;
use std::time::Duration;

/// What an import did.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Summary {
    /// What became of the rows, by object in the order of the mapping.
    pub(crate) objects: Vec<Counts>,
    /// What is odd but was imported as it stands.
    pub(crate) warnings: Vec<String>,
    /// The first of the rows that were not imported.
    pub(crate) rejected: Vec<Rejection>,
    /// Where all of them are written.
    pub(crate) rejected_files: Vec<String>,
    /// How long it took.
    pub(crate) seconds: f64,
    /// How many rows a second.
    pub(crate) rows_per_second: f64,
}

/// What became of the rows of one object.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Counts {
    /// The object.
    pub(crate) object: String,
    /// New records.
    pub(crate) created: u64,
    /// Records that changed.
    pub(crate) updated: u64,
    /// Records that were so already.
    pub(crate) unchanged: u64,
    /// Rows that were not imported.
    pub(crate) rejected: u64,
    /// Records that lack a reference, for it led nowhere in the second pass.
    pub(crate) incomplete: u64,
}

impl Counts {
    /// All rows that count.
    pub(crate) fn rows(&self) -> u64 {
        self.created + self.updated + self.unchanged + self.rejected
    }
}

impl Summary {
    /// The counts of an object.
    pub(super) fn of(&mut self, object: &str) -> &mut Counts {
        let at = self.objects.iter().position(|counts| counts.object == object).unwrap_or_else(|| {
            self.objects.push(Counts { object: object.to_owned(), ..Counts::default() });
            self.objects.len() - 1
        });
        &mut self.objects[at]
    }

    /// Whether every row was imported as it stands.
    pub(crate) fn complete(&self) -> bool {
        self.objects.iter().all(|counts| counts.rejected == 0 && counts.incomplete == 0)
    }

    pub(super) fn finish(&mut self, took: Duration) {
        let rows: u64 = self.objects.iter().map(Counts::rows).sum();
        self.seconds = (took.as_secs_f64() * 1_000.0).round() / 1_000.0;
        self.rows_per_second = (rows as f64 / took.as_secs_f64().max(0.001)).round();
    }
}
