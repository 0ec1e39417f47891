//! How a command fails: with words for the person who typed it.

use crate::config::ConfigError;
use crate::import::ImportError;
use std::fmt;
use std::io;

/// What a command ends with.
pub(super) type Outcome<T = ()> = Result<T, Failure>;

/// A failure, as text with a hint where there is one.
#[derive(Debug)]
pub(super) struct Failure {
    text: String,
    /// Nobody reads any more what is written (`parley export … | head`): nothing to tell.
    silent: bool,
}

impl Failure {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), silent: false }
    }

    pub(super) fn silent(&self) -> bool {
        self.silent
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<crm_core::Error> for Failure {
    fn from(error: crm_core::Error) -> Self {
        let crm_core::Error::Invalid(errors) = &error else { return Self::new(error.to_string()) };
        let lines = errors.iter().map(|error| {
            let hint = error.hint.as_ref().map(|hint| format!(" {hint}")).unwrap_or_default();
            format!("{}: {}{hint}", error.field, error.message)
        });
        Self::new(lines.collect::<Vec<_>>().join("\n"))
    }
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Crm(error) => error.into(),
            other => Self::new(other.to_string()),
        }
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::new(error.to_string())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self { silent: error.kind() == io::ErrorKind::BrokenPipe, text: error.to_string() }
    }
}

impl From<rustyline::error::ReadlineError> for Failure {
    fn from(error: rustyline::error::ReadlineError) -> Self {
        Self::new(format!("The terminal cannot be read: {error}."))
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::new(error.to_string())
    }
}
