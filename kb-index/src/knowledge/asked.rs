//! A question as a shelf understands it: which of its words occur there, and how else they may have been meant.

use super::common::{COMMON, is_common};
use super::language::{Language, Stem};
use super::shelf::{Audience, Shelf, Words};
use super::statistics::Statistics;
use crate::error::Result;
use crate::generation::Generation;
use crm_core::TenantId;
use crm_core::text::fold;
use std::collections::{BTreeSet, HashSet};
use tantivy::query::FuzzyTermQuery;
use tantivy::{Searcher, Term};

/// A question.
#[derive(Debug, Clone, Copy, Default)]
pub struct Question<'a> {
    /// As it was asked.
    pub text: &'a str,
    /// What the same person asked right before, if anything: a follow-up is understood with it.
    pub earlier: Option<&'a str>,
}

/// What is asked beyond this is not read.
const MOST_CHARACTERS: usize = 2_000;
const MOST_WORDS: usize = 40;
/// What a word of the earlier question counts beside one of this question.
const EARLIER: f32 = 0.5;
/// What a correction counts beside the word itself.
const CORRECTED: f32 = 0.8;
/// How many corrections of a word are tried.
const MOST_NEAR: usize = 6;

/// A word of a question on one shelf.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wanted {
    /// What it is on the shelf: itself, or for an unknown word those that it is near to.
    pub(crate) stems: Vec<String>,
    /// How much it counts: less if it is of the earlier question, or corrected.
    pub(crate) weight: f32,
    /// Whether it stands for other words, near to what was written.
    pub(crate) corrected: bool,
    /// How much it says: rare words say more.
    pub(crate) worth: f32,
}

impl Wanted {
    /// How much a passage is worth for having it.
    pub(crate) fn value(&self) -> f32 {
        self.weight * self.worth
    }

    pub(crate) fn is_known(&self) -> bool {
        !self.stems.is_empty()
    }
}

/// A word of a question, by the turn and the byte that it stands at.
type Spot = (usize, usize);

/// A question, looked up in one index.
pub(crate) struct Lookup<'a> {
    generation: &'a Generation,
    pub(crate) searcher: Searcher,
    tenant: TenantId,
    audience: Audience,
    turns: Vec<&'a str>,
}

impl<'a> Lookup<'a> {
    pub(crate) fn new(
        generation: &'a Generation,
        tenant: TenantId,
        audience: Audience,
        question: Question<'a>,
    ) -> Self {
        let turns = [Some(question.text), question.earlier].into_iter().flatten().map(cut).collect();
        Self { generation, searcher: generation.reader.searcher(), tenant, audience, turns }
    }

    /// The fields that the question is looked up in.
    pub(crate) fn words(&self) -> Words {
        self.generation.fields.passage.words(self.audience)
    }

    pub(crate) fn shelf(&self, language: Language) -> Shelf {
        Shelf { tenant: self.tenant, audience: self.audience, language }
    }

    /// What the shelf's words are worth.
    pub(crate) fn statistics(&self, language: Language) -> Result<Statistics> {
        let (searcher, words) = (self.searcher.clone(), self.words());
        let size = self.generation.sizes.of(&searcher, self.shelf(language), words)?;
        Ok(Statistics { searcher, words, size })
    }

    /// What the question asks for, in each language that the tenant's articles are written in.
    pub(crate) fn wanted(&self) -> Result<Vec<(Language, Vec<Wanted>)>> {
        let languages = self.languages()?;
        let mut known = HashSet::new();
        for language in &languages {
            for (spot, stem) in self.stems(*language) {
                if self.frequency(*language, &stem.text)? > 0 {
                    known.insert(spot);
                }
            }
        }
        languages.into_iter().map(|language| Ok((language, self.wanted_in(language, &known)?))).collect()
    }

