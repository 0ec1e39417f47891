//! Answers: what the index proposes, read through the door as the asking person may see it.

use super::article::{ARTICLE, Article, fields};
use super::asked::{Question, Wanted};
use super::calibration::Calibration;
use super::confidence::{CONFIDENT, confidence};
use super::cut;
use super::language::Language;
use super::nearness::Meanings;
use super::ranking::Ranked;
use super::reading::{Candidate, ordered};
use super::shelf::Audience;
use crate::encoder::Vector;
use crate::error::Result;
use crate::search::Search;
use crm_core::query::{Filter, Operator, Query};
use crm_core::{Actor, Crm, Error, Record};
use serde::Serialize;
use serde_json::json;
use std::collections::HashMap;
use std::ops::Range;
use uuid::Uuid;

/// What the knowledge base knows of a question.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Answer {
    /// How probable it is that the first passage answers, between 0 and 1.
    pub confidence: f32,
    /// Whether that is enough to answer without a person.
    pub confident: bool,
    /// The one or two sentences of the first passage that answer; none if nothing was found.
    pub sentences: Vec<Sentence>,
    /// The passages that may answer, best first.
    pub passages: Vec<Passage>,
}

impl Answer {
    /// The same answer, with the confidence that a company's own experience gives it.
    #[must_use]
    pub fn calibrated(self, calibration: &Calibration) -> Self {
        let confidence = calibration.apply(self.confidence);
        Self { confidence, confident: confidence >= CONFIDENT, ..self }
    }
}

/// A sentence of an article.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sentence {
    /// As it is read, without markup.
    pub text: String,
    /// Where it stands in the article's body, in bytes.
    pub span: Range<usize>,
}

/// A passage of an article: the citation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Passage {
    /// The article's id.
    pub article: Uuid,
    /// The version of the article that the places are of.
    pub version: i64,
    /// The article's title.
    pub title: String,
    /// The last part of the article's address; may be empty.
    pub slug: String,
    /// The article's language.
    pub language: String,
    /// Whether only staff may read it.
    pub internal: bool,
    /// The headings that it stands below, from the top, without the title.
    pub headings: Vec<String>,
    /// The anchor of the nearest heading; empty above the first one.
    pub anchor: String,
    /// Where it stands in the article's body, in bytes.
    pub span: Range<usize>,
    /// Its text, without markup, a line for each paragraph.
    pub text: String,
    /// How well it matches by its words or its meaning, as a share of the best possible.
    pub score: f32,
}

/// How many passages are read for each that is wanted: some may not be seen any more.
const READ_FOR_ONE: usize = 4;
/// At least so many, because what else there is tells how sure the best one is.
pub(crate) const LEAST_READ: usize = 20;
const MOST_PASSAGES: usize = 20;

impl Search {
    /// Answers a question from the published articles that the actor may read: customers from public ones, staff from
    /// internal ones too. The best passages, at most `most`.
    ///
    /// A question may go on from the one before, or be about something else: then that one would only blur it. Which of
    /// the two it is shows in how sure the answer is, unless the question tells.
    ///
    /// # Errors
    /// When the index or the articles cannot be read.
    pub async fn answer(&self, crm: &Crm, actor: &Actor, question: Question<'_>, most: usize) -> Result<Answer> {
        let (most, language) = (most.clamp(1, MOST_PASSAGES), Language::named(actor.language()));
        let mut found = Vec::new();
        for way in question.ways(language) {
            found.push(self.propose(actor, way, LEAST_READ.max(most * READ_FOR_ONE)).await?);
        }
        let records = read(crm, actor, found.iter().flatten()).await?;
        let mut articles = Articles { records, audience: Audience::of(actor), cut: HashMap::new() };
        let goes_on = question.goes_on(language);
        let answers = found.into_iter().map(|ranked| articles.answer(ranked, goes_on, most));
        let surer = |best: Answer, other: Answer| if other.confidence > best.confidence { other } else { best };
        Ok(answers.reduce(surer).unwrap_or_default())
    }

    async fn propose(&self, actor: &Actor, question: Question<'_>, most: usize) -> Result<Vec<Ranked>> {
        let (generation, tenant) = (self.generation(), actor.tenant());
        let (audience, language) = (Audience::of(actor), Language::named(actor.language()));
        let (text, earlier) = (question.text.to_owned(), question.earlier.map(str::to_owned));
        let meaning = self.meaning_of(question).await;
        let encoding = self.encoding().cloned();
        let ranked = tokio::task::spawn_blocking(move || {
            let question = Question { text: &text, earlier: earlier.as_deref() };
            let known = encoding.as_ref().map(|encoding| encoding.vectors().known());
            let meanings = meaning.as_ref().zip(known.as_deref());
            let meanings = meanings.map(|(question, known)| Meanings { question, known });
            generation.ranked(tenant, audience, language, question, meanings, most)
        });
        ranked.await?
    }

    /// The meaning of a question, if there is an encoder and it answers: else its words are enough.
    async fn meaning_of(&self, question: Question<'_>) -> Option<Vector> {
        let encoding = self.encoding()?;
        match encoding.embedder().embed(question.read()).await {
            Ok(vectors) => vectors.into_iter().reduce(|all, own| all.between(&own)),
            Err(error) => {
                tracing::warn!(%error, "a question is answered by its words alone");
                None
            }
        }
    }
}

