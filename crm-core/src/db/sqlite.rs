//! SQLite: many readers, one writer that groups concurrent writes into one durable transaction.
//!
//! The writer is a thread of its own, and a job's statements are answered in it without waiting: a record is written by
//! some ten statements of a few microseconds each, and handing each to another thread would cost ten times as much.

use super::{Bind, Connection, Done, Engine, Job, Row, Sql, Tx, caught};
use crate::error::{Error, Result};
use futures_util::FutureExt;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection as Link, ErrorCode, ToSql};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::spawn_blocking;

/// How many writes wait in the queue before further ones wait at its door.
const QUEUE: usize = 1024;
/// How many writes share one commit at most, so that the first of them does not wait long.
const GROUP: usize = 256;
const READERS: usize = 8;
/// How long a read waits for a connection, and a write for another program's.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many statements a connection keeps prepared.
const PREPARED: usize = 256;

/// What each connection is told. Pages come from the system's cache by mapping the file, as much of it as SQLite can,
/// without a call each; a checkpoint is made every 32 MB. What was acknowledged survives a power cut.
const PRAGMAS: &str = "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; \
                       pragma temp_store = memory; pragma mmap_size = 2147418112; pragma wal_autocheckpoint = 8000;";

#[derive(Clone)]
pub(super) struct Sqlite {
    readers: Arc<Readers>,
    queue: mpsc::Sender<(Job, Done)>,
}

/// Connections that only read.
struct Readers {
    path: String,
    idle: Mutex<Vec<Link>>,
    free: Arc<Semaphore>,
}

impl Sqlite {
    pub(super) async fn open(path: &str) -> Result<Self> {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let (file, runtime) = (path.to_owned(), Handle::current());
        let opened = spawn_blocking(move || {
            let writer = connect(&file)?;
            let writing =
                move || Writer { tx: Tx { connection: Connection::Sqlite(writer) }, file }.run(&runtime, jobs);
            std::thread::Builder::new().name("sqlite writer".into()).spawn(writing).map_err(unavailable)
        });
        opened.await.map_err(unavailable)??;
        let readers =
            Readers { path: path.to_owned(), idle: Mutex::default(), free: Arc::new(Semaphore::new(READERS)) };
        Ok(Self { readers: Arc::new(readers), queue })
    }

    pub(super) fn path(&self) -> &str {
        &self.readers.path
    }

    pub(super) async fn rows(&self, sql: Sql) -> Result<Vec<Row>> {
        let waiting = self.readers.free.clone().acquire_owned();
        let permit = tokio::time::timeout(PATIENCE, waiting).await.map_err(unavailable)?.map_err(unavailable)?;
        let readers = self.readers.clone();
        let read = spawn_blocking(move || {
            let link = readers.take()?;
            let rows = rows(&link, sql);
            readers.give(link);
            drop(permit);
            rows
        });
        read.await.map_err(|error| Error::internal(format!("reading: {error}")))?
    }

    pub(super) async fn write(&self, job: Job) -> Result<()> {
        let (done, answer) = oneshot::channel();
        let closed = |_| unavailable("the database is closed");
        self.queue.send((job, done)).await.map_err(|_| unavailable("the database is closed"))?;
        answer.await.map_err(closed)?
    }

    pub(super) async fn close(&self) {
        // A job behind all others: when it is answered, they are committed.
        let last: Job = Box::new(|_| async { Ok(()) }.boxed());
        if let Err(error) = self.write(last).await {
            tracing::warn!(%error, "closing the database");
        }
        self.readers.free.close();
        self.readers.idle().clear();
    }
}

impl Readers {
    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Link>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Result<Link> {
        if let Some(link) = self.idle().pop() {
            return Ok(link);
        }
        let link = connect(&self.path)?;
        link.execute_batch("pragma query_only = on; pragma cache_size = -4000").map_err(failure)?;
        Ok(link)
    }

    fn give(&self, link: Link) {
        if !self.free.is_closed() {
            self.idle().push(link);
        }
    }
}

