//! A message as one language reads it: its words and what they mean, and how to ask for meanings that stand together.

use super::concept::{Concept, Concepts};
use super::lexicon::{Lexicon, Mark, Word};
use super::text::Text;
use crate::Language;

/// A message, read in a language.
pub(super) struct Reading<'a> {
    pub(super) text: &'a Text,
    pub(super) lexicon: &'static Lexicon,
    pub(super) words: Vec<Word>,
    pub(super) marks: Vec<Mark>,
    /// What each word means, by itself or in a phrase.
    meanings: Vec<Concepts>,
}

impl<'a> Reading<'a> {
    pub(super) fn of(text: &'a Text, language: Language) -> Self {
        let lexicon = Lexicon::of(language);
        let words = lexicon.understood(&text.pieces);
        let marks = lexicon.marks(&words);
        let mut meanings = vec![Concepts::default(); words.len()];
        for mark in &marks {
            meanings.iter_mut().take(mark.end).skip(mark.start).for_each(|all| *all = *all | mark.concept.into());
        }
        Self { text, lexicon, words, marks, meanings }
    }

    /// Whether any of it is said.
    pub(super) fn has(&self, concepts: impl Into<Concepts>) -> bool {
        let concepts = concepts.into();
        self.marks.iter().any(|mark| concepts.meets(mark.concept))
    }

    /// Where any of it is said.
    pub(super) fn all(&self, concepts: impl Into<Concepts>) -> impl Iterator<Item = &Mark> {
        let concepts = concepts.into();
        self.marks.iter().filter(move |mark| concepts.meets(mark.concept))
    }

    /// Where one meaning stands behind another in the same clause, at most `gap` words away.
    pub(super) fn followed(
        &self,
        first: impl Into<Concepts>,
        then: impl Into<Concepts>,
        gap: usize,
    ) -> Option<(&Mark, &Mark)> {
        let then = then.into();
        self.all(first).find_map(|a| {
            let close = |b: &&Mark| b.start >= a.end && b.start - a.end <= gap && self.clause(a) == self.clause(b);
            self.all(then).find(close).map(|b| (a, b))
        })
    }

    /// Whether two meanings stand together in a clause, in either order.
    pub(super) fn together(&self, one: impl Into<Concepts>, other: impl Into<Concepts>, gap: usize) -> bool {
        let (one, other) = (one.into(), other.into());
        self.followed(one, other, gap).is_some() || self.followed(other, one, gap).is_some()
    }

    /// The clause that a mark stands in.
    pub(super) fn clause(&self, mark: &Mark) -> usize {
        self.words.get(mark.start).map_or(0, |word| word.clause)
    }

    /// Whether anything of it is said in the clause.
    pub(super) fn clause_has(&self, clause: usize, concepts: impl Into<Concepts>) -> bool {
        self.all(concepts).any(|mark| self.clause(mark) == clause)
    }

    /// How many words mean something else.
    pub(super) fn others(&self, allowed: Concepts) -> usize {
        self.meanings.iter().filter(|meanings| !meanings.meets(allowed)).count()
    }

    /// How many words mean nothing that is known here: what the message is about.
    pub(super) fn content(&self) -> usize {
        self.meanings.iter().filter(|meanings| meanings.is_empty()).count()
    }

    /// What a word means.
    pub(super) fn meaning(&self, word: usize) -> Concepts {
        self.meanings.get(word).copied().unwrap_or_default()
    }

    /// Whether only words of these meanings stand before the mark in its clause.
    pub(super) fn opens(&self, mark: &Mark, allowed: Concepts) -> bool {
        let clause = self.clause(mark);
        let before = self.words.iter().zip(&self.meanings).take(mark.start);
        before.filter(|(word, _)| word.clause == clause).all(|(_, meanings)| meanings.meets(allowed))
    }

    /// Whether a mistyped word took part.
    pub(super) fn is_corrected(&self) -> bool {
        self.words.iter().any(|word| word.corrected)
    }

    /// Whether any word carries a number.
    pub(super) fn has_number(&self) -> bool {
        self.words.iter().any(|word| word.text.chars().filter(char::is_ascii_digit).count() >= 3)
    }
}

/// What may stand around anything without changing it.
pub(super) fn padding() -> Concepts {
    use Concept::{Address, Filler, Function, Polite, Urgent};
    Concepts::of(&[Function, Filler, Polite, Address, Urgent])
}
