//! A transaction that changes records, under way.

use super::{Command, Duplicate, Record};
use crate::actor::Actor;
use crate::db::Tx;
use crate::error::Result;
use crate::event::{self, NewEvent, Together};
use jiff::Timestamp;
use uuid::Uuid;

/// What a change did.
#[derive(Debug, Clone)]
pub struct Written {
    /// The record's object.
    pub object: String,
    /// The record's id.
    pub id: Uuid,
    /// Its version now.
    pub version: i64,
    /// The number of the event that says so, by which it can be reverted; none if nothing changed.
    pub sequence: Option<i64>,
    /// The operation that the change was part of, if it changed several records.
    pub batch: Option<Uuid>,
    /// The record as its writer may see it, unless they may not.
    pub record: Option<Record>,
    /// Other records that may be the same.
    pub possible_duplicates: Vec<Duplicate>,
}

impl Written {
    pub(crate) fn new(object: &str, id: Uuid, version: i64) -> Self {
        let object = object.to_owned();
        Self { object, id, version, sequence: None, batch: None, record: None, possible_duplicates: Vec::new() }
    }
}

/// A transaction that changes records: the actor, the instant, and the events to be.
pub struct Writing<'t> {
    pub(crate) tx: &'t mut Tx,
    pub(crate) actor: &'t Actor,
    pub(crate) now: Timestamp,
    pub(crate) together: Together,
    pub(crate) events: Vec<NewEvent>,
    /// Records that may have been read without being held: they are written only if they are still as they were read.
    pub(super) seen: Vec<Uuid>,
    /// Records that are known to be there, so that the product's own references to them need no look.
    pub(super) vouched: Vec<Uuid>,
}

impl std::fmt::Debug for Writing<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writing").field("events", &self.events.len()).finish_non_exhaustive()
    }
}

impl<'t> Writing<'t> {
    pub(crate) fn new(tx: &'t mut Tx, actor: &'t Actor, now: Timestamp) -> Self {
        let (together, events, seen, vouched) = Default::default();
        Self { tx, actor, now, together, events, seen, vouched }
    }

    /// Says that records are there: what a record of this transaction refers to already, or what was just read.
    pub(crate) fn vouch(&mut self, ids: impl IntoIterator<Item = Uuid>) {
        self.vouched.extend(ids);
    }

    /// Makes the change one of several that belong together and are reverted together.
    pub(crate) fn as_batch(&mut self) -> Uuid {
        *self.together.batch.get_or_insert_with(Uuid::now_v7)
    }

    /// Carries out one command; its events wait until [`Writing::finish`].
    pub(crate) async fn command(&mut self, command: &Command) -> Result<Written> {
        match command {
            Command::Create { object, values } => self.create(object, values).await,
            Command::Update { object, id, version, values } => self.update(object, *id, *version, values).await,
            Command::Delete { object, id, version } => self.delete(object, *id, *version).await,
            Command::Restore { object, id } => self.restore(object, *id).await,
            Command::Merge { object, id, from, values } => self.merge(object, *id, from, values).await,
            Command::Act { object, id, action, input } => self.act(object, *id, action, input).await,
        }
    }

    /// Writes the events: the last thing of the transaction. Answers the number of the last one.
    pub(crate) async fn finish(self) -> Result<Option<i64>> {
        if self.events.is_empty() {
            return Ok(None);
        }
        event::append(self.tx, self.actor, self.now, self.together, self.events).await.map(Some)
    }
}

/// Carries out one command in the open transaction.
pub(crate) async fn run(tx: &mut Tx, actor: &Actor, now: Timestamp, command: &Command) -> Result<Written> {
    let mut writing = Writing::new(tx, actor, now);
    let mut written = writing.command(command).await?;
    written.batch = writing.together.batch;
    written.sequence = writing.finish().await?;
    Ok(written)
}
