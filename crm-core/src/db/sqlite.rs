//! SQLite: many readers, one writer that groups concurrent writes into one durable transaction.

use super::{Connection, Done, Job, Row, Sql, Tx, failure, sqlite_rows};
use crate::error::{Error, Result};
use futures_util::FutureExt;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, SqlitePool};
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// How many writes wait in the queue before further ones wait at its door.
const QUEUE: usize = 1024;
/// How many writes share one commit at most, so that the first of them does not wait long.
const GROUP: usize = 256;
const READERS: u32 = 8;

#[derive(Clone)]
pub(super) struct Sqlite {
    readers: SqlitePool,
    options: SqliteConnectOptions,
    queue: mpsc::Sender<(Job, Done)>,
}

impl Sqlite {
    pub(super) async fn open(path: &str) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // The log is a system of record: a commit that was acknowledged survives a power cut.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10))
            .foreign_keys(true)
            .statement_cache_capacity(256)
            .pragma("temp_store", "memory")
            .pragma("cache_size", "-8000");
        let writer = options.clone().connect().await.map_err(failure)?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .min_connections(1)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options.clone().pragma("query_only", "on"))
            .await
            .map_err(failure)?;
        let (queue, jobs) = mpsc::channel(QUEUE);
        tokio::spawn(write_all(Tx { connection: Connection::Sqlite(writer) }, options.clone(), jobs));
        Ok(Self { readers, options, queue })
    }

    /// A connection beside the queue, for the migrations at start.
    pub(super) async fn migration_connection(&self) -> Result<sqlx::SqliteConnection> {
        self.options.clone().connect().await.map_err(failure)
    }

    pub(super) async fn rows(&self, sql: Sql) -> Result<Vec<Row>> {
        let mut connection = self.readers.acquire().await.map_err(failure)?;
        sqlite_rows(&mut connection, sql).await
    }

    pub(super) async fn write(&self, job: Job) -> Result<()> {
        let (done, answer) = oneshot::channel();
        let closed = || Error::Unavailable(sqlx::Error::PoolClosed);
        self.queue.send((job, done)).await.map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }

    pub(super) async fn close(&self) {
        // A job behind all others: when it is answered, they are committed.
        let last: Job = Box::new(|_| async { Ok(()) }.boxed());
        if let Err(error) = self.write(last).await {
            tracing::warn!(%error, "closing the database");
        }
        self.readers.close().await;
    }
}

/// The writer: takes jobs until every [`Sqlite`] is gone.
async fn write_all(mut tx: Tx, options: SqliteConnectOptions, mut jobs: mpsc::Receiver<(Job, Done)>) {
    while let Some(first) = jobs.recv().await {
        if let Err(error) = write_group(&mut tx, first, &mut jobs).await {
            tracing::error!(%error, "the group of writes was rolled back; opening the database again");
            match options.clone().connect().await {
                Ok(writer) => {
                    let broken = std::mem::replace(&mut tx.connection, Connection::Sqlite(writer));
                    Tx { connection: broken }.discard().await;
                }
                Err(error) => tracing::error!(%error, "opening the database again"),
            }
        }
    }
}

/// Runs `first` and whatever else waits in one transaction, each job in a savepoint of its own so that one failure
/// undoes only itself, and answers all of them after the commit.
async fn write_group(tx: &mut Tx, first: (Job, Done), jobs: &mut mpsc::Receiver<(Job, Done)>) -> Result<()> {
    let mut answers = Vec::new();
    let mut next = Some(first);
    let outcome = async {
        tx.execute(Sql::new("begin immediate")).await?;
        while let Some((job, done)) = next.take() {
            // A writer that no longer listens (its request was cancelled) has been told nothing: skip its job.
            if !done.is_closed() {
                match in_savepoint(tx, job).await {
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
                let _ = done.send(Err(Error::Unavailable(sqlx::Error::Protocol("the commit failed".into()))));
            }
            Err(error)
        }
    }
}

/// The inner result is the job's own; the outer error means that the transaction itself is broken.
async fn in_savepoint(tx: &mut Tx, job: Job) -> Result<Result<()>> {
    tx.execute(Sql::new("savepoint job")).await?;
    let result =
        AssertUnwindSafe(job(tx)).catch_unwind().await.unwrap_or_else(|_| Err(Error::internal("a write panicked")));
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