/// Opens the file, or makes it.
fn connect(path: &str) -> Result<Link> {
    let link = Link::open(path).map_err(failure)?;
    link.busy_timeout(PATIENCE).map_err(failure)?;
    link.set_prepared_statement_cache_capacity(PREPARED);
    link.execute_batch(PRAGMAS).map_err(failure)?;
    Ok(link)
}

/// Brings the tables up to date. Programs that start at once wait for one another.
pub(super) async fn migrate(path: &str, migrations: Vec<(i64, &'static str)>) -> Result<()> {
    let path = path.to_owned();
    let migrated = spawn_blocking(move || {
        let link = connect(&path)?;
        link.execute_batch("begin immediate").map_err(failure)?;
        let done: i64 = link.query_row("pragma user_version", [], |row| row.get(0)).map_err(failure)?;
        for (version, text) in migrations.into_iter().filter(|(version, _)| *version > done) {
            link.execute_batch(text).map_err(|error| Error::internal(format!("migration {version}: {error}")))?;
            link.pragma_update(None, "user_version", version).map_err(failure)?;
        }
        link.execute_batch("commit").map_err(failure)
    });
    migrated.await.map_err(unavailable)?
}

/// Runs a statement and reads its rows.
pub(super) fn rows(link: &Link, sql: Sql) -> Result<Vec<Row>> {
    let (text, binds) = sql.render(Engine::Sqlite);
    let mut statement = link.prepare_cached(&text).map_err(failure)?;
    let width = statement.column_count();
    let mut rows = statement.query(rusqlite::params_from_iter(binds)).map_err(failure)?;
    let mut read = Vec::new();
    while let Some(row) = rows.next().map_err(failure)? {
        let cells: rusqlite::Result<Box<[Value]>> = (0..width).map(|i| row.get(i)).collect();
        read.push(Row::Sqlite(cells.map_err(failure)?));
    }
    Ok(read)
}

/// Runs a statement and tells how many rows it touched.
pub(super) fn execute(link: &Link, sql: Sql) -> Result<u64> {
    let (text, binds) = sql.render(Engine::Sqlite);
    let mut statement = link.prepare_cached(&text).map_err(failure)?;
    let touched = statement.execute(rusqlite::params_from_iter(binds)).map_err(failure)?;
    Ok(u64::try_from(touched).unwrap_or_default())
}

impl ToSql for Bind {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let borrowed = |value| Ok(ToSqlOutput::Borrowed(value));
        match self {
            Self::Text(Some(text)) => borrowed(ValueRef::Text(text.as_bytes())),
            Self::Integer(Some(n)) => borrowed(ValueRef::Integer(*n)),
            Self::Real(Some(n)) => borrowed(ValueRef::Real(*n)),
            Self::Boolean(Some(yes)) => borrowed(ValueRef::Integer(i64::from(*yes))),
            Self::Uuid(Some(id)) => borrowed(ValueRef::Blob(id.as_bytes())),
            Self::Json(Some(json)) => Ok(ToSqlOutput::Owned(Value::Text(json.to_string()))),
            _ => borrowed(ValueRef::Null),
        }
    }
}

/// The thread that writes.
struct Writer {
    tx: Tx,
    file: String,
}

impl Writer {
    /// Takes jobs until every [`Sqlite`] is gone.
    fn run(mut self, runtime: &Handle, mut jobs: mpsc::Receiver<(Job, Done)>) {
        if let Connection::Sqlite(link) = &self.tx.connection
            && let Err(error) = link.execute_batch("pragma cache_size = -64000")
        {
            tracing::warn!(%error, "the writer's cache stays small");
        }
        while let Some(first) = jobs.blocking_recv() {
            if let Err(error) = runtime.block_on(write_group(&mut self.tx, first, &mut jobs)) {
                tracing::error!(%error, "the group of writes was rolled back; opening the database again");
                match connect(&self.file) {
                    Ok(link) => self.tx.connection = Connection::Sqlite(link),
                    Err(error) => tracing::error!(%error, "opening the database again"),
                }
            }
        }
    }
}

