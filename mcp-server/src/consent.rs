//! Asking the person before something is done that matters.
//!
//! A question is about one exact change: the mark of what would happen is part of it, so an answer is good for nothing
//! else, and for nothing at all once the records have changed. Whoever can be asked through the protocol is asked
//! there. Otherwise the assistant is told what would happen and gets a token to hand back after it has asked. A token
//! is kept with the requests of its client (so nobody else's is worth anything), for some minutes, and works once. Where
//! the client shows a view that asks, the token goes to that view and not to the assistant.

use crate::call::Call;
use crate::line::{Line, QUESTION, Way, form};
use crate::provenance;
use crate::tools::Stop;
use crm_core::identity::Answered;
use crm_core::record::{Effect, Proposal};
use crm_core::{Error, Result};
use jiff::{SignedDuration, Timestamp};
use rmcp::model::{ElicitRequest, InputRequest, InputRequiredResult};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use uuid::Uuid;

/// How long a question stays open.
const OPEN: SignedDuration = SignedDuration::from_mins(10);

/// Statuses under which a token is kept.
const ASKED: u16 = 202;
const USED: u16 = 410;

/// Proof that the person agreed to this change.
#[derive(Debug)]
pub(crate) struct Agreed(());

/// A question to the person.
#[derive(Debug)]
pub(crate) struct Question<'a> {
    /// What would be done, in words.
    pub(crate) text: String,
    /// What would be done, exactly.
    pub(crate) changes: &'a Json,
    /// What the answer is good for: see [`mark`].
    pub(crate) mark: String,
    /// The token that the assistant hands back.
    pub(crate) token: Option<&'a str>,
    /// Whether the tool's view asks the person, where the client shows views.
    pub(crate) composed: bool,
}

/// What an answer is good for: this change, by this tool, of these records as they are now. Times and the ids of what is
/// new differ from one rehearsal to the next, and are no part of it.
pub(crate) fn mark(tool: &str, proposal: &Proposal, effects: &[Effect]) -> String {
    let new: HashSet<Uuid> = effects.iter().filter(|effect| effect.kind == "created").map(|effect| effect.id).collect();
    let known = effects.iter().filter(|effect| !new.contains(&effect.id));
    let versions: Vec<_> = known.map(|effect| (effect.id, effect.version)).collect();
    hex::encode(Sha256::digest(format!("{tool} {proposal:?} {versions:?}")))
}

impl Question<'_> {
    /// Waits for the person's yes. Anything else stops the tool.
    pub(crate) async fn ask(mut self, call: &Call<'_>) -> Result<Agreed, Stop> {
        // What a name hides or turns around must not change what the person reads.
        self.text = provenance::visible(&self.text);
        let mark = self.mark.clone();
        if let Some(token) = self.token {
            redeem(call, token, &mark).await?;
            return Ok(Agreed(()));
        }
        let Some(line) = call.line else { return Err(self.put_off(call, &mark).await?) };
        if self.composed && line.shows_views() {
            return Err(self.show(call, &mark).await?);
        }
        match line.way() {
            Way::Directly => match line.ask(&self.text).await {
                Some(true) => Ok(Agreed(())),
                Some(false) => Err(declined().into()),
                None => Err(Error::Conflict("Nobody answered; nothing was done.".into()).into()),
            },
            Way::Again => self.again(call, line, &mark).await,
            Way::Not => Err(self.put_off(call, &mark).await?),
        }
    }

    async fn again(self, call: &Call<'_>, line: &Line, mark: &str) -> Result<Agreed, Stop> {
        let answer = line.answer();
        if let (Some(state), Some(yes)) = (&line.state, answer) {
            redeem(call, state, mark).await?;
            return if yes { Ok(Agreed(())) } else { Err(declined().into()) };
        }
        let token = issue(call, mark).await?;
        let form = form(&self.text).ok_or_else(|| Error::Internal("a form that cannot be asked".into()))?;
        let asks = [(QUESTION.to_owned(), InputRequest::Elicitation(ElicitRequest::new(form)))];
        Err(Stop::Ask(InputRequiredResult::new(Some(asks.into()), Some(token))))
    }

    /// Leaves the question to the view: the token is the view's, for the person's click.
    async fn show(&self, call: &Call<'_>, mark: &str) -> Result<Stop> {
        let token = issue(call, mark).await?;
        let answer = json!({
            "status": "needs_confirmation",
            "question": self.text,
            "changes": self.changes,
            "hint": "Nothing was done. Your person sees this and sends it themselves, or changes it, or does not. Do \
                     not call again.",
        });
        Ok(Stop::Show { answer, token })
    }

    async fn put_off(&self, call: &Call<'_>, mark: &str) -> Result<Stop> {
        let token = issue(call, mark).await?;
        Ok(Stop::Answer(json!({
            "status": "needs_confirmation",
            "question": self.text,
            "changes": self.changes,
            "confirmation_token": token,
            "hint": "Nothing was done. Show your person the question. Only if they say yes, call again with the same \
                     input and this token, within ten minutes.",
        })))
    }
}

fn declined() -> Error {
    Error::Conflict("Your person said no. Nothing was done; do not try again.".into())
}

/// Opens a question, and answers its token.
async fn issue(call: &Call<'_>, mark: &str) -> Result<String> {
    let token = format!("ct_{}", Uuid::new_v4().simple());
    let until = call.crm.now().checked_add(OPEN).map_err(|_| Error::Internal("a time out of range".into()))?;
    call.crm.take_key(call.actor, &token, mark).await?;
    call.crm.keep_answer(call.actor, &token, ASKED, &json!({"until": until})).await?;
    Ok(token)
}

/// Closes the question that the token belongs to. The same token for anything else, a second time or too late is
/// refused.
async fn redeem(call: &Call<'_>, token: &str, mark: &str) -> Result<()> {
    let refused = || {
        Error::Conflict(
            "The confirmation is not valid: it was for another change, has been used, is too old, or the record was \
             changed since. Nothing was done. Call again without it and ask your person anew."
                .into(),
        )
    };
    if !token.starts_with("ct_") || token.len() > 100 {
        return Err(refused());
    }
    let asked = match call.crm.take_key(call.actor, token, mark).await {
        Ok(Answered::Before { status: ASKED, answer }) => answer,
        // It was never asked: the key that was just taken is let go.
        Ok(Answered::No) => {
            call.crm.forget_key(call.actor, token).await?;
            return Err(refused());
        }
        Ok(Answered::Before { .. }) | Err(Error::Conflict(_)) => return Err(refused()),
        Err(error) => return Err(error),
    };
    let until = asked.get("until").and_then(Json::as_str).and_then(|until| until.parse::<Timestamp>().ok());
    if until.is_none_or(|until| until < call.crm.now()) {
        return Err(refused());
    }
    // Of several who hand it in at once, one takes this key.
    let used = format!("used_{token}");
    match call.crm.take_key(call.actor, &used, mark).await {
        Ok(Answered::No) => call.crm.keep_answer(call.actor, &used, USED, &Json::Null).await,
        Ok(Answered::Before { .. }) | Err(Error::Conflict(_)) => Err(refused()),
        Err(error) => Err(error),
    }
}
