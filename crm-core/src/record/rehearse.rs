//! What a change would do, without doing it: carried out in a transaction that is then taken back.

use super::{Command, writing::Writing};
use crate::Crm;
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::event::readable_changes;
use futures_util::FutureExt;
use serde::Serialize;
use serde_json::{Map, Value as Json};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// A change that somebody proposes.
#[derive(Debug, Clone, PartialEq)]
pub enum Proposal {
    /// These commands, all or none.
    Commands(Vec<Command>),
    /// Undoing an event.
    Revert(i64),
    /// Undoing a bulk operation or merge.
    RevertBatch(Uuid),
}

/// What would become of one record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effect {
    /// `created`, `updated`, `deleted`, `merged`, …
    pub kind: &'static str,
    /// The record's object.
    pub object: String,
    /// The record.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// Its version afterwards.
    pub version: i64,
    /// Field → [before, after], of the fields that the actor may read.
    pub changes: Map<String, Json>,
}

impl Crm {
    /// What a change would do: every check is made, nothing is kept. Ids of new records are not those that they would
    /// get.
    ///
    /// # Errors
    /// Those that the change itself would meet.
    pub async fn rehearse(&self, actor: &Actor, proposal: &Proposal) -> Result<Vec<Effect>> {
        let (author, now, proposal) = (actor.clone(), self.now(), Arc::new(proposal.clone()));
        let seen: Arc<Mutex<Option<Vec<Effect>>>> = Arc::default();
        let kept = seen.clone();
        let ended = self.db().transact(actor.tenant(), move |tx| {
            let (author, proposal, kept) = (author.clone(), proposal.clone(), kept.clone());
            async move {
                let mut writing = Writing::new(tx, &author, now);
                match &*proposal {
                    Proposal::Commands(commands) => {
                        for command in commands {
                            writing.command(command).await?;
                        }
                    }
                    Proposal::Revert(sequence) => drop(writing.revert(*sequence).await?),
                    Proposal::RevertBatch(batch) => drop(writing.revert_batch(*batch).await?),
                }
                let effects = writing.events.iter().map(|event| Effect {
                    kind: event.kind,
                    object: event.object.clone(),
                    id: event.record_id,
                    name: event.record_name.clone(),
                    version: event.version,
                    changes: readable_changes(&author, &event.object, event.changes.clone()),
                });
                *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(effects.collect());
                // An error is what takes a transaction back.
                Err::<(), _>(Error::Conflict("This was a rehearsal.".into()))
            }
            .boxed()
        });
        let ended = ended.await;
        match (seen.lock().unwrap_or_else(PoisonError::into_inner).take(), ended) {
            (Some(effects), Err(Error::Conflict(_))) => Ok(effects),
            (_, Err(error)) => Err(error),
            (_, Ok(())) => Err(Error::internal("a rehearsal was kept")),
        }
    }
}
