//! The company's own intents in the dialogue.
//!
//! They are asked when nothing goes before: not where the customer wants a person, is upset, talks small, proves who
//! they are or asks for a ticket of theirs. An intent that is surely meant then decides, unless an article answers, and
//! that more surely: both certainties are how often such an answer was right. What no intent surely means is left to
//! the knowledge base, as if there were none.

use super::Dialogue;
use super::decide::{helped_or_not, message};
use super::situation::Situation;
use crate::reply::{Citation, Parts, Said};
use crate::texts::{self, fill};
use crm_core::desk::{Action, BotSays, Doing, Reason, Then};
use crm_core::{Actor, Error, Result};
use kb_index::Answer;
use serde_json::{Value as Json, json};

/// What a customer's words surely mean, and what is done about it.
#[derive(Debug)]
pub(super) struct Meant {
    doing: Doing,
    pub(super) confidence: f32,
    version: i64,
}

impl Dialogue {
    /// The company's intent that the customer's words surely mean, if any.
    pub(super) async fn meant(&self, situation: &Situation, reader: &Actor) -> Result<Option<Meant>> {
        let own_ticket = nlu::customer::own_tickets(&situation.text, situation.language).is_some();
        if situation.chosen.is_some() || own_ticket {
            return Ok(None);
        }
        let understood = self.intents.understand(reader, &situation.text).await?;
        let Some(understood) = understood.filter(|understood| understood.sure) else { return Ok(None) };
        let doing = self.crm.what_to_do(situation.tenant, understood.intent).await?;
        // Who was asked back has answered: asking the same again would lead nowhere.
        let doing = doing.filter(|doing| match doing.action {
            Action::LookUp => false,
            Action::Ask => !situation.was_asked_back(),
            Action::Answer | Action::Article | Action::HandOver => true,
        });
        Ok(doing.map(|doing| Meant { doing, confidence: understood.confidence, version: understood.version }))
    }

    /// What the bot says to an intent; none if it cannot do what it should, because the article is not to be read.
    /// `answer` is what the articles say, `looked_at` its passages.
    pub(super) async fn carry_out(
        &self,
        situation: &Situation,
        reader: &Actor,
        meant: &Meant,
        answer: &Answer,
        looked_at: &[Json],
    ) -> Result<Option<BotSays>> {
        let doing = &meant.doing;
        let mut says = match (doing.action, self.text(situation, doing).await?) {
            (Action::Answer, Some(text)) => situation.tells(&text, meant.confidence, None),
            (Action::Ask, Some(text)) => situation.asks_back(&text),
            (Action::Article, text) => match self.shows(situation, reader, meant, answer, text).await? {
                Some(says) => says,
                None => return Ok(None),
            },
            (Action::HandOver, text) => self.hand_over_to(situation, meant, text, looked_at.to_vec()),
            (Action::LookUp | Action::Answer | Action::Ask, _) => return Ok(None),
        };
        says.turn.own_intent = Some((doing.intent, meant.version));
        says.turn.confidence = Some(meant.confidence);
        says.turn.passages = Json::Array(looked_at.to_vec());
        Ok(Some(says))
    }

    /// The intent's text in the customer's language, else in the company's, else in any.
    async fn text(&self, situation: &Situation, doing: &Doing) -> Result<Option<String>> {
        let company = self.crm.company(situation.tenant).await?;
        let of = |language: &str| doing.texts.iter().find(|(known, _)| *known == language);
        let found = of(situation.language.code()).or_else(|| of(&company.language)).or(doing.texts.first());
        Ok(found.map(|(_, text)| text.clone()))
    }

    /// The intent's article: with the sentences that answer, where the index has found these in it.
    async fn shows(
        &self,
        situation: &Situation,
        reader: &Actor,
        meant: &Meant,
        answer: &Answer,
        text: Option<String>,
    ) -> Result<Option<BotSays>> {
        let Some(id) = meant.doing.article else { return Ok(None) };
        let found = answer.passages.first().filter(|passage| passage.article == id && !answer.sentences.is_empty());
        let mut says = match (found, &text) {
            (Some(passage), None) => situation.answers(answer, passage),
            _ => match self.crm.get(reader, "article", id).await {
                Ok(article) => {
                    let slug = article.get("slug").as_text().unwrap_or_default().to_owned();
                    let (title, heading, anchor) = (article.name().to_owned(), String::new(), String::new());
                    let see = fill(&texts::of(situation.language).see_article, &[("title", &title)]);
                    let citation = Citation { article: id, title, heading, slug, anchor };
                    situation.tells(&text.unwrap_or(see), meant.confidence, Some(citation))
                }
                Err(Error::NotFound { .. } | Error::Forbidden { .. }) => return Ok(None),
                Err(error) => return Err(error),
            },
        };
        says.turn.article = Some(id);
        Ok(Some(says))
    }

    fn hand_over_to(
        &self,
        situation: &Situation,
        meant: &Meant,
        text: Option<String>,
        looked_at: Vec<Json>,
    ) -> BotSays {
        let mut says = self.hand_over_saying(situation, Reason::Intent, text, looked_at);
        if let Then::HandOver { team, packet, .. } = &mut says.then {
            *team = meant.doing.team;
            packet["intent"] = json!({
                "id": meant.doing.intent, "name": meant.doing.name, "version": meant.version,
                "confidence": meant.confidence,
            });
        }
        says
    }
}

impl Situation {
    /// A text of the company's, with the question whether it helped.
    fn tells(&self, text: &str, confidence: f32, citation: Option<Citation>) -> BotSays {
        let texts = texts::of(self.language);
        let parts = Parts {
            said: Some(Said::Answer),
            question: Some(self.text.clone()),
            citation,
            confidence: Some(confidence),
            choices: helped_or_not(texts),
            ..Parts::default()
        };
        self.says(vec![message(format!("{}\n\n{}", text.trim(), texts.did_it_help), &parts)], "answered")
    }

    /// A question of the company's. What the customer says next belongs to what they said.
    fn asks_back(&self, text: &str) -> BotSays {
        let (said, question) = (Some(Said::AskedBack), Some(self.text.clone()));
        let parts = Parts { said, question, ..Parts::default() };
        self.says(vec![message(text.trim().to_owned(), &parts)], "asked_back")
    }

    fn was_asked_back(&self) -> bool {
        self.last.as_ref().is_some_and(|(_, parts)| parts.said == Some(Said::AskedBack))
    }
}
