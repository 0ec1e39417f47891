//! Writers: those of one tenant that ask at the same moment share a transaction.
//!
//! They would wait for each other anyway, at the tenant's counters. Together they begin, commit and wait for the disk
//! once, and their rows go to the server in the same statements. While one group's commit is on its way to the disk, the
//! next is at work. What a writer reads before its first change or lock it reads before its turn ([`Rehearsal`]), beside
//! the others: nothing kept anybody from changing that behind its back in a transaction of its own either. Rows that it
//! inserts are no such change, until it reads from their table.

use super::super::{Connection, Counter, Done, Job, Row, Scope, Sql, Tx, caught};
use super::ahead::Ahead;
use super::{Pooled, Postgres, TRIES};
use crate::TenantId;
use crate::db::Bind;
use crate::error::{Error, Result};
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use tokio::sync::oneshot;

/// How many writes share one transaction at most, so that the first of them does not wait long.
const GROUP: usize = 32;

/// A write that waits for its turn.
struct Waiting {
    job: Job,
    /// What it has read.
    known: Known,
    done: Done,
}

/// Statements in the order in which they were asked, with their answers.
type Known = VecDeque<(Sql, Vec<Row>)>;

/// The writes that wait, by tenant. Who is in here is being served.
#[derive(Default)]
pub(super) struct Queues(Mutex<HashMap<TenantId, VecDeque<Waiting>>>);

impl Queues {
    fn all(&self) -> std::sync::MutexGuard<'_, HashMap<TenantId, VecDeque<Waiting>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a write, and tells whether somebody must begin to serve the tenant.
    fn push(&self, tenant: TenantId, write: Waiting) -> bool {
        let mut all = self.all();
        let is_new = !all.contains_key(&tenant);
        all.entry(tenant).or_default().push_back(write);
        is_new
    }

    /// The writes that wait; none if the tenant is served.
    fn pop(&self, tenant: TenantId) -> Option<Vec<Waiting>> {
        let mut all = self.all();
        let queue = all.get_mut(&tenant)?;
        // A writer that no longer listens (its request was cancelled) has been told nothing: skip its job.
        queue.retain(|write| !write.done.is_closed());
        if queue.is_empty() {
            all.remove(&tenant);
            return None;
        }
        Some(queue.drain(..GROUP.min(queue.len())).collect())
    }
}

impl Postgres {
    /// Runs a job in a transaction and answers when that is durable.
    pub(in crate::db) async fn write(&self, scope: Scope, job: Job) -> Result<()> {
        let (done, answer) = oneshot::channel();
        match scope {
            Scope::Tenant(tenant) => {
                let mut tx = Tx { connection: Connection::Rehearsal(Box::new(Rehearsal::new(self.clone(), scope))) };
                let result = caught(&mut tx, &job).await;
                let Connection::Rehearsal(rehearsal) = tx.connection else { return result };
                if rehearsal.was_all(&result) {
                    return result;
                }
                if self.queues.push(tenant, Waiting { job, known: rehearsal.known, done }) {
                    tokio::spawn(self.clone().serve(tenant));
                }
            }
            Scope::System => self.run(scope, vec![Waiting { job, known: Known::new(), done }]).await,
        }
        answer.await.map_err(|_| Error::Unavailable("the write was given up".into()))?
    }

    async fn serve(self, tenant: TenantId) {
        while let Some(jobs) = self.queues.pop(tenant) {
            self.run(tenant.into(), jobs).await;
        }
    }

    /// Runs jobs in one transaction, or in one each if that fails, and sees to it that they are answered. Comes back as
    /// soon as the commits are on their way.
    async fn run(&self, scope: Scope, mut jobs: Vec<Waiting>) {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.attempt(scope, &mut jobs).await {
                Ok((link, results)) => {
                    tokio::spawn(commit(link, scope, jobs, results));
                    return;
                }
                Err(error) if jobs.len() > 1 => {
                    tracing::debug!(%error, "writes are done one by one");
                    for job in jobs {
                        Box::pin(self.run(scope, vec![job])).await;
                    }
                    return;
                }
                Err(Error::Unavailable(error)) if tries < TRIES && lost_a_race(error.as_ref()) => {
                    tracing::debug!(tries, "a transaction lost a race and is tried again");
                }
                Err(error) => {
                    // A writer that went away meanwhile has nobody to tell.
                    let _ = jobs.pop().map(|write| write.done.send(Err(error)));
                    return;
                }
            }
        }
    }

    /// Runs jobs in a new transaction, up to the commit. Fails, with nothing done, if one of them cannot be undone alone.
    async fn attempt(&self, scope: Scope, jobs: &mut [Waiting]) -> Result<(Pooled, Vec<Result<()>>)> {
        let mut tx = Tx { connection: Connection::Postgres(Box::new(Open::new(self.begin(scope).await?))) };
        let mut results = Vec::with_capacity(jobs.len());
        for write in jobs {
            let Connection::Postgres(open) = &mut tx.connection else { return Err(Error::internal("another engine")) };
            open.known = std::mem::take(&mut write.known);
            let result = caught(&mut tx, &write.job).await;
            let Connection::Postgres(open) = &mut tx.connection else { return Err(Error::internal("another engine")) };
            match open.end_job(result) {
                Ok(result) => results.push(result),
                Err(error) => {
                    open.link.roll_back().await;
                    return Err(error);
                }
            }
        }
        let Connection::Postgres(mut open) = tx.connection else { return Err(Error::internal("another engine")) };
        if let Err(error) = open.tell(None).await {
            open.link.roll_back().await;
            return Err(error);
        }
        Ok((open.link, results))
    }
}

