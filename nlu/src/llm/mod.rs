//! A language model, asked where the words of the definitions and the data do not tell what a colleague means.
//!
//! Optional, and never believed: [`Prompt`] says what the model is told and reads what it answers, both pure; [`Llm`]
//! carries the one to a service that speaks the chat completions of OpenAI, and brings the other back. What the model is
//! told is what the asking person may see: the definitions of their objects and the few names and values that their
//! words come close to (`near`), records by handles instead of ids. What others wrote is fenced (`fence`). What it
//! answers must fit a schema (`schema`) of the same parts that [`crate::staff`] makes, and is read strictly (`check`):
//! whatever was not shown, does not compare, or changes what nobody asked to have changed is refused as a whole.

mod check;
mod client;
mod failure;
mod fence;
mod near;
mod prompt;
mod reply;
mod schema;
mod settings;
mod shown;
mod wish;

pub use check::Refused;
pub use client::{Heard, Llm};
pub use failure::Failure;
pub use prompt::Prompt;
pub use settings::{Secret, Settings, Use};

/// How sure an answer of the model is: surer than what was not understood, and never certain.
pub const CONFIDENCE: f64 = 0.7;
