//! Texts that asked for something, understood once more: so that "this month" is the month it is by then.

use crate::staff::{Staff, language};
use crm_core::desk::StaffTurn;
use crm_core::{Actor, Result};
use jiff::Zoned;
use nlu::staff::{Meaning, Request, Understanding, correction, understand, wish};
use std::slice;

/// How many turns back the beginning of a request is looked for.
const BACK: usize = 8;

impl Staff {
    /// What texts, one after the other, ask for now; none if they ask for nothing.
    pub(super) async fn replay(&self, actor: &Actor, texts: &[String]) -> Result<Option<Request>> {
        let (language, now) = (language(actor), self.now_of(actor));
        let mut request = None;
        for text in texts {
            let text = correction(text, language).unwrap_or(text);
            let vocabulary = self.vocabulary(actor, text, language).await?;
            if let Meaning::Question(asked) = understand(text, &vocabulary, request.as_ref(), &now, language).meaning {
                request = Some(asked);
            }
        }
        Ok(request)
    }

    /// A request that texts asked for, as of now. If they would ask for something else by now, it stays as it was.
    pub(super) async fn as_of_now(&self, actor: &Actor, request: &Request, texts: &[String]) -> Result<Request> {
        let now = self.replay(actor, texts).await?;
        Ok(now.filter(|now| now.asks_the_same_as(request)).unwrap_or_else(|| request.clone()))
    }

    /// The last texts of a conversation that ask for just this, one after the other; none if buttons were pressed.
    pub(super) async fn texts_behind(
        &self,
        actor: &Actor,
        turns: &[StaffTurn],
        request: &Request,
    ) -> Result<Vec<String>> {
        let (language, now) = (language(actor), self.now_of(actor));
        let asked = turns.iter().filter(|turn| turn.promise.is_none() && wish(&turn.heard, &now, language).is_none());
        let mut texts: Vec<String> = Vec::new();
        for turn in asked.take(BACK) {
            texts.insert(0, turn.heard.clone());
            if self.replay(actor, &texts).await?.as_ref() == Some(request) {
                return Ok(texts);
            }
        }
        Ok(Vec::new())
    }

    /// What a text means by itself, by its words alone.
    pub(in crate::staff) async fn understood(
        &self,
        actor: &Actor,
        text: &str,
        earlier: Option<&Request>,
    ) -> Result<Understanding> {
        let language = language(actor);
        let vocabulary = self.vocabulary(actor, text, language).await?;
        Ok(understand(text, &vocabulary, earlier, &self.now_of(actor), language))
    }

    /// What one text asks for; none if it is no question.
    pub(super) async fn question(&self, actor: &Actor, text: &String) -> Result<Option<Request>> {
        self.replay(actor, slice::from_ref(text)).await
    }

    /// The present, where the actor is.
    pub(in crate::staff) fn now_of(&self, actor: &Actor) -> Zoned {
        self.crm.now().to_zoned(actor.zone().clone())
    }
}
