//! The door: everything that reads or changes data.

use crate::access::Verb;
use crate::actor::Actor;
use crate::clock::Clock;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::event::{EventQuery, Events};
use crate::query::{Aggregate, Filter, Groups, Page, Query};
use crate::record::{Command, Duplicate, Record, Written, duplicates};
use crate::schema::{FieldDef, ObjectDef, Schema};
use crate::{TenantId, event, query, record};
use futures_util::FutureExt;
use jiff::Timestamp;
use std::sync::Arc;
use tokio::sync::broadcast;
use uuid::Uuid;

/// The CRM over one database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Crm {
    db: Db,
    clock: Arc<dyn Clock>,
    pub(crate) cache: Arc<crate::identity::Cache>,
    /// Tells the consumers of this node that a tenant's log has grown. Only a hint: the log itself is the truth.
    changed: broadcast::Sender<TenantId>,
}

impl Crm {
    /// The CRM over an opened database.
    pub fn new(db: Db, clock: Arc<dyn Clock>) -> Self {
        const HINTS: usize = 1_024;
        Self { db, clock, cache: Arc::default(), changed: broadcast::Sender::new(HINTS) }
    }

    /// The database underneath.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// The present instant, by the injected clock.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Hints of tenants whose log has grown on this node.
    pub fn hints(&self) -> broadcast::Receiver<TenantId> {
        self.changed.subscribe()
    }

    /// The definitions that exist for the actor: objects and fields that they may see.
    pub fn schema(&self, actor: &Actor) -> Schema {
        let objects = actor.schema().objects().filter_map(|object| seen(actor, object));
        Schema::new(actor.schema().revision, objects.collect())
    }

    /// One of these definitions, for less than all of them.
    pub fn object(&self, actor: &Actor, name: &str) -> Option<Arc<ObjectDef>> {
        seen(actor, actor.schema().object(name)?)
    }

    /// A page of records.
    ///
    /// # Errors
    /// When the query names something that does not exist for the actor, or compares what cannot be compared.
    pub async fn query(&self, actor: &Actor, query: &Query) -> Result<Page> {
        query::fetch_page(&self.db, actor, query, self.now()).await
    }

    /// Groups and measures.
    ///
    /// # Errors
    /// As for [`Crm::query`].
    pub async fn aggregate(&self, actor: &Actor, aggregate: &Aggregate) -> Result<Groups> {
        query::fetch_groups(&self.db, actor, aggregate, self.now()).await
    }

    /// One living record.
    ///
    /// # Errors
    /// [`Error::NotFound`] unless it exists for the actor.
    pub async fn get(&self, actor: &Actor, object: &str, id: Uuid) -> Result<Record> {
        let query = Query { limit: Some(1), ..Query::of(object).filter(Filter::eq("id", id.to_string())) };
        let found = self.query(actor, &query).await?.records.into_iter().next();
        found.ok_or_else(|| Error::not_found(format!("The {object} {id}")))
    }

    /// Carries out a change, and answers when it is durable.
    ///
    /// # Errors
    /// Each variant of [`Error`]; nothing was changed then.
    pub async fn write(&self, actor: &Actor, command: Command) -> Result<Written> {
        let duplicates = self.duplicates_of(actor, &command).await?;
        let (author, now, shared) = (actor.clone(), self.now(), Arc::new(command));
        let written = self.db.transact(actor.tenant(), move |tx| {
            let (author, command) = (author.clone(), shared.clone());
            async move { record::run(tx, &author, now, &command).await }.boxed()
        });
        let mut written = written.await?;
        self.followed(actor, &written);
        written.possible_duplicates = duplicates;
        // Read after the commit, off the writer's queue. Its maker may not see it: then there is nothing to show.
        written.record = self.get(actor, &written.object, written.id).await.ok();
        Ok(written)
    }

    async fn duplicates_of(&self, actor: &Actor, command: &Command) -> Result<Vec<Duplicate>> {
        match command {
            Command::Create { object, values } => match actor.schema().object(object) {
                Some(object) if !object.match_on.is_empty() => {
                    duplicates::candidates(&self.db, actor, object, values).await
                }
                _ => Ok(Vec::new()),
            },
            _ => Ok(Vec::new()),
        }
    }

