//! A language model's help, where one is configured and the words alone do not tell what is meant.

use super::answer::{Answer, Kind};
use super::{Staff, language};
use crm_core::{Actor, Result};
use jiff::Zoned;
use nlu::llm::{Failure, Heard, Prompt, Use};
use nlu::staff::{Meaning, Request, Vocabulary};
use serde::Serialize;
use std::time::Duration;

/// Who is less sure than this looks into the articles, and asks the model.
pub(super) const UNSURE: f64 = 0.75;
/// What its tokens are counted as.
const METERED: &str = "llm";

/// That a language model was asked, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AskedModel {
    /// Which one.
    pub model: String,
    /// How long it took, in milliseconds.
    pub took: u64,
    /// How many tokens it took, as far as the service told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens: Option<u64>,
    /// `understood`, `unknown`, `over_budget`, or why it was of no use.
    pub came: &'static str,
    /// Whether this answer is what the model understood.
    pub used: bool,
}

/// A text, as it was asked.
pub(super) struct Question<'a> {
    pub(super) text: &'a str,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) earlier: Option<&'a Request>,
    pub(super) now: &'a Zoned,
    pub(super) limit: usize,
}

impl Staff {
    /// The answer to what the model understands, if it is asked and of use; else the answer that the words gave.
    pub(super) async fn helped(&self, actor: &Actor, question: &Question<'_>, own: Answer) -> Result<Answer> {
        let Some(llm) = self.llm.as_ref().filter(|llm| llm.settings().asked == Use::Always || is_unsure(&own)) else {
            return Ok(own);
        };
        let language = language(actor);
        let Question { text, vocabulary, earlier, now, limit } = *question;
        let prompt = Prompt::new(text, vocabulary, earlier, now, language);
        let mut asked =
            AskedModel { model: llm.settings().model.clone(), took: 0, tokens: None, came: "over_budget", used: false };
        let most = llm.settings().daily_tokens;
        let Some(taken) = self.crm.take_units(actor, METERED, prompt.tokens(), most).await? else {
            return Ok(Answer { llm: Some(asked), ..own });
        };
        let Heard { meant, tokens, took } = llm.ask(&prompt).await;
        self.crm.settle_units(actor, taken, tokens.unwrap_or_else(|| spent(&prompt, &meant))).await?;
        (asked.took, asked.tokens) = (milliseconds(took), tokens);
        let understood = match meant {
            Ok(understood) => understood,
            Err(failure) => {
                tracing::warn!(%failure, "the words alone tell what a colleague means");
                asked.came = failure.code();
                return Ok(Answer { llm: Some(asked), ..own });
            }
        };
        if matches!(understood.meaning, Meaning::Unknown { .. }) {
            asked.came = "unknown";
            return Ok(Answer { llm: Some(asked), ..own });
        }
        let answer = self.answer(actor, understood, &vocabulary.schema, language, limit).await;
        // What it speaks of may be gone meanwhile, or out of reach: then it was of no use.
        let answer = answer.ok().filter(|answer| answer.kind != Kind::Unknown);
        (asked.came, asked.used) = if answer.is_some() { ("understood", true) } else { ("refused", false) };
        Ok(Answer { llm: Some(asked), ..answer.unwrap_or(own) })
    }
}

fn is_unsure(answer: &Answer) -> bool {
    answer.kind == Kind::Unknown || answer.kind != Kind::Clarify && answer.confidence < UNSURE
}

/// What asking took where the service does not tell: nothing that never got there, else as much as was taken.
fn spent<T>(prompt: &Prompt, meant: &std::result::Result<T, Failure>) -> u64 {
    match meant {
        Err(Failure::Unreachable | Failure::Busy { .. } | Failure::Broken(_) | Failure::TurnedDown(_)) => 0,
        _ => prompt.tokens(),
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
