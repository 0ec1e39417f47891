//! Search over every object, and answers from the knowledge base, for every surface.
//!
//! One index for all tenants, made from the records and kept up to date by the event log ([`Search::follow`]); it can
//! be deleted and made again at any time ([`Search::rebuild`]). The index only proposes: what it finds is read from
//! the database as the asking person may see it, matched again with the fields that they may read, and only then
//! shown. So it can be late, but it cannot leak.
//!
//! The way of a search: what was typed is taken apart (`asked`), unknown words are compared with the tenant's own
//! dictionary and the candidates fetched (`candidates`), then each is read and matched again (`verify`) with the same
//! weights (`rank`). What of a record is searched is said in one place, `texts`. Questions have a room of their own,
//! `knowledge`, in the same index; where there is a sentence encoder (`encoder`), what passages mean is kept beside it
//! (`vectors`, `encoding`).

mod asked;
mod candidates;
mod encoder;
mod encoding;
mod entry;
mod error;
mod follow;
mod generation;
mod knowledge;
mod rank;
mod rebuild;
mod search;
mod texts;
mod vectors;
mod verify;
mod words;

pub use encoder::{Embedder, EncoderError, Endpoint, Local};
pub use error::{Error, Result};
pub use knowledge::{
    Answer, CONFIDENT, Calibration, Found, Heading, Judged, Passage, Question, Sentence, Trial, content_stems, outline,
};
pub use rebuild::Progress;
pub use search::{Hit, Search};
