//! What can go wrong with the index.

/// The result of searching and indexing.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure of the index or of the records behind it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The records could not be read.
    #[error(transparent)]
    Records(#[from] crm_core::Error),
    /// The index could not be read or written.
    #[error("the search index failed: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// The folder of the index could not be read or written.
    #[error("the folder of the search index failed: {0}")]
    Folder(#[from] std::io::Error),
    /// The encoder did not answer.
    #[error(transparent)]
    Encoder(#[from] crate::encoder::EncoderError),
    /// Another process is building the index.
    #[error("another process is building the search index")]
    Busy,
    /// A task of the runtime ended early.
    #[error("a task of the search index ended early: {0}")]
    Task(#[from] tokio::task::JoinError),
}

impl From<Error> for crm_core::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Records(error) => error,
            other => Self::Internal(other.to_string()),
        }
    }
}
