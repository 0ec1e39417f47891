//! What can go wrong, in types that a caller can act on. The HTTP edge turns each variant into a problem document.

use serde_json::Value as Json;

/// The result of everything that goes through the door.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure of the core. Texts are for the person who asked; they never carry secrets or SQL.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the actor may not know that there is.
    #[error("{what} was not found.")]
    NotFound {
        /// What was looked for, as a person would say it: `Deal 018f…`.
        what: String,
    },
    /// The actor can see the object, but may not do this with it.
    #[error("You may not {verb} {what}.")]
    Forbidden {
        /// The verb refused: `create`, `export`…
        verb: String,
        /// What it was to be done with: `deals`.
        what: String,
    },
    /// The input breaks rules of its fields; each is told.
    #[error("{}", summary(.0))]
    Invalid(Vec<FieldError>),
    /// The record was changed since the version that the writer had seen.
    #[error("The record was changed meanwhile: it is at version {current_version}.")]
    Stale {
        /// The version now stored.
        current_version: i64,
        /// What changed since the version that was given.
        changed: Vec<MeanwhileChange>,
    },
    /// The change contradicts what is stored, for example a revert of something changed again.
    #[error("{0}")]
    Conflict(String),
    /// The request cannot be read at all: a forged cursor, a query that is none.
    #[error("{0}")]
    Malformed(String),
    /// A limit was passed.
    #[error("{0}")]
    TooLarge(String),
    /// Nobody is signed in, or the credentials are wrong or expired.
    #[error("{0}")]
    Unauthenticated(String),
    /// Too many attempts.
    #[error("Too many attempts. Try again in {retry_after_seconds} seconds.")]
    Throttled {
        /// How long to wait.
        retry_after_seconds: i64,
    },
    /// The database cannot be reached or is full; the change was not made.
    #[error("The database is not available at the moment. Nothing was changed; try again.")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A defect or a broken invariant: logged, and told only as such.
    #[error("Something went wrong inside. It has been logged.")]
    Internal(String),
}

/// One rule that one field's value breaks.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct FieldError {
    /// The field's name, or a path into the input such as `filter.and[0].field`.
    pub field: String,
    /// The refused value, shortened; `null` where it is secret or absent.
    pub value: Json,
    /// A stable code: `required`, `unknown_field`, `wrong_type`, `too_long`, `out_of_range`, `not_unique`, …
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

impl FieldError {
    /// An error of `field`, without a value or a hint.
    pub fn new(field: impl Into<String>, code: &'static str, message: impl Into<String>) -> Self {
        Self { field: field.into(), value: Json::Null, code, message: message.into(), hint: None }
    }

    /// The same, showing the refused value (cut to a readable length).
    #[must_use]
    pub fn value(mut self, value: &Json) -> Self {
        const SHOWN: usize = 200;
        let text = value.to_string();
        self.value = if text.len() <= SHOWN {
            value.clone()
        } else {
            Json::String(text.chars().take(SHOWN).chain(['…']).collect())
        };
        self
    }

    /// The same, with how to mend it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// A field that somebody else changed between reading and writing.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct MeanwhileChange {
    /// The field's name.
    pub field: String,
    /// Its value before.
    pub from: Json,
    /// Its value after.
    pub to: Json,
    /// Who changed it, by name where known.
    pub by: String,
    /// When.
    pub at: jiff::Timestamp,
}

impl Error {
    /// A single field error.
    pub fn field(field: impl Into<String>, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError::new(field, code, message)])
    }

    /// Something that is not there, or that the actor may not know of.
    pub fn not_found(what: impl Into<String>) -> Self {
        Self::NotFound { what: what.into() }
    }

    /// Whether it was refused because whoever tried lacks the right: somebody else may have it.
    #[must_use]
    pub fn lacks_right(&self) -> bool {
        match self {
            Self::Forbidden { .. } => true,
            Self::Invalid(fields) => fields.iter().any(|field| field.code == "read_only"),
            _ => false,
        }
    }

    pub(crate) fn internal(text: impl Into<String>) -> Self {
        Self::Internal(text.into())
    }
}

impl From<FieldError> for Error {
    fn from(error: FieldError) -> Self {
        Self::Invalid(vec![error])
    }
}

fn summary(errors: &[FieldError]) -> String {
    match errors {
        [] => "The input is not valid.".into(),
        [one] => one.message.clone(),
        [first, rest @ ..] => format!("{} And {} more.", first.message, rest.len()),
    }
}