    /// Undoes one event, and with it the whole operation that it was part of.
    ///
    /// # Errors
    /// [`Error::Conflict`] when one of its fields changed again since.
    pub async fn revert(&self, actor: &Actor, sequence: i64) -> Result<Written> {
        let (author, now) = (actor.clone(), self.now());
        let written = self.db.transact(actor.tenant(), move |tx| {
            let author = author.clone();
            async move {
                let mut writing = record::Writing::new(tx, &author, now);
                let mut written = writing.revert(sequence).await?;
                written.batch = writing.together.batch;
                written.sequence = writing.finish().await?;
                Ok(written)
            }
            .boxed()
        });
        let mut written = written.await?;
        self.followed(actor, &written);
        written.record = self.get(actor, &written.object, written.id).await.ok();
        Ok(written)
    }

    /// Undoes every change of a bulk operation or merge.
    ///
    /// # Errors
    /// As for [`Crm::revert`]; then none of them is undone.
    pub async fn revert_batch(&self, actor: &Actor, batch: Uuid) -> Result<Written> {
        let (author, now) = (actor.clone(), self.now());
        let written = self.db.transact(actor.tenant(), move |tx| {
            let author = author.clone();
            async move {
                let mut writing = record::Writing::new(tx, &author, now);
                let mut written = writing.revert_batch(batch).await?;
                written.batch = writing.together.batch;
                written.sequence = writing.finish().await?;
                Ok(written)
            }
            .boxed()
        });
        let written = written.await?;
        self.followed(actor, &written);
        Ok(written)
    }

    /// The log, as far as the actor may see it.
    ///
    /// # Errors
    /// When the query names an object that does not exist for the actor.
    pub async fn events(&self, actor: &Actor, query: &EventQuery) -> Result<Events> {
        event::fetch(&self.db, actor, query).await
    }

    /// The history of one record, newest first, starting before the event `before`.
    ///
    /// # Errors
    /// [`Error::NotFound`] unless the record exists for the actor.
    pub async fn timeline(
        &self,
        actor: &Actor,
        object: &str,
        id: Uuid,
        before: Option<i64>,
        limit: usize,
    ) -> Result<Events> {
        let object = self.readable(actor, object)?;
        if !event::visible_record(&self.db, actor, &object, id).await? {
            return Err(Error::not_found(format!("The {} {id}", object.name)));
        }
        event::of_record(&self.db, actor, &object, id, before, limit).await
    }

    /// Groups of records that may be the same.
    ///
    /// # Errors
    /// When the object does not exist for the actor.
    pub async fn duplicates(
        &self,
        actor: &Actor,
        object: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<duplicates::Report> {
        let object = self.readable(actor, object)?;
        duplicates::report(&self.db, actor, &object, after, limit).await
    }

    fn readable(&self, actor: &Actor, name: &str) -> Result<Arc<ObjectDef>> {
        let object = actor.schema().object(name).ok_or_else(|| crate::access::unknown_object(name))?;
        actor.rights().check(Verb::Read, object)?;
        Ok(object.clone())
    }

    /// Live events of the actor's tenant that they may see, from now on.
    pub fn watch(&self, actor: &Actor, after: Option<i64>) -> event::Watch {
        event::Watch::new(self.clone(), actor.clone(), after)
    }

    /// What follows a committed change on this node.
    pub(crate) fn followed(&self, actor: &Actor, written: &Written) {
        if written.sequence.is_some() || written.batch.is_some() {
            self.hint(actor.tenant());
        }
    }

    pub(crate) fn hint(&self, tenant: TenantId) {
        // Nobody may be listening.
        let _ = self.changed.send(tenant);
    }
}

/// An object as the actor may see it: nothing, or with the fields that they may read.
fn seen(actor: &Actor, object: &Arc<ObjectDef>) -> Option<Arc<ObjectDef>> {
    let rights = actor.rights();
    if !rights.may_see(&object.name) {
        return None;
    }
    let may_read = |field: &FieldDef| rights.may_read_field(&object.name, field);
    // Most people see all of most objects: every request would copy them.
    let is_whole = object.fields.iter().all(|field| may_read(field));
    Some(if is_whole { object.clone() } else { Arc::new(object.only(may_read)) })
}
