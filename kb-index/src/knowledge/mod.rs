//! The knowledge base: questions answered from the published articles, with the place where the answer stands.
//!
//! Articles are cut into passages by their headings (`cut`), which stand in the index beside the records, on shelves of
//! those who may be told (`shelf`, `statistics`), and follow the event log with them. The way of a question: its words
//! are looked up, everyday ones counted less (`common`), found within longer ones (`compound`), unknown ones corrected
//! (`asked`), the passages ranked
//! (`ranking`), read through the door (`answer`) and compared with the question once more (`reading`); from the best one
//! come the sentences (`extract`) and the confidence (`confidence`), which a company's own experience may correct
//! (`calibration`). So an article that was withdrawn answers nothing from that moment on, whatever the index says.

mod answer;
mod article;
mod asked;
mod calibration;
mod common;
mod compound;
mod confidence;
mod cut;
mod extract;
mod follow_up;
mod language;
mod nearness;
mod ranking;
mod reading;
mod shelf;
mod statistics;
mod trial;

pub use answer::{Answer, Passage, Sentence};
pub(crate) use article::{ARTICLE, fields, meanings, shelved};
pub use asked::Question;
pub use calibration::Calibration;
pub use confidence::CONFIDENT;
pub use cut::{Heading, outline};
pub use language::content_stems;
pub(crate) use shelf::{Fields, MEANING, Shelved, TEXT_LENGTH};
pub(crate) use statistics::Sizes;
pub use trial::{Found, Judged, Trial};