/// Runs `first` and whatever else waits in one transaction, and answers all of them after the commit. Each job is in a
/// savepoint of its own, so that one failure undoes only itself; the first needs none, there being nothing but itself to
/// undo (SQLite copies every page that changes within a savepoint, which a large job would feel).
async fn write_group(tx: &mut Tx, first: (Job, Done), jobs: &mut mpsc::Receiver<(Job, Done)>) -> Result<()> {
    let mut answers = Vec::new();
    let mut next = Some(first);
    let outcome = async {
        tx.execute(Sql::new("begin immediate")).await?;
        while let Some((job, done)) = next.take() {
            // A writer that no longer listens (its request was cancelled) has been told nothing: skip its job.
            if !done.is_closed() {
                let result = if answers.is_empty() { alone(tx, job).await } else { in_savepoint(tx, job).await };
                match result {
                    Ok(result) => answers.push((done, result)),
                    Err(error) => {
                        answers.push((done, Ok(())));
                        return Err(error);
                    }
                }
            }
            next = (answers.len() < GROUP).then(|| jobs.try_recv().ok()).flatten();
        }
        tx.execute(Sql::new("commit")).await
    }
    .await;
    match outcome {
        Ok(_) => {
            for (done, result) in answers {
                // A writer that went away meanwhile finds its change in the log.
                let _ = done.send(result);
            }
            Ok(())
        }
        Err(error) => {
            let _ = tx.execute(Sql::new("rollback")).await;
            for (done, _) in answers {
                let _ = done.send(Err(unavailable("the commit failed")));
            }
            Err(error)
        }
    }
}

/// The first job of a transaction, whose failure leaves a new one behind. The inner result is the job's own; the outer
/// error means that the transaction itself is broken.
async fn alone(tx: &mut Tx, job: Job) -> Result<Result<()>> {
    let result = caught(tx, &job).await;
    if result.is_err() {
        let rolled_back = tx.execute(Sql::new("rollback")).await;
        if rolled_back.is_err() && matches!(result, Err(Error::Unavailable(_))) {
            return result.map(Ok);
        }
        rolled_back?;
        tx.execute(Sql::new("begin immediate")).await?;
    }
    Ok(result)
}

/// A further job, with results as [`alone`] has them.
async fn in_savepoint(tx: &mut Tx, job: Job) -> Result<Result<()>> {
    tx.execute(Sql::new("savepoint job")).await?;
    let result = caught(tx, &job).await;
    if matches!(result, Err(Error::Unavailable(_))) {
        // A full disk or a lost file: SQLite may have rolled everything back by itself.
        let still_open = tx.execute(Sql::new("rollback to job")).await.is_ok();
        if !still_open {
            return result.map(Ok);
        }
    } else if result.is_err() {
        tx.execute(Sql::new("rollback to job")).await?;
    }
    tx.execute(Sql::new("release job")).await?;
    Ok(result)
}

fn unavailable(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::Unavailable(cause.into())
}

/// Sorts a failure into what callers can act on.
pub(super) fn failure(error: rusqlite::Error) -> Error {
    const UNIQUE: [i32; 3] = [
        rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE,
        rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY,
        rusqlite::ffi::SQLITE_CONSTRAINT_ROWID,
    ];
    let rusqlite::Error::SqliteFailure(cause, text) = &error else { return Error::internal(error.to_string()) };
    if UNIQUE.contains(&cause.extended_code) {
        tracing::debug!(text, "unique violation");
        return super::not_unique();
    }
    match cause.code {
        ErrorCode::DatabaseBusy
        | ErrorCode::DatabaseLocked
        | ErrorCode::ReadOnly
        | ErrorCode::SystemIoFailure
        | ErrorCode::DiskFull
        | ErrorCode::CannotOpen => unavailable(error),
        _ => Error::internal(error.to_string()),
    }
}
