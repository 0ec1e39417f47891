//! What people mean: pure functions of the words, without database, network or clock. Only [`llm`], which is optional,
//! asks a service elsewhere.
//!
//! [`customer::hear`] understands a message of a customer's chat: whether they ask something, want a person, thank,
//! complain, and in which language. What a language's words mean is data (`customer/words/*.toml`); how meanings
//! combine is code, the same for all languages. [`values::find`] finds times, lengths of time, numbers and money; there
//! the rules are data as well (`values/words/*.toml`). [`staff::understand`] understands what a colleague asks of the
//! data, with the words of the definitions and of the data themselves and those of a language (`staff/words/*.toml`).
//! [`intent::Classifier`] learns from a company's own examples what texts mean. To add a language: files of words, a
//! variant of [`Language`], and messages in `tests/customer`, `tests/staff/languages` and `tests/values`.

pub mod customer;
pub mod intent;
mod language;
pub mod llm;
pub mod staff;
pub mod values;

pub use language::Language;
