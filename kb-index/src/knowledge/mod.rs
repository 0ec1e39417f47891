//! The knowledge base: questions answered from the published articles, with the place where the answer stands.
//!
//! Articles are cut into passages by their headings (`cut`), which stand in the index beside the records, on shelves of
//! those who may be told (`shelf`, `statistics`), and follow the event log with them. The way of a question: its words
//! are looked up, unknown ones corrected (`asked`), the passages ranked (`ranking`) and read through the door
//! (`answer`); from the best one come the sentences (`extract`) and the confidence (`confidence`). So an article that
//! was withdrawn answers nothing from that moment on, whatever the index says.

mod answer;
mod article;
mod asked;
mod confidence;
mod cut;
mod extract;
mod language;
mod ranking;
mod shelf;
mod statistics;
mod trial;

pub use answer::{Answer, Passage, Sentence};
pub(crate) use article::{fields, shelved};
pub use asked::Question;
pub use confidence::CONFIDENT;
pub use cut::{Heading, outline};
pub(crate) use shelf::{Fields, Shelved, TEXT_LENGTH};
pub(crate) use statistics::Sizes;
pub use language::content_stems;
pub use trial::{Found, Trial};
