//! Why an import does not start or does not go on. A row that cannot be imported is none of these: it is rejected,
//! and the others go on.

use std::fmt;

/// A failure of an import as a whole.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ImportError {
    /// The mapping cannot be read, or does not fit the definitions or the tables.
    #[error("{}", listed(.0))]
    Mapping(Vec<MappingError>),
    /// A file cannot be read or written.
    #[error("{path}: {why}.")]
    File {
        /// Which.
        path: String,
        /// What is the matter with it.
        why: String,
    },
    /// The CRM refused to go on.
    #[error(transparent)]
    Crm(#[from] crm_core::Error),
}

impl ImportError {
    pub(super) fn file(path: impl Into<String>, why: impl fmt::Display) -> Self {
        Self::File { path: path.into(), why: why.to_string() }
    }
}

/// One thing that is wrong with a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MappingError {
    /// Where: `step 3 (account), field industri`.
    pub(super) at: String,
    /// What is wrong, and how to mend it.
    pub(super) message: String,
}

impl MappingError {
    pub(super) fn new(at: impl Into<String>, message: impl Into<String>) -> Self {
        Self { at: at.into(), message: message.into() }
    }
}

impl fmt::Display for MappingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.message)
    }
}

fn listed(errors: &[MappingError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The name that `wanted` was probably meant to be.
pub(super) fn similar<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const NEAR: usize = 2;
    let fold = |name: &str| crm_core::text::fold(name).replace([' ', '-'], "_");
    let wanted = fold(wanted);
    let distance = |name: &&str| strsim::osa_distance(&wanted, &fold(name));
    names
        .into_iter()
        .map(|name| (distance(&name), name))
        .filter(|(d, _)| *d <= NEAR)
        .min_by_key(|(d, _)| *d)
        .map(|(_, name)| name)
}

/// ` Did you mean …?`, or nothing.
pub(super) fn did_you_mean<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    similar(wanted, names).map(|name| format!(" Did you mean `{name}`?")).unwrap_or_default()
}
