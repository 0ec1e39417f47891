//! The database: one door to two engines.
//!
//! The rest of the crate builds [`Sql`] values and reads [`Row`]s; only this module knows sqlx and rusqlite. What the
//! engines say differently is in [`dialect`]. Writing goes through [`Db::transact`]: concurrent writers are grouped into one
//! durable transaction, on SQLite all of them, on PostgreSQL those of one tenant.

pub mod ddl;
pub(crate) mod dialect;
mod migrate;
mod postgres;
mod row;
mod sql;
mod sqlite;

pub use dialect::Engine;
pub(crate) use row::Row;
pub(crate) use sql::{Bind, Sql, date_of, days, stored_integer};

use crate::TenantId;
use crate::error::{Error, Result};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;

macro_rules! bound {
    ($query:expr, $binds:expr) => {{
        let mut query = $query;
        for bind in $binds {
            query = match bind {
                Bind::Text(value) => query.bind(value),
                Bind::Integer(value) => query.bind(value),
                Bind::Real(value) => query.bind(value),
                Bind::Boolean(value) => query.bind(value),
                Bind::Uuid(value) => query.bind(value),
                Bind::Json(value) => query.bind(value),
            };
        }
        query
    }};
}
use bound;

/// Whose rows a statement may touch, as PostgreSQL's row-level security understands it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// One tenant's.
    Tenant(TenantId),
    /// Every tenant's: sign-in, consumers of the log, housekeeping.
    System,
}

impl From<TenantId> for Scope {
    fn from(tenant: TenantId) -> Self {
        Self::Tenant(tenant)
    }
}

/// A database of either engine. Cheap to clone.
#[derive(Clone)]
pub struct Db(Inner);

#[derive(Clone)]
enum Inner {
    Sqlite(Box<sqlite::Sqlite>),
    Postgres(Box<postgres::Postgres>),
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Db").field(&self.engine()).finish()
    }
}

impl Db {
    /// Opens `sqlite:PATH` or `postgres://…`, and brings its tables up to date.
    ///
    /// # Errors
    /// When the address is not understood, the database cannot be reached, a migration fails, or PostgreSQL's role
    /// could bypass row-level security.
    pub async fn open(url: &str) -> Result<Self> {
        let db = Self::connect(url).await?;
        migrate::run(&db).await?;
        if let Inner::Postgres(postgres) = &db.0 {
            postgres.refuse_unsafe_role().await?;
        }
        Ok(db)
    }

    async fn connect(url: &str) -> Result<Self> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return Ok(Self(Inner::Sqlite(Box::new(sqlite::Sqlite::open(path).await?))));
        }
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            return Ok(Self(Inner::Postgres(Box::new(postgres::Postgres::open(url).await?))));
        }
        Err(Error::Malformed("The database address must start with `sqlite:` or `postgres:`.".into()))
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        match &self.0 {
            Inner::Sqlite(_) => Engine::Sqlite,
            Inner::Postgres(_) => Engine::Postgres,
        }
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it does not.
    pub async fn ping(&self) -> Result<()> {
        self.rows(Scope::System, Sql::new("select 1")).await.map(drop)
    }

    /// Waits until every accepted write is committed, and closes all connections.
    pub async fn close(&self) {
        match &self.0 {
            Inner::Sqlite(sqlite) => sqlite.close().await,
            Inner::Postgres(postgres) => postgres.close(),
        }
    }

    /// Reads rows.
    pub(crate) async fn rows(&self, scope: impl Into<Scope>, sql: Sql) -> Result<Vec<Row>> {
        match &self.0 {
            Inner::Sqlite(sqlite) => sqlite.rows(sql).await,
            // Boxed, or every future above would be as large as all that a connection does.
            Inner::Postgres(postgres) => Box::pin(postgres.rows(scope.into(), sql)).await,
        }
    }

    /// Reads at most one row.
    pub(crate) async fn row(&self, scope: impl Into<Scope>, sql: Sql) -> Result<Option<Row>> {
        Ok(self.rows(scope, sql).await?.into_iter().next())
    }

    /// Runs `work` in one transaction, which it may share with others, and answers when it is durably committed. `work`
    /// may run more than once (a serialisation failure is tried again, and so is each of a group when one of them
    /// fails), so it must have no effect outside the transaction.
    pub(crate) async fn transact<T, F>(&self, scope: impl Into<Scope>, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T>> + Send + Sync + 'static,
    {
        let (work, result) = (Arc::new(work), Arc::<Mutex<Option<T>>>::default());
        let place = result.clone();
        let job: Job = Box::new(move |tx| {
            let (work, place) = (work.clone(), place.clone());
            Box::pin(async move {
                let value = work(tx).await?;
                *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
                Ok(())
            })
        });
        match &self.0 {
            Inner::Sqlite(sqlite) => sqlite.write(job).await?,
            Inner::Postgres(postgres) => Box::pin(postgres.write(scope.into(), job)).await?,
        }
        let value = result.lock().unwrap_or_else(PoisonError::into_inner).take();
        value.ok_or_else(|| Error::internal("a committed write gave no result"))
    }
}

/// A piece of work in a writer's queue.
type Job = Box<dyn for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<()>> + Send + Sync>;

