//! Records that were shown, and are meant by their place in a list or by a pronoun: "delete the first one", "mark it as
//! won", "assign them to Mike".
//!
//! The words that point become one more piece that may stand there: the name of the record that they point at. Of
//! several records the first stands for all, so that it is told whether the rest can be said of them.

use super::Words;
use super::change::Obstacle;
use super::piece::{NameAt, Piece, Placed};
use super::spoken::{ordinals, plain};
use super::token::{Token, Tokens};
use crate::Language;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// What a word that points counts: more than what it may be beside.
const POINTS: f64 = 1.3;

/// A language's words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pointing {
    last: Vec<String>,
    noun: Vec<String>,
    article: Vec<String>,
    it: Vec<String>,
    them: Vec<String>,
    /// The stems of its ordinals, in their order.
    #[serde(skip)]
    ordinals: Vec<String>,
}

#[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
static POINTING: LazyLock<BTreeMap<String, Pointing>> = LazyLock::new(|| {
    let mut all: BTreeMap<String, Pointing> =
        toml::from_str(include_str!("words/pointing.toml")).expect("the file of words is well formed");
    for language in Language::ALL {
        let Some(words) = all.get_mut(language.code()) else { continue };
        let tokens = Tokens::new(language);
        let stem = |word: &str| tokens.of(word).into_iter().next().map(|token| token.stem).unwrap_or_default();
        words.ordinals = ordinals(language).map(stem).collect();
        let Pointing { last, noun, article, it, them, .. } = words;
        [last, noun, article, it, them].into_iter().flatten().for_each(|phrase| *phrase = plain(phrase));
    }
    all
});

/// What words point at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    /// The record at this place of the list.
    At(usize),
    /// The last of the list.
    Last,
    /// The one record that was spoken of.
    It,
    /// All that were shown.
    All,
    /// What may be either, as German "sie".
    ItOrAll,
}

/// Words that point at what was shown.
#[derive(Debug)]
pub(super) struct Pointed {
    /// The words.
    pub(super) tokens: Range<usize>,
    /// The record that stands for what they point at: its place among the vocabulary's names.
    pub(super) record: Option<usize>,
    /// Why a change of it cannot be proposed.
    pub(super) obstacle: Option<Obstacle>,
}

impl Pointed {
    /// The same pieces, and the record that is pointed at.
    pub(super) fn among(&self, pieces: &[Vec<Placed>]) -> Vec<Vec<Placed>> {
        let mut pieces = pieces.to_vec();
        if let (Some(place), Some(here)) = (self.record, pieces.get_mut(self.tokens.start)) {
            let piece = Piece::Names(vec![NameAt { place, fit: 1.0 }]);
            here.push(Placed { piece, tokens: self.tokens.clone(), score: POINTS * self.tokens.len() as f64 });
        }
        pieces
    }
}

/// Whether some words of a text may point at what was shown. Whether they do, the rest of it tells.
#[must_use]
pub fn may_point(text: &str, language: Language) -> bool {
    let tokens = Tokens::new(language).of(text);
    (0..tokens.len()).any(|at| of(language).any(|words| words.target(&tokens, at).is_some()))
}

/// The words of a language, and the English ones, which everybody says.
fn of(language: Language) -> impl Iterator<Item = &'static Pointing> {
    let own = (language != Language::En).then(|| POINTING.get(language.code())).flatten();
    own.into_iter().chain(POINTING.get(Language::En.code()))
}

