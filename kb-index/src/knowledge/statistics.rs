//! How often words occur on one shelf: what a rare word is worth depends on nobody else's articles.

use super::shelf::{Shelf, TEXT_LENGTH, TITLE_LENGTH, Words};
use crate::error::Result;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, TERMINATED, Term};

/// The size of a shelf.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) passages: u64,
    text: u64,
    title: u64,
}

/// The sizes of the shelves asked for since the index last changed.
#[derive(Debug, Default)]
pub(crate) struct Sizes(Mutex<(u64, HashMap<Shelf, Size>)>);

impl Sizes {
    /// The size of a shelf.
    pub(crate) fn of(&self, searcher: &Searcher, shelf: Shelf, words: Words) -> Result<Size> {
        let generation = searcher.generation().generation_id();
        let known =
            |sizes: &(u64, HashMap<Shelf, Size>)| sizes.1.get(&shelf).copied().filter(|_| sizes.0 == generation);
        if let Some(size) = known(&self.0.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(size);
        }
        let size = Size::measure(searcher, shelf, words)?;
        let mut sizes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if sizes.0 != generation {
            *sizes = (generation, HashMap::new());
        }
        sizes.1.insert(shelf, size);
        Ok(size)
    }
}

impl Size {
    /// Counts deleted passages too until the index drops them, as the frequencies of terms do.
    fn measure(searcher: &Searcher, shelf: Shelf, words: Words) -> Result<Self> {
        let mut size = Self::default();
        let term = Term::from_field_text(words.shelf, &shelf.mark());
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(words.shelf)?;
            let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? else { continue };
            let text = segment.fast_fields().u64(TEXT_LENGTH)?;
            let title = segment.fast_fields().u64(TITLE_LENGTH)?;
            while postings.doc() != TERMINATED {
                size.passages += 1;
                size.text += text.first(postings.doc()).unwrap_or_default();
                size.title += title.first(postings.doc()).unwrap_or_default();
                postings.advance();
            }
        }
        Ok(size)
    }
}

/// The statistics of a shelf, as the ranking asks for them.
pub(crate) struct Statistics {
    pub(crate) searcher: Searcher,
    pub(crate) words: Words,
    pub(crate) size: Size,
}

impl Statistics {
    /// What a word is worth that so many passages of the shelf have.
    pub(crate) fn worth(&self, passages: u64) -> f32 {
        let (all, having) = (self.size.passages as f32, passages as f32);
        (1.0 + (all - having + 0.5) / (having + 0.5)).ln()
    }
}

impl Bm25StatisticsProvider for Statistics {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        // An average of nothing would be no number.
        Ok(if field == self.words.title { self.size.title } else { self.size.text }.max(1))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.size.passages)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.searcher.doc_freq(term)
    }
}