    /// A word that is known in any language is corrected in none.
    fn wanted_in(&self, language: Language, known: &HashSet<Spot>) -> Result<Vec<Wanted>> {
        let statistics = self.statistics(language)?;
        let (mut wanted, mut seen) = (Vec::new(), HashSet::new());
        for ((turn, start), stem) in self.stems(language) {
            if !seen.insert(stem.text.clone()) {
                continue;
            }
            let weight = if turn == 0 { 1.0 } else { EARLIER };
            let weight = weight * if is_common(language, &stem.text) { COMMON } else { 1.0 };
            let frequency = self.frequency(language, &stem.text)?;
            if frequency > 0 {
                let worth = statistics.worth(frequency);
                wanted.push(Wanted { weight, worth, stems: vec![stem.text], corrected: false });
                continue;
            }
            let stems = if known.contains(&(turn, start)) { Vec::new() } else { self.near(language, turn, &stem)? };
            let weight = if stems.is_empty() { weight } else { weight * CORRECTED };
            let mut frequency = 0;
            for stem in &stems {
                frequency = frequency.max(self.frequency(language, stem)?);
            }
            wanted.push(Wanted { corrected: !stems.is_empty(), stems, weight, worth: statistics.worth(frequency) });
        }
        wanted.truncate(MOST_WORDS);
        Ok(wanted)
    }

    fn stems(&self, language: Language) -> Vec<(Spot, Stem)> {
        let turns = self.turns.iter().enumerate();
        turns
            .flat_map(|(turn, text)| language.stems(text).into_iter().map(move |stem| ((turn, stem.at.start), stem)))
            .collect()
    }

    fn frequency(&self, language: Language, stem: &str) -> Result<u64> {
        Ok(self.searcher.doc_freq(&self.shelf(language).term(self.words().text, stem))?)
    }

    /// The languages of the shelves that there are.
    fn languages(&self) -> Result<Vec<Language>> {
        let start = self.shelf(Language::default()).tenant_mark();
        let end = format!("{start}{}", char::MAX);
        let mut languages = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let dictionary = segment.inverted_index(self.words().shelf)?;
            let mut shelves = dictionary.terms().range().ge(&start).lt(&end).into_stream()?;
            while shelves.advance() {
                let code = shelves.key().get(start.len()..).and_then(|code| std::str::from_utf8(code).ok());
                languages.extend(code.map(Language::named));
            }
        }
        Ok(languages.into_iter().collect())
    }

    /// The nearest words that are spelled on the shelf, as they compare.
    fn near(&self, language: Language, turn: usize, stem: &Stem) -> Result<Vec<String>> {
        let word = self.turns.get(turn).and_then(|text| text.get(stem.at.clone())).map(fold).unwrap_or_default();
        let distance = match word.chars().count() {
            0..=3 => return Ok(Vec::new()),
            4..=7 => 1,
            _ => 2,
        };
        let (shelf, field) = (self.shelf(language), self.words().spelling);
        let fuzzy = FuzzyTermQuery::new(shelf.term(field, &word), distance, true);
        let found = self.generation.near_terms(&self.searcher, field, &shelf.mark(), &word, &fuzzy)?;
        let nearest = found.values().min().copied().unwrap_or_default();
        let mut found: Vec<(bool, String)> = found
            .into_iter()
            .filter(|(_, distance)| *distance == nearest)
            .map(|(near, _)| (near.chars().next() != word.chars().next(), near))
            .collect();
        found.sort_unstable();
        let mut stems: Vec<String> = Vec::new();
        for stem in found.iter().flat_map(|(_, near)| language.stems(near)) {
            if stems.len() < MOST_NEAR && !stems.contains(&stem.text) {
                stems.push(stem.text);
            }
        }
        Ok(stems)
    }

    /// The terms of a word in a field.
    pub(crate) fn terms(&self, language: Language, field: tantivy::schema::Field, wanted: &Wanted) -> Vec<Term> {
        let shelf = self.shelf(language);
        wanted.stems.iter().map(|stem| shelf.term(field, stem)).collect()
    }
}

fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MOST_CHARACTERS)).unwrap_or(text)
}
