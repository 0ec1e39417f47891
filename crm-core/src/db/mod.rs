//! The database: one door to two engines.
//!
//! The rest of the crate builds [`Sql`] values and reads [`Row`]s; only this module knows sqlx and rusqlite. What the
//! engines say differently is in [`dialect`]. Writing goes through [`Db::transact`]: on SQLite concurrent writers are
//! grouped into one durable transaction, on PostgreSQL each has its own.

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
use futures_util::future::BoxFuture;
use sqlx::{AssertSqlSafe, PgConnection};
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

    /// Runs `work` in one transaction and answers when it is durably committed. `work` may run more than once
    /// (a serialisation failure is tried again), so it must have no effect outside the transaction.
    pub(crate) async fn transact<T, F>(&self, scope: impl Into<Scope>, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T>> + Send + Sync + 'static,
    {
        match &self.0 {
            Inner::Sqlite(sqlite) => {
                let result: Arc<Mutex<Option<T>>> = Arc::default();
                let place = result.clone();
                let job: Job = Box::new(move |tx| {
                    Box::pin(async move {
                        let value = work(tx).await?;
                        *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
                        Ok(())
                    })
                });
                sqlite.write(job).await?;
                let value = result.lock().unwrap_or_else(PoisonError::into_inner).take();
                value.ok_or_else(|| Error::internal("a committed write gave no result"))
            }
            Inner::Postgres(postgres) => Box::pin(postgres.transact(scope.into(), work)).await,
        }
    }
}

/// A piece of work in the SQLite writer's queue.
type Job = Box<dyn for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<()>> + Send>;

/// Tells a waiting writer how its job ended.
type Done = oneshot::Sender<Result<()>>;

/// An open transaction.
pub(crate) struct Tx {
    connection: Connection,
}

enum Connection {
    Sqlite(rusqlite::Connection),
    Postgres(Box<postgres::Pooled>),
}

impl Tx {
    pub(crate) fn engine(&self) -> Engine {
        match self.connection {
            Connection::Sqlite(_) => Engine::Sqlite,
            Connection::Postgres(_) => Engine::Postgres,
        }
    }

    pub(crate) async fn rows(&mut self, sql: Sql) -> Result<Vec<Row>> {
        match &mut self.connection {
            Connection::Sqlite(link) => sqlite::rows(link, sql),
            Connection::Postgres(link) => postgres_rows(&mut link.connection, sql).await,
        }
    }

    pub(crate) async fn row(&mut self, sql: Sql) -> Result<Option<Row>> {
        Ok(self.rows(sql).await?.into_iter().next())
    }

    /// Runs a statement and tells how many rows it touched.
    pub(crate) async fn execute(&mut self, sql: Sql) -> Result<u64> {
        match &mut self.connection {
            Connection::Sqlite(link) => sqlite::execute(link, sql),
            Connection::Postgres(link) => {
                let dynamic = sql.dynamic;
                let (text, binds) = sql.render(Engine::Postgres);
                let query = bound!(sqlx::query(AssertSqlSafe(text)), binds).persistent(!dynamic);
                query.execute(&mut link.connection).await.map(|done| done.rows_affected()).map_err(failure)
            }
        }
    }
}

async fn postgres_rows(connection: &mut PgConnection, sql: Sql) -> Result<Vec<Row>> {
    let dynamic = sql.dynamic;
    let (text, binds) = sql.render(Engine::Postgres);
    let query = bound!(sqlx::query(AssertSqlSafe(text)), binds).persistent(!dynamic);
    Ok(query.fetch_all(connection).await.map_err(failure)?.into_iter().map(Row::Postgres).collect())
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
