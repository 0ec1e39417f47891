//! A knowledge base for a trial: articles that are in no database, to measure how well questions find them.

use super::answer::LEAST_READ;
use super::article::ARTICLE;
use super::asked::Question;
use super::confidence::confidence;
use super::cut;
use super::language::Language;
use super::nearness::Meanings;
use super::ranking::Ranked;
use super::reading::{Candidate, ordered};
use super::shelf::{Audience, Place, Shelved, meaning};
use crate::encoder::{Local, Vector};
use crate::entry::Key;
use crate::error::Result;
use crate::generation::{Generation, Writer};
use crate::vectors::{Known, text_key};
use crm_core::TenantId;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

/// Articles under trial, in memory.
pub struct Trial {
    generation: Generation,
    writer: Writer,
    names: HashMap<Uuid, String>,
    /// Their titles and passages.
    texts: HashMap<Uuid, (String, Vec<cut::Passage>)>,
    language: Language,
    encoder: Option<Arc<Local>>,
    known: Known,
}

/// An article found in a trial.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The name that it was added by.
    pub name: String,
    /// How well its best passage matches.
    pub score: f32,
}

/// What a trial answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The name of the article that answers best.
    pub name: String,
    /// The anchor of its passage that does.
    pub anchor: String,
    /// How sure that is, uncalibrated.
    pub confidence: f32,
}

const TENANT: TenantId = TenantId(Uuid::from_u128(1));

impl Trial {
    /// An empty trial of articles in a language, `en`.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn new(language: &str) -> Result<Self> {
        let generation = Generation::nothing()?;
        let writer = generation.writer()?;
        Ok(Self {
            generation,
            writer,
            names: HashMap::new(),
            texts: HashMap::new(),
            language: Language::named(language),
            encoder: None,
            known: Known::new(),
        })
    }

    /// The same, with an encoder. Of articles that are under another trial too, `of` has the vectors.
    #[must_use]
    pub fn encoded(self, encoder: Arc<Local>, of: Option<&Self>) -> Self {
        Self { encoder: Some(encoder), known: of.map(|of| of.known.clone()).unwrap_or_default(), ..self }
    }

    /// Whether articles are found by their meaning too.
    pub fn is_encoded(&self) -> bool {
        self.encoder.is_some()
    }

    /// Adds an article in Markdown under a name.
    ///
    /// # Errors
    /// When the index cannot take it.
    pub fn add(&mut self, name: &str, title: &str, body: &str) -> Result<()> {
        let id = Uuid::from_u128(self.names.len() as u128 + 1);
        self.names.insert(id, name.to_owned());
        let key = Key { tenant: TENANT, object: ARTICLE.into(), id };
        let shelve = |passage: &cut::Passage| {
            let (anchor, span) = (passage.anchor.clone(), passage.span.clone());
            let place = Place { article: id, version: 1, anchor, span, tags: Vec::new() };
            Shelved::new(place, self.language, true, title, passage)
        };
        let cut = cut::passages(title, body);
        for passage in &cut {
            let text = meaning(title, passage);
            if let Some(encoder) = &self.encoder
                && let Entry::Vacant(place) = self.known.entry(text_key(&text))
            {
                place.insert(encoder.embed(&text)?);
            }
        }
        let passages = cut.iter().map(shelve).collect();
        self.texts.insert(id, (title.to_owned(), cut));
        self.writer.add(&crate::entry::Entry { passages, ..crate::entry::Entry::new(key, None, 0, &[]) })
    }

    /// Makes what was added findable.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn ready(&self) -> Result<()> {
        self.writer.commit()?;
        Ok(self.generation.reader.reload()?)
    }

    /// The best articles for a question, at most `most`.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn ask(&self, question: Question<'_>, most: usize) -> Result<Vec<Found>> {
        // An article may have several passages among the best.
        const PASSAGES_OF_AN_ARTICLE: usize = 5;
        let passages = most * PASSAGES_OF_AN_ARTICLE;
        let ranked = self.ranked(question, passages)?;
        let mut seen = HashSet::new();
        let best = ranked.iter().filter(|one| seen.insert(one.place.article)).take(most);
        let named = |one: &Ranked| {
            let name = self.names.get(&one.place.article)?.clone();
            Some(Found { name, score: one.score })
        };
        Ok(best.filter_map(named).collect())
    }

    /// The answer to a question, as a customer would get it; none if no article has any of its words.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn answer(&self, question: Question<'_>) -> Result<Option<Judged>> {
        let mut best: Option<Judged> = None;
        for way in question.ways(self.language) {
            let Some(judged) = self.judge(way)? else { continue };
            if best.as_ref().is_none_or(|best| judged.confidence > best.confidence) {
                best = Some(judged);
            }
        }
        Ok(best)
    }

    fn judge(&self, question: Question<'_>) -> Result<Option<Judged>> {
        let found = self.ranked(question, LEAST_READ)?;
        let Some(article) = found.first().map(|first| first.place.article) else { return Ok(None) };
        let (Some(name), Some((title, passages))) = (self.names.get(&article), self.texts.get(&article)) else {
            return Ok(None);
        };
        let read = |one: &Ranked| {
            let position = passages.iter().position(|passage| passage.span == one.place.span)?;
            Some(Candidate::new(one.clone(), title, passages.get(position)?.clone(), position))
        };
        let of_first = found.iter().filter(|one| one.place.article == article);
        let judged = |best: &Candidate| {
            let (name, anchor) = (name.clone(), best.passage.anchor.clone());
            Judged { name, anchor, confidence: confidence(best, &found, question.goes_on(self.language)) }
        };
        Ok(ordered(of_first.filter_map(read).collect()).first().map(judged))
    }

    fn ranked(&self, question: Question<'_>, most: usize) -> Result<Vec<Ranked>> {
        let meaning: Option<Vector> = match &self.encoder {
            Some(encoder) => {
                let vectors: std::result::Result<Vec<Vector>, _> =
                    question.read().iter().map(|text| encoder.embed(text)).collect();
                vectors?.into_iter().reduce(|all, own| all.between(&own))
            }
            None => None,
        };
        let meanings = meaning.as_ref().map(|question| Meanings { question, known: &self.known });
        self.generation.ranked(TENANT, Audience::Customers, self.language, question, meanings, most)
    }
}
