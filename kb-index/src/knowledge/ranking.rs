//! The passages that may answer a question, best first.

use super::asked::{Lookup, Question, Wanted};
use super::compound::RELATED;
use super::language::Language;
use super::nearness::Meanings;
use super::shelf::{Audience, Place};
use crate::error::Result;
use crate::generation::Generation;
use crm_core::TenantId;
use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::Arc;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, DisjunctionMaxQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, DocSet, Searcher, TantivyDocument, Term};
use uuid::Uuid;

/// A word of title or headings counts once among all words, and so much again.
const TITLE: f32 = 0.5;
/// The most that BM25 gives for a word, beside what the word is worth.
const MOST_FOR_A_WORD: f32 = 2.2 * (1.0 + TITLE);
/// How much better a passage must match in another language than the asker's.
const OWN_LANGUAGE: f32 = 1.15;
/// What nearness in meaning counts beside the words, both measured against the best.
const MEANING: f32 = 0.5;
/// So many are compared by both.
const FUSED: usize = 100;

/// A passage that may answer.
#[derive(Debug, Clone)]
pub(crate) struct Ranked {
    pub(crate) place: Place,
    pub(crate) language: Language,
    /// By what it was ranked.
    pub(crate) score: f32,
    /// How well its words match, as a share of the best possible.
    pub(crate) strength: f32,
    /// How near its meaning is, if that is known.
    pub(crate) nearness: Option<f32>,
    /// Which share of the worth of what is asked it says, above it in title and headings or itself.
    pub(crate) covers: f32,
    /// Which share of the worth of what is asked is unknown on the shelf.
    pub(crate) unknown: f32,
    pub(crate) wanted: Arc<Vec<Wanted>>,
    /// How many passages stand on its shelf.
    pub(crate) passages: u64,
}

impl Ranked {
    /// The best first; of those that match alike, as they were written. A sum of the same numbers in another order, as
    /// another segment makes it, differs in its last digits: these do not count.
    fn order(&self) -> (Reverse<i64>, Uuid, usize) {
        const DIGITS: f64 = 1e5;
        let score = (f64::from(self.score) * DIGITS).round() as i64;
        (Reverse(score), self.place.article, self.place.span.start)
    }

    /// Whether it stands in the same article as another.
    pub(crate) fn is_beside(&self, other: &Self) -> bool {
        self.place.article == other.place.article
    }
}

impl Generation {
    /// The best passages for a question of what an audience may be told, at most `most` of each language.
    pub(crate) fn ranked(
        &self,
        tenant: TenantId,
        audience: Audience,
        preferred: Language,
        question: Question<'_>,
        meanings: Option<Meanings<'_>>,
        most: usize,
    ) -> Result<Vec<Ranked>> {
        let lookup = Lookup::new(self, tenant, audience, question);
        let mut found = Vec::new();
        for (language, wanted) in lookup.wanted()? {
            let is_asked = wanted.iter().any(Wanted::is_known) || meanings.is_some() && !wanted.is_empty();
            if is_asked {
                let shelf = OnShelf { lookup: &lookup, language, wanted: Arc::new(wanted) };
                found.extend(shelf.found(meanings, most)?);
            }
        }
        fuse(&mut found);
        for one in &mut found {
            one.score *= if one.language == preferred { OWN_LANGUAGE } else { 1.0 };
        }
        // Within a language and without meanings this is the order of the scores.
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut left = std::collections::HashMap::new();
        found.retain(|one| {
            let left = left.entry(one.language).or_insert(most);
            let kept = *left > 0;
            *left = left.saturating_sub(1);
            kept
        });
        lookup.cover(&mut found)?;
        let ranked = found.into_iter().filter_map(|one| self.ranked_one(&lookup.searcher, one).transpose());
        let mut ranked: Vec<Ranked> = ranked.collect::<Result<_>>()?;
        ranked.sort_by_key(Ranked::order);
        Ok(ranked)
    }

    fn ranked_one(&self, searcher: &Searcher, one: Found) -> Result<Option<Ranked>> {
        let document: TantivyDocument = searcher.doc(one.address)?;
        let stored = document.get_first(self.fields.passage.place);
        let place = stored.and_then(|value| value.as_bytes()).and_then(|bytes| serde_json::from_slice(bytes).ok());
        let Some(place) = place else { return Ok(None) };
        let all: f32 = one.wanted.iter().map(Wanted::value).sum();
        let unknown: f32 = one.wanted.iter().filter(|wanted| !wanted.is_known()).map(Wanted::value).sum();
        let Found { language, score, strength, nearness, covered, wanted, passages, .. } = one;
        let (covers, unknown) = (covered / all.max(f32::EPSILON), unknown / all);
        Ok(Some(Ranked { place, language, score, strength, nearness, covers, unknown, wanted, passages }))
    }
}