/// The articles of the passages, as the actor may read them.
async fn read(crm: &Crm, actor: &Actor, ranked: impl Iterator<Item = &Ranked>) -> Result<HashMap<Uuid, Record>> {
    let mut ids: Vec<Uuid> = ranked.map(|one| one.place.article).collect();
    ids.sort_unstable();
    ids.dedup();
    let (Some(object), false) = (crm.object(actor, ARTICLE), ids.is_empty()) else { return Ok(HashMap::new()) };
    let filter = Filter::compare("id", Operator::In, json!(ids));
    let query = Query { limit: Some(ids.len()), fields: Some(fields(&object)), ..Query::of(ARTICLE).filter(filter) };
    match crm.query(actor, &query).await {
        Ok(page) => Ok(page.records.into_iter().map(|record| (record.id, record)).collect()),
        // The right to articles was taken since the actor came in.
        Err(Error::NotFound { .. } | Error::Forbidden { .. }) => Ok(HashMap::new()),
        Err(error) => Err(error.into()),
    }
}

/// The articles of what was found, cut into passages where one is looked into.
struct Articles {
    records: HashMap<Uuid, Record>,
    audience: Audience,
    cut: HashMap<Uuid, Vec<cut::Passage>>,
}

impl Articles {
    /// The answer that the passages give, which an index proposed.
    fn answer(&mut self, ranked: Vec<Ranked>, goes_on: bool, most: usize) -> Answer {
        let found = self.found(ranked);
        let (of_best, others): (Vec<&Ranked>, Vec<&Ranked>) =
            found.iter().partition(|one| found.first().is_some_and(|first| first.is_beside(one)));
        let of_best = ordered(of_best.into_iter().filter_map(|one| self.candidate(one)).collect());
        let Some(best) = of_best.first() else { return Answer::default() };
        let (confidence, sentences) = (confidence(best, &found, goes_on), cited(best));
        let in_order = of_best.iter().map(|one| &one.ranked).chain(others);
        let passages = in_order.filter_map(|one| self.passage(one)).take(most).collect();
        Answer { confidence, confident: confidence >= CONFIDENT, sentences, passages }
    }

    /// Which passages may still be told, and are still there. An article that is as it was when the index cut it is not
    /// cut again, but for the first one, which is to be read.
    fn found(&mut self, ranked: Vec<Ranked>) -> Vec<Ranked> {
        let mut found: Vec<Ranked> = Vec::with_capacity(ranked.len());
        for one in ranked {
            let Some(record) = self.told(&one) else { continue };
            let is_known =
                record.version == one.place.version && found.first().is_some_and(|first| !first.is_beside(&one));
            if is_known || self.position(&one).is_some() {
                found.push(one);
            }
        }
        found
    }

    /// The article of a passage, if it may be told.
    fn told(&self, one: &Ranked) -> Option<&Record> {
        let record = self.records.get(&one.place.article)?;
        let article = Article::of(record);
        (article.is_published() && article.is_for(self.audience)).then_some(record)
    }

    /// Which passage of the article it is now; none if it is gone.
    fn position(&mut self, one: &Ranked) -> Option<usize> {
        let record = self.records.get(&one.place.article)?;
        let passages = self.cut.entry(record.id).or_insert_with(|| Article::of(record).passages());
        passages.iter().position(|passage| {
            // In an article that was changed since, what stands below the same heading and still speaks of it.
            if record.version == one.place.version {
                passage.span == one.place.span
            } else {
                still_matches(one, passage)
            }
        })
    }

    fn candidate(&mut self, one: &Ranked) -> Option<Candidate> {
        let position = self.position(one)?;
        let (record, passages) = (self.records.get(&one.place.article)?, self.cut.get(&one.place.article)?);
        Some(Candidate::new(one.clone(), Article::of(record).title, passages.get(position)?.clone(), position))
    }

    fn passage(&mut self, one: &Ranked) -> Option<Passage> {
        let position = self.position(one)?;
        let (record, passages) = (self.records.get(&one.place.article)?, self.cut.get(&one.place.article)?);
        let (article, cut) = (Article::of(record), passages.get(position)?);
        Some(Passage {
            article: record.id,
            version: record.version,
            title: article.title.to_owned(),
            slug: article.slug.to_owned(),
            language: article.language.to_owned(),
            internal: !article.is_for(Audience::Customers),
            headings: cut.headings.clone(),
            anchor: cut.anchor.clone(),
            span: cut.span.clone(),
            text: cut.content.text.clone(),
            score: one.nearness.map_or(one.strength, |near| one.strength.max(near)),
        })
    }
}

fn still_matches(one: &Ranked, passage: &cut::Passage) -> bool {
    let stems = one.language.stems(&passage.content.text);
    let meant = |wanted: &Wanted| stems.iter().any(|word| wanted.means(&word.text));
    passage.anchor == one.place.anchor && one.wanted.iter().any(meant)
}

fn cited(one: &Candidate) -> Vec<Sentence> {
    let content = &one.passage.content;
    let sentence =
        |at: Range<usize>| Some(Sentence { text: content.text.get(at.clone())?.to_owned(), span: content.source(at)? });
    one.cited().into_iter().filter_map(sentence).collect()
}