/// Commits what was done and answers.
async fn commit(mut link: Pooled, scope: Scope, jobs: Vec<Waiting>, results: Vec<Result<()>>) {
    let committed = match results.iter().any(Result::is_ok) {
        true => link.commit(scope).await,
        // Nobody did anything.
        false => {
            link.roll_back().await;
            Ok(())
        }
    };
    drop(link);
    for (write, result) in jobs.into_iter().zip(results) {
        let failed = |error: &Error| Error::Unavailable(error.to_string().into());
        // A writer that went away meanwhile finds its change in the log.
        let _ = write.done.send(committed.as_ref().map_err(failed).and(result));
    }
}

/// An open transaction, with what the server is still to be told.
pub(in crate::db) struct Open {
    link: Pooled,
    /// Of the jobs that are done.
    settled: Ahead,
    /// Of the job that runs.
    own: Ahead,
    /// What the job that runs has read already.
    known: Known,
    /// Whether the job that runs changed something already, so that it cannot be undone alone.
    is_told: bool,
    /// Whether the server refused a statement: it refuses all others then.
    is_broken: bool,
}

impl Open {
    fn new(link: Pooled) -> Self {
        let (settled, own, known) = Default::default();
        Self { link, settled, own, known, is_told: false, is_broken: false }
    }

    /// Keeps what a job did, or undoes it. The inner result is the job's own; the outer error means that the whole
    /// transaction must be rolled back.
    fn end_job(&mut self, result: Result<()>) -> Result<Result<()>> {
        let own = std::mem::take(&mut self.own);
        let is_told = std::mem::take(&mut self.is_told);
        match result {
            Ok(()) if self.is_broken => return Err(Error::internal("a refused statement was passed over")),
            Ok(()) => self.settled.absorb(own),
            Err(error) if is_told || self.is_broken => return Err(error),
            Err(_) => {}
        }
        Ok(result)
    }

    pub(in crate::db) async fn rows(&mut self, sql: Sql) -> Result<Vec<Row>> {
        if let Some((_, rows)) = self.known.pop_front_if(|(known, _)| *known == sql) {
            return Ok(rows);
        }
        // It found things other than before, or had found all.
        self.known.clear();
        self.tell(Some(&sql)).await?;
        self.is_told |= !sql.only_reads();
        self.link.rows(sql).await.inspect_err(|_| self.is_broken = true)
    }

    pub(in crate::db) async fn execute(&mut self, sql: Sql) -> Result<u64> {
        self.tell(Some(&sql)).await?;
        let touched = self.link.execute(sql).await.inspect_err(|_| self.is_broken = true)?;
        self.is_told |= touched > 0;
        Ok(touched)
    }

    pub(in crate::db) fn insert(&mut self, table: &str, columns: Vec<String>, rows: Vec<Vec<Bind>>) {
        self.own.insert(table, columns, rows);
    }

    pub(in crate::db) async fn count(&mut self, counter: Counter, by: i64) -> Result<i64> {
        let last = match self.own.last(&counter).or_else(|| self.settled.last(&counter)) {
            Some(last) => last,
            None => {
                let rows = self.link.rows(counter.lock.clone()).await.inspect_err(|_| self.is_broken = true)?;
                let last = counter.last(rows)?;
                // It stays locked, whatever becomes of this job.
                self.settled.count(counter.clone(), last, true);
                last
            }
        };
        self.own.count(counter, last + by, false);
        Ok(last + by)
    }

    /// Tells the server what it must know before a statement, or before the commit.
    async fn tell(&mut self, before: Option<&Sql>) -> Result<()> {
        let named = |table: &str| before.is_none_or(|sql| sql.names(table));
        for telling in self.settled.tell(named)? {
            self.link.tell(telling).await.inspect_err(|_| self.is_broken = true)?;
        }
        for telling in self.own.tell(named)? {
            self.is_told = true;
            self.link.tell(telling).await.inspect_err(|_| self.is_broken = true)?;
        }
        Ok(())
    }
}

/// A job up to its first change or lock, outside of any transaction. What it read is known to it when it is done.
pub(in crate::db) struct Rehearsal {
    db: Postgres,
    scope: Scope,
    known: Known,
    /// The tables into which it inserts.
    inserted: Vec<String>,
    is_over: bool,
}

impl Rehearsal {
    fn new(db: Postgres, scope: Scope) -> Self {
        Self { db, scope, known: Known::new(), inserted: Vec::new(), is_over: false }
    }

    /// Whether the job ended with this and has nothing to do in a transaction.
    fn was_all(&self, result: &Result<()>) -> bool {
        match result {
            _ if self.is_over => false,
            Ok(()) => self.inserted.is_empty(),
            Err(error) => !matches!(error, Error::Unavailable(_)),
        }
    }

    pub(in crate::db) async fn rows(&mut self, sql: Sql) -> Result<Vec<Row>> {
        if self.is_over || !sql.only_reads() || self.inserted.iter().any(|table| sql.names(table)) {
            return self.end();
        }
        let rows = self.db.rows(self.scope, sql.clone()).await?;
        self.known.push_back((sql, rows.clone()));
        Ok(rows)
    }

    /// Nothing is inserted, but what follows is not for a rehearsal if it would find it.
    pub(in crate::db) fn insert(&mut self, table: &str) {
        self.inserted.push(table.to_owned());
    }

    /// Ends it.
    pub(in crate::db) fn end<T>(&mut self) -> Result<T> {
        self.is_over = true;
        Err(Error::internal("what follows is for the transaction"))
    }
}

fn lost_a_race(error: &(dyn std::error::Error + 'static)) -> bool {
    let database = error.downcast_ref::<sqlx::Error>().and_then(|error| error.as_database_error());
    let code = database.and_then(|error| error.code());
    code.is_some_and(|code| code == "40001" || code == "40P01")
}
