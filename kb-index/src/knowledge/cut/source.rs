//! A readable text that knows, for each of its bytes, where in the source it was written.

use super::sentences::sentences;
use std::ops::Range;

/// Text as it is read, and the places in the source that it comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sourced {
    pub(crate) text: String,
    pieces: Vec<Piece>,
    /// Stretches that are one sentence however they look: rows of tables.
    statements: Vec<Range<usize>>,
}

/// A stretch of the text, and where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    text: Range<usize>,
    source: Range<usize>,
}

impl Sourced {
    /// Appends text that was written at `source`: the same bytes, or a way to write them such as `&amp;`.
    pub(crate) fn push(&mut self, text: &str, source: Range<usize>) {
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.pieces.push(Piece { text: start..self.text.len(), source });
    }

    /// Appends what is not in the source, between two things that are.
    pub(crate) fn gap(&mut self, text: &str) {
        if !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
            self.text.push_str(text);
        }
    }

    /// Appends what is to be read here, but is written elsewhere: the label of a column.
    pub(crate) fn label(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Makes all of it one sentence.
    pub(crate) fn into_statement(mut self) -> Self {
        self.statements.clear();
        self.statements.push(0..self.text.len());
        self
    }

    /// Its sentences: of each line by itself.
    pub(crate) fn sentences(&self) -> Vec<Range<usize>> {
        let mut all = Vec::new();
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            let at = start..start + line.trim_end().len();
            if self.statements.contains(&at) {
                all.push(at);
            } else {
                all.extend(sentences(line).into_iter().map(|at| at.start + start..at.end + start));
            }
            start += line.len();
        }
        all
    }

    /// Appends another text of the same source.
    pub(crate) fn append(&mut self, other: &Self) {
        let start = self.text.len();
        self.text.push_str(&other.text);
        self.statements.extend(other.statements.iter().map(|at| at.start + start..at.end + start));
        let shifted = |piece: &Piece| Piece {
            text: piece.text.start + start..piece.text.end + start,
            source: piece.source.clone(),
        };
        self.pieces.extend(other.pieces.iter().map(shifted));
    }

    /// A stretch of it.
    pub(crate) fn slice(&self, range: Range<usize>) -> Self {
        let mut slice = Self { text: self.text.get(range.clone()).unwrap_or_default().to_owned(), ..Self::default() };
        let within = self.statements.iter().filter(|at| range.start <= at.start && at.end <= range.end);
        slice.statements = within.map(|at| at.start - range.start..at.end - range.start).collect();
        for piece in &self.pieces {
            let text = piece.text.start.max(range.start)..piece.text.end.min(range.end);
            if text.is_empty() {
                continue;
            }
            let source = piece.source_of(&text);
            slice.pieces.push(Piece { text: text.start - range.start..text.end - range.start, source });
        }
        slice
    }

    /// Where a stretch of the text was written, from its first byte to its last.
    pub(crate) fn source(&self, range: Range<usize>) -> Option<Range<usize>> {
        let slice = self.slice(range);
        Some(slice.pieces.first()?.source.start..slice.pieces.last()?.source.end)
    }

    /// Where all of it was written.
    pub(crate) fn whole(&self) -> Option<Range<usize>> {
        Some(self.pieces.first()?.source.start..self.pieces.last()?.source.end)
    }

    /// Whether it is one line, with nothing around it.
    pub(crate) fn is_line(&self) -> bool {
        !self.text.contains('\n') && self.text.trim().len() == self.text.len()
    }

    /// Whether there is nothing to read.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl Piece {
    /// Where a stretch of it was written: exactly, if it was written as it is read, else all of it.
    fn source_of(&self, text: &Range<usize>) -> Range<usize> {
        if self.text.len() != self.source.len() {
            return self.source.clone();
        }
        let at = |byte: usize| self.source.start + (byte - self.text.start);
        at(text.start)..at(text.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_of_text_knows_where_it_was_written() {
        let source = "Bread &amp; *butter* here";
        let mut text = Sourced::default();
        text.push("Bread ", 0..6);
        text.push("&", 6..11);
        text.push(" ", 11..12);
        text.push("butter", 13..19);
        text.push(" here", 20..25);
        assert_eq!(text.text, "Bread & butter here");
        let of = |words: &str| {
            let start = text.text.find(words).unwrap();
            &source[text.source(start..start + words.len()).unwrap()]
        };
        assert_eq!(of("Bread &"), "Bread &amp;");
        assert_eq!(of("utter"), "utter");
        assert_eq!(of("butter here"), "butter* here");
        assert_eq!(text.slice(8..14).source(0..6), Some(13..19));
    }
}
