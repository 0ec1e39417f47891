//! Answering from the knowledge base, with the place where the answer stands, unless an intent of the company goes first.

use super::Dialogue;
use super::decide::{helped_or_not, message};
use super::situation::Situation;
use crate::reply::{Citation, Parts, Said};
use crate::texts;
use crm_core::desk::{BotSays, Reason};
use crm_core::{Error, Result};
use kb_index::{Answer, Passage, Question};
use nlu::customer::Intent;
use serde_json::{Value as Json, json};

/// How many passages are looked at, and kept with the turn.
const PASSAGES: usize = 5;
/// Below this confidence no article speaks of the matter: the customer may have come to the wrong place, and is asked
/// before people are.
const OFF_TOPIC: f32 = 0.04;

impl Dialogue {
    /// Does what the company's intent says, answers the question, or hands it over if no article does.
    pub(super) async fn look_up(&self, situation: &Situation) -> Result<BotSays> {
        let texts = texts::of(situation.language);
        let actor = situation.reader.clone().speaking(situation.language.code());
        let question = Question { text: &situation.text, earlier: situation.earlier.as_deref() };
        let answer = self.search.answer(&self.crm, &actor, question, PASSAGES).await;
        let answer = answer.map_err(|error| Error::Internal(error.to_string()))?;
        // What is learnt from is what the bot would have thought without having learnt.
        let untaught = answer.confidence;
        let answer = answer.calibrated(&self.calibration(situation.tenant).await?);
        // How sure the bot is, it is of the first one.
        let sure = std::iter::once(Some(answer.confidence)).chain(std::iter::repeat(None));
        let tried = answer.passages.iter().zip(sure);
        let tried: Vec<Json> = tried.map(|(passage, sure)| shown(passage, &situation.text, sure)).collect();
        let cited = answer.passages.first().filter(|_| answer.confident && !answer.sentences.is_empty());
        let meant = self.meant(situation, &actor).await?;
        if let Some(meant) = meant.filter(|meant| cited.is_none() || meant.confidence >= answer.confidence)
            && let Some(says) = self.carry_out(situation, &actor, &meant, &answer, &tried).await?
        {
            return Ok(says);
        }
        let mut says = match cited {
            Some(passage) => situation.answers(&answer, passage),
            None if situation.heard.intent == Intent::Account => {
                self.own_matter(situation, &situation.text, tried.clone()).await?
            }
            None if is_off_topic(&answer) && !situation.was_lost() && situation.tried.is_empty() => {
                situation.lost(texts, &texts.off_topic, "unanswered")
            }
            None => self.hand_over(situation, Reason::NoAnswer, tried.clone()),
        };
        says.turn.confidence = Some(untaught);
        says.turn.passages = Json::Array(tried);
        says.turn.article = cited.map(|passage| passage.article);
        if cited.is_none() && situation.heard.intent != Intent::Account {
            says.turn.gap = Some(gap(situation.language.code(), &situation.text));
        }
        Ok(says)
    }
}

impl Situation {
    pub(super) fn answers(&self, answer: &Answer, passage: &Passage) -> BotSays {
        let texts = texts::of(self.language);
        let sentences: Vec<&str> = answer.sentences.iter().map(|sentence| sentence.text.trim()).collect();
        let parts = Parts {
            said: Some(Said::Answer),
            question: Some(self.text.clone()),
            citation: Some(Citation {
                article: passage.article,
                title: passage.title.clone(),
                heading: passage.headings.last().cloned().unwrap_or_default(),
                slug: passage.slug.clone(),
                anchor: passage.anchor.clone(),
            }),
            confidence: Some(answer.confidence),
            choices: helped_or_not(texts),
            ..Parts::default()
        };
        let text = format!("{}\n\n{}", sentences.join(" "), texts.did_it_help);
        self.says(vec![message(text, &parts)], "answered")
    }
}

fn is_off_topic(answer: &Answer) -> bool {
    answer.passages.is_empty() || answer.confidence < OFF_TOPIC
}

/// A passage as the turn and the agent's packet keep it.
fn shown(passage: &Passage, question: &str, confidence: Option<f32>) -> Json {
    json!({
        "question": question, "article": passage.article, "version": passage.version, "title": passage.title,
        "heading": passage.headings.last(), "slug": passage.slug, "anchor": passage.anchor, "score": passage.score,
        "confidence": confidence,
    })
}

/// What questions with the same words have in common, whatever their order, forms and small words: the stems that
/// say something, sorted.
pub(super) fn gap(language: &str, question: &str) -> String {
    const MOST: usize = 12;
    let mut words = kb_index::content_stems(language, question);
    words.sort_unstable();
    words.dedup();
    words.truncate(MOST);
    words.join(" ")
}