/// Tells a waiting writer how its job ended.
type Done = oneshot::Sender<Result<()>>;

async fn caught(tx: &mut Tx, job: &Job) -> Result<()> {
    AssertUnwindSafe(job(tx)).catch_unwind().await.unwrap_or_else(|_| Err(Error::internal("a write panicked")))
}

/// A number of a tenant that only grows, such as the sequence of its events.
#[derive(Clone)]
pub(crate) struct Counter {
    /// Tells it from all others of the tenant.
    name: String,
    table: &'static str,
    /// Answers the last number, and keeps everybody else from it until the transaction ends.
    lock: Sql,
    /// Writes the last number.
    set: Arc<dyn Fn(i64) -> Sql + Send + Sync>,
}

impl Counter {
    pub(crate) fn new(
        name: impl Into<String>,
        table: &'static str,
        lock: Sql,
        set: impl Fn(i64) -> Sql + Send + Sync + 'static,
    ) -> Self {
        Self { name: name.into(), table, lock, set: Arc::new(set) }
    }

    fn last(&self, rows: Vec<Row>) -> Result<i64> {
        rows.first().ok_or_else(|| Error::not_found(format!("The counter {}", self.name)))?.int(0)
    }
}

/// An open transaction.
pub(crate) struct Tx {
    connection: Connection,
}

enum Connection {
    Sqlite(rusqlite::Connection),
    Postgres(Box<postgres::Open>),
    Rehearsal(Box<postgres::Rehearsal>),
}

impl Tx {
    pub(crate) fn engine(&self) -> Engine {
        match self.connection {
            Connection::Sqlite(_) => Engine::Sqlite,
            Connection::Postgres(_) | Connection::Rehearsal(_) => Engine::Postgres,
        }
    }

    pub(crate) async fn rows(&mut self, sql: Sql) -> Result<Vec<Row>> {
        match &mut self.connection {
            Connection::Sqlite(link) => sqlite::rows(link, sql),
            Connection::Postgres(open) => open.rows(sql).await,
            Connection::Rehearsal(rehearsal) => rehearsal.rows(sql).await,
        }
    }

    pub(crate) async fn row(&mut self, sql: Sql) -> Result<Option<Row>> {
        Ok(self.rows(sql).await?.into_iter().next())
    }

    /// Runs a statement and tells how many rows it touched.
    pub(crate) async fn execute(&mut self, sql: Sql) -> Result<u64> {
        match &mut self.connection {
            Connection::Sqlite(link) => sqlite::execute(link, sql),
            Connection::Postgres(open) => open.execute(sql).await,
            Connection::Rehearsal(rehearsal) => rehearsal.end(),
        }
    }

    /// Inserts rows with values in `columns`. That one of them must not be there may be told as late as at the commit.
    pub(crate) async fn insert(&mut self, table: &str, columns: Vec<String>, rows: Vec<Vec<Bind>>) -> Result<()> {
        match &mut self.connection {
            Connection::Sqlite(link) => rows.into_iter().try_for_each(|row| {
                let mut sql = Sql::new(format!("insert into {table} ({}) values (", columns.join(", ")));
                sql.join(row.into_iter().map(|bind| Sql::fixed("?", [bind])), ", ").text(")");
                sqlite::execute(link, sql).map(drop)
            }),
            Connection::Postgres(open) => {
                open.insert(table, columns, rows);
                Ok(())
            }
            Connection::Rehearsal(rehearsal) => {
                rehearsal.insert(table);
                Ok(())
            }
        }
    }

    /// Takes the next `by` numbers of a counter and answers the last of them. Nobody else gets any before the
    /// transaction ends.
    pub(crate) async fn count(&mut self, counter: Counter, by: i64) -> Result<i64> {
        match &mut self.connection {
            Connection::Sqlite(link) => {
                let last = counter.last(sqlite::rows(link, counter.lock.clone())?)? + by;
                sqlite::execute(link, (counter.set)(last)).map(|_| last)
            }
            Connection::Postgres(open) => open.count(counter, by).await,
            Connection::Rehearsal(rehearsal) => rehearsal.end(),
        }
    }
}

/// What a violated unique index says of a write that the checks before it let through.
fn not_unique() -> Error {
    Error::Conflict("Another record with the same unique value was written at the same moment.".into())
}

/// Sorts a failure of PostgreSQL into what callers can act on.
pub(crate) fn failure(error: sqlx::Error) -> Error {
    let database = error.as_database_error();
    if let Some(violation) = database.filter(|error| error.is_unique_violation()) {
        tracing::debug!(text = violation.message(), constraint = violation.constraint(), "unique violation");
        return not_unique();
    }
    let code = database.and_then(|error| error.code()).unwrap_or_default().into_owned();
    // Connection trouble, lost a race, out of resources, shutting down, cancelled, trouble with files.
    let unavailable = match &error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Tls(_) => true,
        sqlx::Error::WorkerCrashed | sqlx::Error::Protocol(_) => true,
        sqlx::Error::Database(_) => matches!(code.get(..2), Some("08" | "40" | "53" | "57" | "58")),
        _ => false,
    };
    if unavailable { Error::Unavailable(error.into()) } else { Error::internal(error.to_string()) }
}
