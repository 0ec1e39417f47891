//! Values read into types.

use super::values::{Values, shown};
use std::path::PathBuf;
use std::str::FromStr;

/// Reads values into types and collects what is wrong with them.
pub(super) struct Reader<'a> {
    pub(super) values: &'a Values,
    pub(super) errors: Vec<String>,
}

impl Reader<'_> {
    /// Tells what is wrong with a setting, and how to mend it.
    pub(super) fn refuse(&mut self, key: &str, mend: &str) {
        if let Some(given) = self.values.0.get(key) {
            let shown = shown(key, &given.text);
            self.errors.push(format!("{}: `{key}` = `{shown}` cannot be used. {mend}", given.origin));
        }
    }

    pub(super) fn parsed<T: FromStr + Default>(&mut self, key: &str, mend: &str) -> T {
        self.checked(key, mend, |text| text.trim().parse().ok())
    }

    pub(super) fn checked<T: Default>(&mut self, key: &str, mend: &str, read: impl Fn(&str) -> Option<T>) -> T {
        read(self.values.text(key)).unwrap_or_else(|| {
            self.refuse(key, mend);
            T::default()
        })
    }

    pub(super) fn path(&self, key: &str) -> Option<PathBuf> {
        Some(self.values.text(key)).filter(|text| !text.is_empty()).map(PathBuf::from)
    }
}

/// A whole number, 1 or more.
pub(super) fn positive(text: &str) -> Option<u64> {
    text.trim().parse().ok().filter(|n| *n > 0)
}
