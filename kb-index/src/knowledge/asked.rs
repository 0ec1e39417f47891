//! A question as a shelf understands it: which of its words occur there, and how else they may have been meant.

use super::common::{COMMON, is_common};
use super::compound::{longer, parts};
use super::follow_up::goes_on;
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

impl<'a> Question<'a> {
    /// The ways in which it may be meant: with the question before, and as if nothing had been asked before, unless its
    /// words say that it goes on.
    pub(crate) fn ways(self, language: Language) -> impl Iterator<Item = Self> {
        let is_alone = self.earlier.is_some() && !self.goes_on(language);
        std::iter::once(self).chain(is_alone.then_some(Self { earlier: None, ..self }))
    }

    /// Whether its words say that it goes on from the question before.
    pub(crate) fn goes_on(self, language: Language) -> bool {
        self.earlier.is_some() && goes_on(self.text, language)
    }

    /// Whether its words say, in the language of this code, that it goes on from the question before.
    #[must_use]
    pub fn follows_up(self, language: &str) -> bool {
        self.goes_on(Language::named(language))
    }

    /// What an encoder reads of it: the whole, and of a follow-up the new question again, by itself. Between the two lies
    /// what is asked about what.
    pub(crate) fn read(&self) -> Vec<String> {
        let text = cut(self.text).to_owned();
        match self.earlier {
            Some(earlier) => vec![format!("{}\n{text}", cut(earlier)), text],
            None => vec![text],
        }
    }
}

/// What is asked beyond this is not read.
const MOST_CHARACTERS: usize = 2_000;
const MOST_WORDS: usize = 40;
/// What a word of the earlier question counts beside one of this question.
const EARLIER: f32 = 0.5;
/// What a part of an unknown word counts beside the word itself.
const PART: f32 = 0.8;
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
    /// Whether it is an everyday word, which names nothing.
    pub(crate) common: bool,
    /// Whether it is of the earlier question.
    pub(crate) earlier: bool,
}

/// Which article is asked about, the earlier question tells; which part of it, hardly.
const EARLIER_IN_ARTICLE: f32 = 0.3;

impl Wanted {
    /// How much a passage is worth for having it.
    pub(crate) fn value(&self) -> f32 {
        self.weight * self.worth
    }

    /// How much it tells one part of an article from the others.
    pub(crate) fn value_in_article(&self) -> f32 {
        self.value() * if self.earlier { EARLIER_IN_ARTICLE } else { 1.0 }
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
        let (mut wanted, mut seen): (Vec<Wanted>, _) = (Vec::new(), HashSet::new());
        for (spot, stem) in self.stems(language) {
            let text = stem.text.clone();
            if seen.insert(text.clone()) {
                let meant = self.meant(language, &statistics, &dictionary, (spot, stem), known.contains(&spot))?;
                let earlier = spot.0 > 0;
                let common = is_common(language, &text);
                wanted.extend(meant.into_iter().map(|one| Wanted { earlier, common, ..one }));
            }
        }
        wanted.truncate(MOST_WORDS);
        Ok(wanted)
    }

    /// What a word of the question stands for on the shelf; `is_known` if it is known in some language.
    fn meant(
        &self,
        language: Language,
        statistics: &Statistics,
        dictionary: &[String],
        ((turn, _), stem): (Spot, Stem),
        is_known: bool,
    ) -> Result<Vec<Wanted>> {
        let weight = if turn == 0 { 1.0 } else { EARLIER };
        let is_common = is_common(language, &stem.text);
        let weight = weight * if is_common { COMMON } else { 1.0 };
        let dictionary = if is_common { &[] } else { dictionary };
        if self.frequency(language, &stem.text)? > 0 {
            return Ok(vec![self.known(language, statistics, dictionary, stem.text, weight)?]);
        }
        let parts = self.unknown_compound(language, statistics, dictionary, &stem.text, weight)?;
        if !parts.is_empty() {
            return Ok(parts);
        }
        let stems = if is_known { Vec::new() } else { self.near(language, turn, &stem)? };
        let weight = if stems.is_empty() { weight } else { weight * corrected(self.written(turn, &stem)) };
        let worth = statistics.worth(self.most_frequent(language, &stems)?);
        let corrected = !stems.is_empty();
        Ok(vec![Wanted { corrected, stems, related: Vec::new(), weight, worth, common: false, earlier: false }])
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
        Ok(Wanted { stems: vec![stem], related, weight, worth, corrected: false, common: false, earlier: false })
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
            let part = |part: &str| self.known(language, statistics, dictionary, part.to_owned(), weight * PART);
            return parts.into_iter().map(part).collect();
        }
        let related = [of(longer(dictionary, stem)), of(parts)].concat();
        if related.is_empty() {
            return Ok(Vec::new());
        }
        let worth = statistics.worth(self.most_frequent(language, &related)?);
        Ok(vec![Wanted { stems: Vec::new(), related, weight, worth, corrected: false, common: false, earlier: false }])
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
        let word = fold(self.written(turn, stem));
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

    /// A word as it was written.
    fn written(&self, turn: usize, stem: &Stem) -> &'a str {
        self.turns.get(turn).and_then(|text| text.get(stem.at.clone())).unwrap_or_default()
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

/// What a correction counts beside the word itself: of a short word another letter often makes another word, as of
/// `love` and `move`.
fn corrected(written: &str) -> f32 {
    match written.chars().count() {
        0..=4 => 0.5,
        5 => 0.65,
        _ => 0.8,
    }
}

fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MOST_CHARACTERS)).unwrap_or(text)
}
