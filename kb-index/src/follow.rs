//! Keeping the index up to date: the first consumer of the event log.
//!
//! Each node follows the log for its own index. An event only says that a record was touched; what is indexed is the
//! record as it is now, so events may come twice and in bundles. Of several processes on one folder one writes; the
//! others take up what it wrote, and its place when it ends.

use crate::entry::{Entry, Key};
use crate::error::{Error as Failure, Result};
use crate::generation::{Generation, Writer};
use crate::knowledge;
use crate::search::Search;
use crate::texts;
use crm_core::event::consumer::Backlog;
use crm_core::query::{Filter, Operator, Query};
use crm_core::schema::{ObjectDef, Schema};
use crm_core::value::Value;
use crm_core::{Actor, Crm, Error, Names, Record, Surface, TenantId};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tantivy::TantivyError;
use tantivy::directory::error::LockError;
use tokio::sync::Mutex;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;
use tokio::time::{Instant, sleep, sleep_until};
use uuid::Uuid;

/// At least this long between two commits, so that a burst of writes shares one.
const GROUP: Duration = Duration::from_millis(100);
/// How often the log is looked at without a hint: writes of other nodes.
const POLL: Duration = Duration::from_secs(1);
const AFTER_FAILURE: Duration = Duration::from_secs(2);
/// How many events of a tenant are taken at once, and after how many changes a commit is due.
const EVENTS: usize = 1_000;
const CHANGES: usize = 2_000;
/// How many records are read at once: their long texts come along.
const RECORDS: usize = 200;
/// The object whose names articles are found by.
const TAG: &str = "tag";

impl Search {
    /// Keeps the index up to date until `shutdown`; makes it first if there is none.
    pub async fn follow(&self, crm: Crm, shutdown: impl Future<Output = ()> + Send) {
        let encoding = async {
            match self.encoding() {
                Some(encoding) => encoding.follow(self, &crm).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = self.follow_words(crm.clone(), shutdown) => {}
            () = encoding => {}
        }
    }

    async fn follow_words(&self, crm: Crm, shutdown: impl Future<Output = ()> + Send) {
        let mut hints = crm.hints();
        let mut follower = Follower::new(self.clone(), crm);
        follower.keep_up(&mut hints, shutdown).await;
        // What was begun is done before the index is let go of.
        drop(follower.applying.lock().await);
    }
}

impl Search {
    /// Brings the index up to date once, unless another process does so anyway: for a command that answers and ends.
    ///
    /// # Errors
    /// When the records cannot be read or the index cannot be written.
    pub async fn catch_up(&self, crm: &Crm) -> Result<()> {
        let mut follower = Follower::new(self.clone(), crm.clone());
        follower.catch_up().await?;
        match self.encoding() {
            Some(encoding) if follower.writing.is_some() => encoding.catch_up(self, crm).await,
            _ => Ok(()),
        }
    }
}

struct Follower {
    search: Search,
    crm: Crm,
    /// The generation being written, and its writer.
    writing: Option<(Arc<Generation>, Arc<Writer>)>,
    /// Held while changes are put into the index.
    applying: Arc<Mutex<()>>,
}

/// What is to be done to the index for a stretch of a tenant's log.
#[derive(Default)]
struct Changes {
    touched: Vec<Key>,
    entries: Vec<Entry>,
}

impl Follower {
    fn new(search: Search, crm: Crm) -> Self {
        Self { search, crm, writing: None, applying: Arc::default() }
    }

    /// Brings the index up to date whenever there is something to do, until `shutdown`.
    async fn keep_up(&mut self, hints: &mut Receiver<TenantId>, shutdown: impl Future<Output = ()> + Send) {
        tokio::pin!(shutdown);
        loop {
            let began = Instant::now();
            let caught_up = tokio::select! {
                () = &mut shutdown => return,
                caught_up = self.catch_up() => caught_up,
            };
            let pause = match caught_up {
                Ok(()) => GROUP,
                Err(error) => {
                    tracing::warn!(%error, "the search index could not be brought up to date; trying again");
                    self.writing = None;
                    AFTER_FAILURE
                }
            };
            tokio::select! {
                () = &mut shutdown => return,
                () = sleep_until(began + pause) => {}
            }
            tokio::select! {
                () = &mut shutdown => return,
                _ = hints.recv() => {}
                () = sleep(POLL) => {}
            }
            while matches!(hints.try_recv(), Ok(_) | Err(TryRecvError::Lagged(_))) {}
        }
    }

    async fn catch_up(&mut self) -> Result<()> {
        self.search.refresh()?;
        if !self.search.is_ready() {
            match self.search.rebuild(&self.crm, |_| {}).await {
                Err(Failure::Busy) => return Ok(()),
                rebuilt => rebuilt?,
            }
        }
        let Some((generation, writer)) = self.writing()? else {
            if let Some(encoding) = self.search.encoding() {
                encoding.vectors().refresh()?;
            }
            return Ok(self.search.generation().reader.reload()?);
        };
        let consumer = generation.consumer();
        loop {
            let backlogs = self.crm.backlogs(&consumer).await?;
            if backlogs.is_empty() {
                return Ok(());
            }
            let mut changes = Changes::default();
            let mut reached = Vec::new();
            for backlog in backlogs {
                reached.push((backlog.tenant, self.read(backlog, &mut changes).await?));
                if changes.touched.len() >= CHANGES {
                    break;
                }
            }
            let (to, in_generation) = (writer.clone(), generation.clone());
            let applying = self.applying.clone().lock_owned().await;
            let applied = tokio::task::spawn_blocking(move || {
                let applied = changes.apply(&in_generation, &to);
                drop(to);
                drop(applying);
                applied
            });
            applied.await??;
            self.wake_encoding();
            // Only now: a crash in between does the same work again.
            for (tenant, sequence) in reached {
                self.crm.consumed(&consumer, tenant, sequence).await?;
            }
        }
    }

