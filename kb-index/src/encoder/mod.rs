//! Sentence encoders: texts as vectors, near to each other if they mean the same in other words.
//!
//! Optional: without one everything is found by its words. To add a kind: a file here that turns texts into numbers,
//! and a variant of [`Embedder`].

mod bert;
mod endpoint;
mod local;
mod vector;

pub use endpoint::Endpoint;
pub use local::Local;
pub(crate) use vector::Vector;

use std::sync::Arc;

/// A failure of an encoder.
#[derive(Debug, thiserror::Error)]
pub enum EncoderError {
    /// The model cannot be read or does not do its work.
    #[error("the sentence encoder failed: {0}")]
    Model(String),
    /// The service elsewhere did not answer, or not as it should.
    #[error("the encoder's service failed: {0}")]
    Service(String),
    /// A task of the runtime ended early.
    #[error("a task of the encoder ended early: {0}")]
    Task(#[from] tokio::task::JoinError),
}

/// What turns texts into vectors, if anything does.
#[derive(Debug, Clone, Default)]
pub enum Embedder {
    /// Nothing: words alone count.
    #[default]
    None,
    /// A model on this machine.
    Local(Arc<Local>),
    /// A service that speaks the `/embeddings` protocol of OpenAI.
    Endpoint(Arc<Endpoint>),
}

impl Embedder {
    pub(crate) fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Tells its vectors from those of another encoder.
    pub(crate) fn fingerprint(&self) -> String {
        match self {
            Self::None => "none".into(),
            Self::Local(local) => local.fingerprint().to_owned(),
            Self::Endpoint(endpoint) => endpoint.fingerprint(),
        }
    }

    /// The vectors of texts, in their order. Does not hold up the runtime.
    pub(crate) async fn embed(&self, texts: Vec<String>) -> Result<Vec<Vector>, EncoderError> {
        match self {
            Self::None => Ok(Vec::new()),
            Self::Local(local) => {
                let local = local.clone();
                let embedded = tokio::task::spawn_blocking(move || {
                    texts.iter().map(|text| local.embed(text)).collect::<Result<Vec<_>, _>>()
                });
                embedded.await?
            }
            Self::Endpoint(endpoint) => endpoint.embed(&texts).await,
        }
    }
}
