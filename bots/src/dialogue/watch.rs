//! Looking after conversations that nobody looks after: those who wait too long are told, and a turn of the bot that
//! was lost with its node is taken again.

use super::Dialogue;
use super::handover::nobody_answered;
use crm_core::Result;
use crm_core::desk::{Routed, Words};
use nlu::Language;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;

/// How often is looked.
const EVERY: Duration = Duration::from_secs(2);
/// The bot's turn is lost when it has taken so long.
const LOST: Duration = Duration::from_secs(10);
/// How many conversations are looked after at once.
const AT_ONCE: usize = 100;

impl Dialogue {
    /// Looks after conversations for as long as the node is up.
    pub fn watch(&self) -> JoinHandle<()> {
        let dialogue = self.clone();
        tokio::spawn(async move {
            let mut every = tokio::time::interval(EVERY);
            every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                every.tick().await;
                if let Err(error) = dialogue.look_after().await {
                    tracing::warn!(%error, "conversations cannot be looked after");
                }
            }
        })
    }

    async fn look_after(&self) -> Result<()> {
        for overdue in self.crm.overdue_conversations(AT_ONCE).await? {
            let language = overdue.language.as_deref().and_then(Language::of).unwrap_or(Language::En);
            let words: Words = Arc::new(move |routed: &Routed| nobody_answered(language, routed));
            if let Err(error) = self.crm.nobody_answered(&overdue, words).await {
                // Its claim ends, and it is told then.
                tracing::warn!(%error, conversation = %overdue.conversation, "a waiting customer could not be told");
            }
        }
        for (tenant, conversation) in self.crm.conversations_awaiting_bot(LOST, AT_ONCE).await? {
            self.wake(tenant, conversation);
        }
        Ok(())
    }
}
