//! A question as a shelf understands it: which of its words occur there, and how else they may have been meant.

use super::common::{COMMON, is_common};
use super::compound::{longer, parts};
use super::language::{Language, Stem};
use super::shelf::{Audience, Shelf, Words};
use super::statistics::Statistics;
use crate::error::Result;
use crate::generation::Generation;
use crm_core::TenantId;
use crm_core::text::fold;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};
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

/// Who begins so goes on from what was asked before, in any language.
const GOING_ON: [&str; 16] =
    ["and", "but", "or", "also", "und", "aber", "oder", "auch", "et", "mais", "ou", "y", "pero", "o", "e", "mas"];

impl Question<'_> {
    /// Whether it says itself that it goes on from what was asked before: "And for the GTX Pro?"
    pub(crate) fn goes_on(&self) -> bool {
        let first = self.text.split_whitespace().next().map(fold).unwrap_or_default();
        GOING_ON.contains(&first.trim_end_matches(','))
    }

    /// All that is asked, as an encoder reads it.
    pub(crate) fn whole(&self) -> String {
        let turns = [self.earlier, Some(self.text)].into_iter().flatten().map(cut);
        turns.collect::<Vec<_>>().join("\n")
    }
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
    /// Words of the shelf that it is a part of, or that are a part of it.
    pub(crate) related: Vec<String>,
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
        !self.stems.is_empty() || !self.related.is_empty()
    }

    /// Whether a word of the shelf is what is meant, or related to it.
    pub(crate) fn means(&self, word: &str) -> bool {
        let is = |stem: &String| stem == word;
        self.stems.iter().any(is) || self.related.iter().any(is)
    }

    /// Whether it is among words.
    pub(crate) fn is_in(&self, words: &HashSet<&str>) -> bool {
        self.is_exactly_in(words) || self.related.iter().any(|stem| words.contains(stem.as_str()))
    }

    /// Whether the word itself is among words, or what it was corrected to.
    pub(crate) fn is_exactly_in(&self, words: &HashSet<&str>) -> bool {
        self.stems.iter().any(|stem| words.contains(stem.as_str()))
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
    /// The frequencies that were looked up.
    frequencies: RefCell<HashMap<(Language, String), u64>>,
}

impl<'a> Lookup<'a> {
    pub(crate) fn new(
        generation: &'a Generation,
        tenant: TenantId,
        audience: Audience,
        question: Question<'a>,
    ) -> Self {
        let turns = [Some(question.text), question.earlier].into_iter().flatten().map(cut).collect();
        let (searcher, frequencies) = (generation.reader.searcher(), RefCell::default());
        Self { generation, searcher, tenant, audience, turns, frequencies }
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
        let dictionary = if language.joins_words() { self.dictionary(language)? } else { Vec::new() };
        let (mut wanted, mut seen) = (Vec::new(), HashSet::new());
        for ((turn, start), stem) in self.stems(language) {
            if !seen.insert(stem.text.clone()) {
                continue;
            }
            let weight = if turn == 0 { 1.0 } else { EARLIER };
            let is_common = is_common(language, &stem.text);
            let weight = weight * if is_common { COMMON } else { 1.0 };
            let dictionary = if is_common { &[] } else { dictionary.as_slice() };
            if self.frequency(language, &stem.text)? > 0 {
                wanted.push(self.known(language, &statistics, dictionary, stem.text, weight)?);
                continue;
            }
            let parts = self.unknown_compound(language, &statistics, dictionary, &stem.text, weight)?;
            if !parts.is_empty() {
                wanted.extend(parts);
                continue;
            }
            let stems = if known.contains(&(turn, start)) { Vec::new() } else { self.near(language, turn, &stem)? };
            let weight = if stems.is_empty() { weight } else { weight * CORRECTED };
            let worth = statistics.worth(self.most_frequent(language, &stems)?);
            let corrected = !stems.is_empty();
            wanted.push(Wanted { corrected, stems, related: Vec::new(), weight, worth });
        }
        wanted.truncate(MOST_WORDS);
        Ok(wanted)
    }

    /// A word that is on the shelf.
    fn known(
        &self,
        language: Language,
        statistics: &Statistics,
        dictionary: &[String],
        stem: String,
        weight: f32,
    ) -> Result<Wanted> {
        let worth = statistics.worth(self.frequency(language, &stem)?);
        let related = longer(dictionary, &stem).into_iter().chain(parts(dictionary, &stem));
        let related = related.map(str::to_owned).collect();
        Ok(Wanted { stems: vec![stem], related, weight, worth, corrected: false })
    }

    /// A word that is on the shelf only as part of longer ones, or as the words that it is made of.
    fn unknown_compound(
        &self,
        language: Language,
        statistics: &Statistics,
        dictionary: &[String],
        stem: &str,
        weight: f32,
    ) -> Result<Vec<Wanted>> {
        let of = |words: Vec<&str>| words.into_iter().map(str::to_owned).collect::<Vec<_>>();
        let parts = parts(dictionary, stem);
        if parts.len() > 1 {
            let part = |part: &str| self.known(language, statistics, dictionary, part.to_owned(), weight * CORRECTED);
            return parts.into_iter().map(part).collect();
        }
        let related = [of(longer(dictionary, stem)), of(parts)].concat();
        if related.is_empty() {
            return Ok(Vec::new());
        }
        let worth = statistics.worth(self.most_frequent(language, &related)?);
        Ok(vec![Wanted { stems: Vec::new(), related, weight, worth, corrected: false }])
    }

    fn most_frequent(&self, language: Language, stems: &[String]) -> Result<u64> {
        let mut most = 0;
        for stem in stems {
            most = most.max(self.frequency(language, stem)?);
        }
        Ok(most)
    }

    /// The words of the shelf.
    fn dictionary(&self, language: Language) -> Result<Vec<String>> {
        let (mark, field) = (self.shelf(language).mark(), self.words().text);
        let end = format!("{mark}{}", char::MAX);
        let mut words = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let dictionary = segment.inverted_index(field)?;
            let mut terms = dictionary.terms().range().ge(&mark).lt(&end).into_stream()?;
            while terms.advance() {
                let word = terms.key().get(mark.len()..).and_then(|word| std::str::from_utf8(word).ok());
                words.extend(word.map(str::to_owned));
            }
        }
        Ok(words.into_iter().collect())
    }

    fn stems(&self, language: Language) -> Vec<(Spot, Stem)> {
        let turns = self.turns.iter().enumerate();
        turns
            .flat_map(|(turn, text)| language.stems(text).into_iter().map(move |stem| ((turn, stem.at.start), stem)))
            .collect()
    }

    fn frequency(&self, language: Language, stem: &str) -> Result<u64> {
        let key = (language, stem.to_owned());
        if let Some(known) = self.frequencies.borrow().get(&key) {
            return Ok(*known);
        }
        let frequency = self.searcher.doc_freq(&self.shelf(language).term(self.words().text, stem))?;
        self.frequencies.borrow_mut().insert(key, frequency);
        Ok(frequency)
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

    /// The terms of stems in a field.
    pub(crate) fn terms<'s>(
        &self,
        language: Language,
        field: tantivy::schema::Field,
        stems: &'s [String],
    ) -> impl Iterator<Item = Term> + use<'s> {
        let shelf = self.shelf(language);
        stems.iter().map(move |stem| shelf.term(field, stem))
    }
}

fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MOST_CHARACTERS)).unwrap_or(text)
}