/// A passage that was found, not read yet.
struct Found {
    address: DocAddress,
    language: Language,
    score: f32,
    strength: f32,
    nearness: Option<f32>,
    /// What the wanted words are worth that it has.
    covered: f32,
    wanted: Arc<Vec<Wanted>>,
    passages: u64,
}

impl Lookup<'_> {
    /// Finds what is wanted in each passage, as the index has it: their texts need not be read for that.
    fn cover(&self, found: &mut [Found]) -> Result<()> {
        let mut order: Vec<&mut Found> = found.iter_mut().collect();
        order.sort_unstable_by_key(|one| (one.language, one.address));
        for passages in
            order.chunk_by_mut(|a, b| (a.language, a.address.segment_ord) == (b.language, b.address.segment_ord))
        {
            let Some(first) = passages.first() else { continue };
            let (language, wanted) = (first.language, first.wanted.clone());
            let segment = self.searcher.segment_reader(first.address.segment_ord);
            let inverted = segment.inverted_index(self.words().text)?;
            for wanted in wanted.iter() {
                let mut having = vec![false; passages.len()];
                let stems = [&wanted.stems, &wanted.related];
                for term in stems.into_iter().flat_map(|stems| self.terms(language, self.words().text, stems)) {
                    let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? else { continue };
                    for (has, passage) in having.iter_mut().zip(passages.iter()) {
                        let document = passage.address.doc_id;
                        *has |= postings.doc() == document
                            || postings.doc() < document && postings.seek(document) == document;
                    }
                }
                let having = passages.iter_mut().zip(having).filter(|(_, has)| *has);
                having.for_each(|(passage, _)| passage.covered += wanted.value());
            }
        }
        Ok(())
    }
}

/// Scores by words and by meaning together, each as a share of what the best has. A passage that has not been encoded
/// yet counts by its words alone.
fn fuse(found: &mut [Found]) {
    let best = found.iter().map(|one| one.strength).fold(f32::EPSILON, f32::max);
    let nearness = || found.iter().filter_map(|one| one.nearness);
    let (least, most) = (nearness().fold(f32::MAX, f32::min), nearness().fold(f32::MIN, f32::max));
    for one in found {
        let by_words = one.strength / best;
        one.score = match one.nearness {
            Some(near) => by_words * (1.0 - MEANING) + (near - least) / (most - least).max(f32::EPSILON) * MEANING,
            None => by_words,
        };
    }
}

/// A question on one shelf.
struct OnShelf<'a> {
    lookup: &'a Lookup<'a>,
    language: Language,
    wanted: Arc<Vec<Wanted>>,
}

impl OnShelf<'_> {
    fn found(&self, meanings: Option<Meanings<'_>>, most: usize) -> Result<Vec<Found>> {
        let statistics = self.lookup.statistics(self.language)?;
        let searcher = &self.lookup.searcher;
        let most = if meanings.is_some() { most.max(FUSED) } else { most };
        let best = TopDocs::with_limit(most).order_by_score();
        let mut scored = searcher.search_with_statistics_provider(&self.query(), &best, &statistics)?;
        if let Some(meanings) = meanings {
            let seen: HashSet<DocAddress> = scored.iter().map(|(_, address)| *address).collect();
            let near = meanings.nearest(searcher, self.lookup.shelf(self.language), self.lookup.words(), most)?;
            scored.extend(near.into_iter().filter(|(_, at)| !seen.contains(at)).map(|(_, address)| (0.0, address)));
        }
        let all: f32 = self.wanted.iter().map(Wanted::value).sum();
        let found = |(score, address): (f32, DocAddress)| {
            let segment = searcher.segment_reader(address.segment_ord);
            let nearness = meanings.map(|meanings| meanings.of(segment, address.doc_id)).transpose()?.flatten();
            let strength = score / (all * MOST_FOR_A_WORD);
            let (language, wanted, passages) = (self.language, self.wanted.clone(), statistics.size.passages);
            Ok(Found { address, language, score: strength, strength, nearness, covered: 0.0, wanted, passages })
        };
        scored.into_iter().map(found).collect()
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
}
