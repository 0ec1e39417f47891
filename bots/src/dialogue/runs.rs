//! One run of the bot at a time for each conversation, and again when somebody spoke meanwhile.

use super::Dialogue;
use super::situation::Situation;
use crate::live::Signal;
use crm_core::desk::{Conversation, Reason, State};
use crm_core::{Error, Result, TenantId};
use std::time::Duration;
use uuid::Uuid;

/// How a run ended.
enum Ended {
    /// The bot has spoken, or has nothing to say.
    Done,
    /// The customer seems to go on: think again then.
    Wait(Duration),
}

/// How long a customer who seems to go on is waited for, in all.
const PATIENCE: Duration = Duration::from_secs(6);
/// How often a run is tried before a person is called.
const TRIES: usize = 3;

impl Dialogue {
    /// The customer has said something: let the bot think, now or when it has done with what it thinks of.
    pub fn wake(&self, tenant: TenantId, conversation: Uuid) {
        let mut busy = true;
        self.runs.entry(conversation).and_modify(|again| *again = true).or_insert_with(|| {
            busy = false;
            false
        });
        if !busy {
            let dialogue = self.clone();
            tokio::spawn(async move { dialogue.run(tenant, conversation).await });
        }
    }

    async fn run(&self, tenant: TenantId, id: Uuid) {
        let (mut failures, mut waited) = (0, Duration::ZERO);
        loop {
            if let Some(mut again) = self.runs.get_mut(&id) {
                *again = false;
            }
            match self.think(tenant, id, waited >= PATIENCE).await {
                Ok(Ended::Done) => {
                    // Only if nobody spoke since this run began.
                    if self.runs.remove_if(&id, |_, again| !*again).is_some() {
                        return;
                    }
                    waited = Duration::ZERO;
                }
                Ok(Ended::Wait(span)) => {
                    tokio::time::sleep(span).await;
                    waited += span;
                }
                Err(Error::Stale { .. }) => {}
                Err(error) => {
                    failures += 1;
                    tracing::warn!(%error, conversation = %id, "the bot failed");
                    if failures >= TRIES {
                        self.fail(tenant, id).await;
                        self.runs.remove(&id);
                        return;
                    }
                }
            }
        }
    }

    /// Thinks once about what the customer has said since the bot last spoke.
    async fn think(&self, tenant: TenantId, id: Uuid, impatient: bool) -> Result<Ended> {
        let began = self.crm.now();
        let conversation = self.crm.conversation(tenant, id).await?;
        if conversation.state != State::Bot {
            return Ok(Ended::Done);
        }
        let Some(situation) = Situation::read(&self.crm, tenant, conversation).await? else { return Ok(Ended::Done) };
        let more = situation.may_go_on(self.live.customer_is_typing(id), began);
        if let Some(span) = more.filter(|_| !impatient) {
            return Ok(Ended::Wait(span));
        }
        let mut says = self.decide(&situation).await?;
        says.turn.took_ms = i64::try_from(self.crm.now().duration_since(began).as_millis()).unwrap_or(0);
        let judged = says.judged.is_some();
        let said = self.crm.bot_says(tenant, says).await?;
        if judged {
            self.learn_anew(tenant);
        }
        self.live.send(tenant, Signal::written(id, said.version));
        Ok(Ended::Done)
    }

    /// A person takes over where the bot failed. If even that fails, the conversation is found again by the watch.
    async fn fail(&self, tenant: TenantId, id: Uuid) {
        let handed = async {
            let conversation: Conversation = self.crm.conversation(tenant, id).await?;
            if conversation.state != State::Bot {
                return Ok(());
            }
            let Some(situation) = Situation::read(&self.crm, tenant, conversation).await? else { return Ok(()) };
            let says = self.hand_over(&situation, Reason::Failure, Vec::new());
            self.crm.bot_says(tenant, says).await.map(drop)
        };
        if let Err(error) = handed.await {
            let error: Error = error;
            tracing::error!(%error, conversation = %id, "the bot failed and could not hand over");
        }
    }
}
