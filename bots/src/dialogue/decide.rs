//! What the bot says to what it heard.

use super::Dialogue;
use super::situation::Situation;
use crate::reply::{self, Choice, Parts, Said};
use crate::texts::{self, Texts, fill};
use crm_core::Result;
use crm_core::desk::{Author, BotSays, NewMessage, Reason, Then, Turn};
use nlu::customer::{Intent, Sentiment};
use serde_json::Value as Json;

/// After so many answers in a row that did not help, a person takes over.
const MOST_MISSES: i64 = 2;

impl Dialogue {
    /// What the bot says.
    pub(super) async fn decide(&self, situation: &Situation) -> Result<BotSays> {
        let texts = texts::of(situation.language);
        if situation.wants_person() {
            return Ok(self.hand_over(situation, Reason::Asked, Vec::new()));
        }
        if let Some(says) = self.proving(situation).await? {
            return Ok(says);
        }
        match situation.judged() {
            Some((_, true)) => return Ok(situation.small_talk(&texts.helped)),
            Some((_, false)) if situation.conversation.misses + 1 >= MOST_MISSES => {
                return Ok(self.give_up(situation));
            }
            Some((_, false)) => return Ok(situation.did_not_help(texts)),
            None => {}
        }
        if situation.has_files && !situation.text.chars().any(char::is_alphanumeric) {
            return Ok(situation.small_talk(&texts.files));
        }
        let again = situation.was_lost();
        match situation.heard.intent {
            Intent::Abuse if again => Ok(self.hand_over(situation, Reason::Upset, Vec::new())),
            Intent::Abuse => Ok(situation.lost(texts, &texts.calm, "small_talk")),
            _ if situation.heard.sentiment == Sentiment::Angry => {
                Ok(self.hand_over(situation, Reason::Upset, Vec::new()))
            }
            Intent::Greeting => Ok(situation.small_talk(&texts.greeting)),
            Intent::Thanks => Ok(situation.small_talk(&texts.thanks)),
            Intent::Goodbye => Ok(situation.small_talk(&texts.goodbye)),
            Intent::WhoAreYou => Ok(situation.small_talk(&texts.who)),
            Intent::HowAreYou => Ok(situation.small_talk(&texts.how_are_you)),
            Intent::Yes | Intent::No if situation.heard.certainty >= 0.5 => Ok(situation.small_talk(&texts.go_on)),
            Intent::Nonsense if again => Ok(self.hand_over(situation, Reason::NoAnswer, Vec::new())),
            Intent::Nonsense => Ok(situation.lost(texts, &texts.nonsense, "asked_back")),
            _ => self.look_up(situation).await,
        }
    }
}

impl Situation {
    /// A short answer to small talk.
    fn small_talk(&self, text: &str) -> BotSays {
        let text = fill(text, &[("company", self.reader.company())]);
        let parts = Parts { said: Some(Said::SmallTalk), ..Parts::default() };
        self.says(vec![message(text, &parts)], "small_talk")
    }

    /// That the bot is lost, with the offer of a person.
    pub(super) fn lost(&self, texts: &Texts, text: &str, decided: &'static str) -> BotSays {
        let text = fill(text, &[("company", self.reader.company())]);
        let parts = Parts { said: Some(Said::Lost), choices: vec![person(texts)], ..Parts::default() };
        self.says(vec![message(text, &parts)], decided)
    }

    fn did_not_help(&self, texts: &Texts) -> BotSays {
        let parts = Parts { said: Some(Said::OfferedPerson), choices: vec![person(texts)], ..Parts::default() };
        let says = self.says(vec![message(texts.not_helped.clone(), &parts)], "asked_back");
        BotSays { misses: self.conversation.misses + 1, ..says }
    }

    /// The bot says this and listens.
    pub(super) fn says(&self, messages: Vec<NewMessage>, decided: &'static str) -> BotSays {
        let judged = self.judged();
        BotSays {
            conversation: self.conversation.id,
            version: self.conversation.version,
            messages,
            turn: Turn {
                heard: self.text.clone(),
                intent: intent(self.heard.intent),
                language: self.language.code().to_owned(),
                sentiment: sentiment(self.heard.sentiment),
                decided,
                passages: Json::Null,
                ..Turn::default()
            },
            misses: if judged.is_some_and(|(_, helped)| helped) { 0 } else { self.conversation.misses },
            judged,
            then: Then::Listen,
        }
    }
}

/// A message of the bot.
pub(super) fn message(text: String, parts: &Parts) -> NewMessage {
    NewMessage { content: parts.stored(), ..NewMessage::text(Author::Bot, text) }
}

/// The offer of a person.
pub(super) fn person(texts: &Texts) -> Choice {
    Choice { label: texts.person.clone(), value: reply::PERSON.into() }
}

/// The question whether an answer helped.
pub(super) fn helped_or_not(texts: &Texts) -> Vec<Choice> {
    let choice = |label: &str, value: &str| Choice { label: label.into(), value: value.into() };
    vec![choice(&texts.yes, reply::HELPFUL), choice(&texts.no, reply::UNHELPFUL), person(texts)]
}

fn intent(intent: Intent) -> &'static str {
    match intent {
        Intent::Greeting => "greeting",
        Intent::Thanks => "thanks",
        Intent::Goodbye => "goodbye",
        Intent::WhoAreYou => "who_are_you",
        Intent::HowAreYou => "how_are_you",
        Intent::Yes => "yes",
        Intent::No => "no",
        Intent::Human => "human",
        Intent::Abuse => "abuse",
        Intent::Nonsense => "nonsense",
        Intent::Account => "account",
        Intent::Question => "question",
    }
}

fn sentiment(sentiment: Sentiment) -> &'static str {
    match sentiment {
        Sentiment::Happy => "happy",
        Sentiment::Neutral => "neutral",
        Sentiment::Unhappy => "unhappy",
        Sentiment::Angry => "angry",
    }
}
