//! The passages of a shelf that mean nearly what is asked: all of them are compared.

use super::shelf::{MEANING, Shelf, Words};
use crate::encoder::Vector;
use crate::error::Result;
use crate::vectors::Known;
use tantivy::columnar::Column;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Searcher, SegmentReader, TERMINATED, Term};

/// A question's meaning, and those of the passages.
#[derive(Clone, Copy)]
pub(crate) struct Meanings<'a> {
    pub(crate) question: &'a Vector,
    pub(crate) known: &'a Known,
}

impl Meanings<'_> {
    /// The nearest passages of a shelf, with their cosines.
    pub(crate) fn nearest(
        &self,
        searcher: &Searcher,
        shelf: Shelf,
        words: Words,
        most: usize,
    ) -> Result<Vec<(f32, DocAddress)>> {
        let mut near = Vec::new();
        let term = Term::from_field_text(words.shelf, &shelf.mark());
        for (segment_ord, segment) in (0..).zip(searcher.segment_readers()) {
            let inverted = segment.inverted_index(words.shelf)?;
            let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? else { continue };
            let column = segment.fast_fields().u64(MEANING)?;
            while postings.doc() != TERMINATED {
                let document = postings.doc();
                if !segment.is_deleted(document)
                    && let Some(cosine) = self.cosine(&column, document)
                {
                    near.push((cosine, DocAddress { segment_ord, doc_id: document }));
                }
                postings.advance();
            }
        }
        near.sort_unstable_by(|(a, at), (b, other)| b.total_cmp(a).then(at.cmp(other)));
        near.truncate(most);
        Ok(near)
    }

    /// How near a passage is; none if it has not been encoded yet.
    pub(crate) fn of(&self, segment: &SegmentReader, document: u32) -> Result<Option<f32>> {
        Ok(self.cosine(&segment.fast_fields().u64(MEANING)?, document))
    }

    fn cosine(&self, column: &Column<u64>, document: u32) -> Option<f32> {
        Some(self.known.get(&column.first(document)?)?.cosine(self.question))
    }
}
