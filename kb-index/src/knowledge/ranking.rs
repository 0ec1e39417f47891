//! The passages that may answer a question, best first.

use super::asked::{Lookup, Question, Wanted};
use super::compound::RELATED;
use super::language::Language;
use super::shelf::{Audience, Place};
use crate::error::Result;
use crate::generation::Generation;
use crm_core::TenantId;
use std::sync::Arc;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, DisjunctionMaxQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, Searcher, TantivyDocument, Term};

/// A word of title or headings counts once among all words, and so much again.
const TITLE: f32 = 0.5;
/// The most that BM25 gives for a word, beside what the word is worth.
const MOST_FOR_A_WORD: f32 = 2.2 * (1.0 + TITLE);
/// How much better a passage must match in another language than the asker's.
const OWN_LANGUAGE: f32 = 1.15;

/// A passage that may answer.
#[derive(Debug, Clone)]
pub(crate) struct Ranked {
    pub(crate) place: Place,
    pub(crate) language: Language,
    pub(crate) score: f32,
    /// The score as a share of the best possible.
    pub(crate) strength: f32,
    /// Which share of the worth of what is asked is unknown on the shelf.
    pub(crate) unknown: f32,
    pub(crate) wanted: Arc<Vec<Wanted>>,
    /// How many passages stand on its shelf.
    pub(crate) passages: u64,
}

impl Generation {
    /// The best passages for a question of what an audience may be told, at most `most` of each language.
    pub(crate) fn ranked(
        &self,
        tenant: TenantId,
        audience: Audience,
        preferred: Language,
        question: Question<'_>,
        most: usize,
    ) -> Result<Vec<Ranked>> {
        let lookup = Lookup::new(self, tenant, audience, question);
        let mut ranked = Vec::new();
        for (language, wanted) in lookup.wanted()? {
            if wanted.iter().any(Wanted::is_known) {
                let shelf = OnShelf { generation: self, lookup: &lookup, language, wanted: Arc::new(wanted) };
                ranked.extend(shelf.ranked(most)?);
            }
        }
        let favour = |one: &Ranked| one.strength * if one.language == preferred { OWN_LANGUAGE } else { 1.0 };
        // Within a language this is the order of the scores.
        ranked.sort_by(|a, b| favour(b).total_cmp(&favour(a)));
        Ok(ranked)
    }
}

/// A question on one shelf.
struct OnShelf<'a> {
    generation: &'a Generation,
    lookup: &'a Lookup<'a>,
    language: Language,
    wanted: Arc<Vec<Wanted>>,
}

impl OnShelf<'_> {
    fn ranked(&self, most: usize) -> Result<Vec<Ranked>> {
        let statistics = self.lookup.statistics(self.language)?;
        let best = TopDocs::with_limit(most).order_by_score();
        let found = self.lookup.searcher.search_with_statistics_provider(&self.query(), &best, &statistics)?;
        found
            .into_iter()
            .filter_map(|(score, address)| self.one(score, address, statistics.size.passages).transpose())
            .collect()
    }

    fn query(&self) -> BooleanQuery {
        let words = self.lookup.words();
        let clauses = self.wanted.iter().filter(|wanted| wanted.is_known()).flat_map(|wanted| {
            [(words.text, 1.0), (words.title, TITLE)]
                .map(|(field, boost)| (Occur::Should, self.word(field, wanted, boost)))
        });
        BooleanQuery::new(clauses.collect())
    }

    fn word(&self, field: Field, wanted: &Wanted, boost: f32) -> Box<dyn Query> {
        let exactly = |term: Term| -> Box<dyn Query> { Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) };
        let related = |term: Term| -> Box<dyn Query> { Box::new(BoostQuery::new(exactly(term), RELATED)) };
        let terms = |stems| self.lookup.terms(self.language, field, stems);
        let ways = terms(&wanted.stems).map(exactly).chain(terms(&wanted.related).map(related));
        let query = DisjunctionMaxQuery::new(ways.collect());
        Box::new(BoostQuery::new(Box::new(query), wanted.weight * boost))
    }

    fn one(&self, score: f32, address: DocAddress, passages: u64) -> Result<Option<Ranked>> {
        let Some(place) = self.place(&self.lookup.searcher, address)? else { return Ok(None) };
        let all: f32 = self.wanted.iter().map(Wanted::value).sum();
        let unknown: f32 = self.wanted.iter().filter(|wanted| !wanted.is_known()).map(Wanted::value).sum();
        let (language, wanted) = (self.language, self.wanted.clone());
        let strength = score / (all * MOST_FOR_A_WORD);
        Ok(Some(Ranked { place, language, score, strength, unknown: unknown / all, wanted, passages }))
    }

    fn place(&self, searcher: &Searcher, address: DocAddress) -> Result<Option<Place>> {
        let document: TantivyDocument = searcher.doc(address)?;
        let stored = document.get_first(self.generation.fields.passage.place);
        Ok(stored.and_then(|value| value.as_bytes()).and_then(|bytes| serde_json::from_slice(bytes).ok()))
    }
}