    /// The generation and its writer; none while another process of this folder writes it.
    fn writing(&mut self) -> Result<Option<(Arc<Generation>, Arc<Writer>)>> {
        let generation = self.search.generation();
        if let Some((written, writer)) = &self.writing
            && written.name == generation.name
        {
            return Ok(Some((generation, writer.clone())));
        }
        // The writer of another generation ends before this one's begins.
        self.writing = None;
        let writer = match generation.writer() {
            Err(Failure::Index(TantivyError::LockFailure(LockError::LockBusy, _))) => return Ok(None),
            writer => Arc::new(writer?),
        };
        self.writing = Some((generation.clone(), writer.clone()));
        self.wake_encoding();
        Ok(self.writing.clone())
    }

    fn wake_encoding(&self) {
        if let Some(encoding) = self.search.encoding() {
            encoding.wake();
        }
    }

    /// Adds what follows from a stretch of a tenant's log, and tells how far it reaches.
    async fn read(&self, backlog: Backlog, changes: &mut Changes) -> Result<i64> {
        let events = self.crm.log_after(backlog.tenant, backlog.consumed, EVENTS).await?;
        let reached = events.last().map_or(backlog.last, |event| event.sequence);
        let mut touched: BTreeMap<String, BTreeSet<Uuid>> = BTreeMap::new();
        for event in events {
            touched.entry(event.object).or_default().insert(event.record_id);
        }
        let Some(product) = Product::of(&self.crm, backlog.tenant).await? else { return Ok(reached) };
        for tag in touched.get(TAG).cloned().unwrap_or_default() {
            touched.entry(knowledge::ARTICLE.into()).or_default().extend(self.tagged(&product, tag).await?);
        }
        for (object, ids) in touched {
            let Some(object) = product.schema.object(&object) else { continue };
            let ids: Vec<Uuid> = ids.into_iter().collect();
            for ids in ids.chunks(RECORDS) {
                let filter = Filter::compare("id", Operator::In, json!(ids));
                let query = Query { limit: Some(ids.len()), ..product.query(object).filter(filter) };
                let page = self.crm.query(&product.actor, &query).await?;
                changes.entries.extend(product.entries(&self.crm, &page.records).await?);
            }
            let key = |id| Key { tenant: backlog.tenant, object: object.name.clone(), id };
            changes.touched.extend(ids.into_iter().map(key));
        }
        Ok(reached)
    }
}

impl Follower {
    /// The articles that are found by a tag: it may have another name now.
    async fn tagged(&self, product: &Product, tag: Uuid) -> Result<Vec<Uuid>> {
        let filter = Filter::compare("tags", Operator::Contains, json!(tag));
        let mut query = Query {
            fields: Some(vec!["id".into()]),
            limit: Some(RECORDS),
            ..Query::of(knowledge::ARTICLE).filter(filter)
        };
        let mut articles = Vec::new();
        loop {
            let page = self.crm.query(&product.actor, &query).await?;
            articles.extend(page.records.iter().map(|record| record.id));
            let Some(next) = page.next else { return Ok(articles) };
            query = Query { after: Some(next), ..query };
        }
    }
}

impl Changes {
    fn apply(self, generation: &Generation, writer: &Writer) -> Result<()> {
        self.touched.iter().for_each(|key| writer.remove(key));
        for entry in &self.entries {
            writer.replace(entry)?;
        }
        writer.commit()?;
        generation.reader.reload()?;
        Ok(())
    }
}

/// The product itself, reading a tenant's records to index them.
pub(crate) struct Product {
    pub(crate) actor: Actor,
    pub(crate) schema: Schema,
}

impl Product {
    /// None if the tenant is gone.
    pub(crate) async fn of(crm: &Crm, tenant: TenantId) -> Result<Option<Self>> {
        match crm.product(tenant, "search", Surface::System).await {
            Ok(actor) => Ok(Some(Self { schema: crm.schema(&actor), actor })),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// All records of an object, with what is indexed of them.
    pub(crate) fn query(&self, object: &ObjectDef) -> Query {
        let mut fields = texts::fields(object, |_| true);
        fields.push("updated_at".into());
        fields.extend(object.owned().then(|| "owner_id".into()));
        fields.extend(knowledge::fields(object));
        fields.sort_unstable();
        fields.dedup();
        Query { fields: Some(fields), limit: Some(RECORDS), ..Query::of(&object.name) }
    }

    /// What the index holds of records of one object.
    pub(crate) async fn entries(&self, crm: &Crm, records: &[Record]) -> Result<Vec<Entry>> {
        let articles = records.first().is_some_and(|record| record.object.name == knowledge::ARTICLE);
        let names = if articles { crm.reference_names(&self.actor, records).await? } else { Names::default() };
        Ok(records.iter().map(|record| entry(self.actor.tenant(), record, &names)).collect())
    }
}

fn entry(tenant: TenantId, record: &Record, names: &Names) -> Entry {
    let key = Key { tenant, object: record.object.name.clone(), id: record.id };
    let updated = match record.get("updated_at") {
        Value::DateTime(at) => u64::try_from(at.as_microsecond()).unwrap_or_default(),
        _ => 0,
    };
    let entry = Entry::new(key, record.get("owner_id").as_id(), updated, &texts::of(record));
    Entry { passages: knowledge::shelved(record, names), ..entry }
}
