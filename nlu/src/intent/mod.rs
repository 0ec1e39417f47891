//! Intents learnt from examples: a company's own words for what its customers want, or whether a text is a question, a
//! command or small talk.
//!
//! A [`Classifier`] is trained in seconds from texts with their intents, tells what a text means and how sure that is,
//! and declines what is like none of them ([`Prediction::declined`]). It is pure: where there is a sentence encoder, its
//! vectors come in beside the texts. The same examples make the same model, to the byte.
//!
//! How: pieces of words and of letters (`features`), weighted by how much they tell and how much of a text is new
//! (`vocabulary`), a line for each intent against all others (`machine`), and on examples kept aside, how often which
//! score was right (`confidence`).

mod classifier;
mod confidence;
mod error;
mod features;
mod file;
mod machine;
mod meaning;
mod name;
mod vocabulary;

pub use classifier::{Classifier, Prediction, Reason, Vectors};
pub use confidence::Curve;
pub use error::{ModelError, TrainError};
pub use name::{Name, names};

/// The intent of examples that are outside of all intents: none is trained for them, they say where to decline.
pub const OUT_OF_SCOPE: &str = "oos";

/// A text and what it means.
#[derive(Debug, Clone, Copy)]
pub struct Example<'a> {
    /// What was said.
    pub text: &'a str,
    /// What it means, or [`OUT_OF_SCOPE`].
    pub intent: &'a str,
}