impl Pointing {
    /// What the words from `at` on point at, and how many they are.
    fn target(&self, tokens: &[Token], at: usize) -> Option<(Target, usize)> {
        let first = tokens.get(at)?;
        let place = self.ordinals.iter().position(|ordinal| *ordinal == first.stem);
        if let Some(place) = place {
            return Some((Target::At(place), 1));
        }
        if self.last.contains(&first.text) {
            return Some((Target::Last, 1));
        }
        let said = |phrases: &[String]| {
            let lengths = phrases.iter().filter_map(|phrase| {
                let words: Vec<&str> = phrase.split(' ').collect();
                let here = tokens.get(at..at + words.len())?;
                here.iter().zip(&words).all(|(token, word)| token.text == *word).then_some(words.len())
            });
            lengths.max()
        };
        match (said(&self.it), said(&self.them)) {
            (Some(one), Some(all)) if one == all => Some((Target::ItOrAll, one)),
            (Some(one), all) if Some(one) > all => Some((Target::It, one)),
            (_, all) => Some((Target::All, all?)),
        }
    }
}

impl Words<'_> {
    /// The first words that point at what was shown.
    pub(super) fn pointed(&self, pieces: &[Vec<Placed>]) -> Option<Pointed> {
        let pointed = |words: &Pointing| (0..self.tokens.len()).find_map(|at| self.pointed_at(words, pieces, at));
        of(self.language).find_map(pointed)
    }

    fn pointed_at(&self, words: &Pointing, pieces: &[Vec<Placed>], at: usize) -> Option<Pointed> {
        let (target, length) = words.target(self.tokens, at)?;
        let mut tokens = at..at + length;
        if matches!(target, Target::At(_) | Target::Last) {
            // "first name" is a field.
            if pieces.get(at)?.iter().any(|placed| placed.tokens.len() > 1 && matches!(placed.piece, Piece::Field(_))) {
                return None;
            }
            let is = |list: &[String], at: usize| self.tokens.get(at).is_some_and(|token| list.contains(&token.text));
            tokens.end += usize::from(is(&words.noun, tokens.end) || self.is_kind_of_shown(pieces, tokens.end));
            tokens.start -= usize::from(at.checked_sub(1).is_some_and(|before| is(&words.article, before)));
        }
        let ends = pieces.get(tokens.end).is_none_or(|here| {
            here.iter().any(|placed| matches!(placed.piece, Piece::Role(_))) && !here.iter().any(says_of_what)
        });
        ends.then(|| self.target(target, tokens))
    }

    /// Whether a word is that for the objects that were shown: "the second deal".
    fn is_kind_of_shown(&self, pieces: &[Vec<Placed>], at: usize) -> bool {
        let shown = self.vocabulary.shown().0.iter().flatten().next().map(|shown| shown.name.object.as_str());
        let is = |placed: &Placed| matches!(&placed.piece, Piece::Object(object) if Some(object.as_str()) == shown);
        pieces.get(at).is_some_and(|here| here.iter().any(is))
    }

    fn target(&self, target: Target, tokens: Range<usize>) -> Pointed {
        let (list, one) = self.vocabulary.shown();
        let shown = list.len();
        let at = |place: usize| list.get(place).copied().flatten();
        let any = list.iter().flatten().next().copied();
        let (record, obstacle) = match target {
            Target::It | Target::ItOrAll if one.is_some() => (one, None),
            Target::All if shown == 0 && one.is_some() => (one, None),
            Target::At(place) if place >= shown => (any, Some(Obstacle::Fewer { shown })),
            _ if shown == 0 => (None, Some(Obstacle::Fewer { shown })),
            Target::At(place) => (at(place), None),
            Target::Last => (at(shown - 1), None),
            Target::It | Target::ItOrAll | Target::All if shown > 1 => (any, Some(Obstacle::Several { shown })),
            Target::It | Target::ItOrAll | Target::All => (at(0), None),
        };
        let obstacle = obstacle.or(record.is_none().then_some(Obstacle::Gone));
        Pointed { tokens, record: record.map(|record| record.place), obstacle }
    }
}

/// Whether a piece says which records are meant: "das alte Konto" is not what was shown.
fn says_of_what(placed: &Placed) -> bool {
    matches!(placed.piece, Piece::Object(_) | Piece::Names(_) | Piece::Phrase(_) | Piece::Option(_) | Piece::Values(_))
}
