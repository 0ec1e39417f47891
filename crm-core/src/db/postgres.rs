//! PostgreSQL: a pool, row-level security as a second wall, serialisation failures tried again.
//!
//! What counts here is how often one waits for the server, above all while a transaction holds the tenant's counter of
//! events. So a connection remembers whose rows it may touch and is told only when that changes, and a commit lets go of
//! its locks before it is on disk; its writer is answered when it is.

use super::{Connection, Row, Scope, Sql, Tx, failure, postgres_rows};
use crate::error::{Error, Result};
use deadpool::Runtime;
use deadpool::managed::{self, Metrics, Object, PoolError, RecycleError, RecycleResult};
use futures_util::future::BoxFuture;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use std::str::FromStr;
use std::time::Duration;

/// How often a transaction that lost a race, or a read whose connection was lost, is tried.
const TRIES: u32 = 5;
const CONNECTIONS: usize = 20;
/// How long a statement waits for a connection of the pool, and that for the server.
const PATIENCE: Duration = Duration::from_secs(10);
/// A connection that was idle for so long is asked whether it still lives before it is used.
const IDLE: Duration = Duration::from_secs(1);

#[derive(Clone)]
pub(super) struct Postgres {
    pool: managed::Pool<Connecting>,
    options: PgConnectOptions,
}

/// Makes connections for the pool, and looks at those that come back.
pub(super) struct Connecting(PgConnectOptions);

/// A connection that goes back to the pool when it is dropped.
pub(super) type Pooled = Object<Connecting>;

/// A connection of the pool.
pub(super) struct Link {
    pub(super) connection: PgConnection,
    /// Whose rows row-level security lets through; none if it is not known.
    scope: Option<Scope>,
    /// Whether something was begun and not ended, because it failed or nobody waited for it any more: the connection is
    /// not fit for others then, and closing it rolls back.
    unfinished: bool,
}

impl managed::Manager for Connecting {
    type Type = Link;
    type Error = sqlx::Error;

    async fn create(&self) -> Result<Link, sqlx::Error> {
        Ok(Link { connection: PgConnection::connect_with(&self.0).await?, scope: None, unfinished: false })
    }

    async fn recycle(&self, link: &mut Link, metrics: &Metrics) -> RecycleResult<sqlx::Error> {
        if link.unfinished {
            return Err(RecycleError::message("something is unfinished on it"));
        }
        if metrics.last_used() > IDLE {
            link.connection.ping().await?;
        }
        Ok(())
    }
}

impl Postgres {
    pub(super) async fn open(url: &str) -> Result<Self> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|_| Error::Malformed("The PostgreSQL address cannot be read.".into()))?
            .application_name("parley")
            .statement_cache_capacity(256)
            .options([("statement_timeout", "60s"), ("idle_in_transaction_session_timeout", "60s")]);
        let pool = managed::Pool::builder(Connecting(options.clone()))
            .max_size(CONNECTIONS)
            .timeouts(managed::Timeouts { wait: Some(PATIENCE), create: Some(PATIENCE), recycle: Some(PATIENCE) })
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|error| Error::internal(error.to_string()))?;
        Ok(Self { pool, options })
    }

    /// A connection beside the pool, for the migrations at start.
    pub(super) async fn migration_connection(&self) -> Result<PgConnection> {
        PgConnection::connect_with(&self.options).await.map_err(failure)
    }

    async fn link(&self) -> Result<Pooled> {
        self.pool.get().await.map_err(|error| match error {
            PoolError::Backend(error) => failure(error),
            error => Error::Unavailable(error.into()),
        })
    }

    pub(super) async fn rows(&self, scope: Scope, sql: Sql) -> Result<Vec<Row>> {
        let mut tries = 0;
        loop {
            tries += 1;
            let mut link = self.link().await?;
            match link.rows(scope, sql.clone()).await {
                Err(Error::Unavailable(error)) if tries < TRIES && is_lost(error.as_ref()) => {
                    tracing::debug!(tries, "a connection was lost, and a read is tried on another");
                }
                result => return result,
            }
        }
    }

    pub(super) async fn transact<T, F>(&self, scope: Scope, work: F) -> Result<T>
    where
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T>>,
    {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.attempt(scope, &work).await {
                Err(Error::Unavailable(error)) if tries < TRIES && lost_a_race(error.as_ref()) => {
                    tracing::debug!(tries, "a transaction lost a race and is tried again");
                }
                result => return result,
            }
        }
    }

    async fn attempt<T, F>(&self, scope: Scope, work: &F) -> Result<T>
    where
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T>>,
    {
        let mut tx = Tx { connection: Connection::Postgres(Box::new(self.begin(scope).await?)) };
        let result = work(&mut tx).await;
        let Connection::Postgres(mut link) = tx.connection else { return result };
        match result {
            Ok(value) => link.commit(scope).await.map(|()| value),
            Err(error) => {
                link.roll_back().await;
                Err(error)
            }
        }
    }

    /// A connection with an open transaction.
    async fn begin(&self, scope: Scope) -> Result<Pooled> {
        let mut tries = 0;
        loop {
            tries += 1;
            let mut link = self.link().await?;
            match link.begin(scope).await {
                // Nothing was asked of it yet.
                Err(Error::Unavailable(error)) if tries < TRIES && is_lost(error.as_ref()) => {}
                Err(error) => return Err(error),
                Ok(()) => return Ok(link),
            }
        }
    }

    /// Row-level security is no wall for a role that may bypass it.
    pub(super) async fn refuse_unsafe_role(&self) -> Result<()> {
        let sql = "select rolname, rolsuper or rolbypassrls from pg_roles where rolname = current_user";
        let rows = self.rows(Scope::System, Sql::new(sql)).await?;
        let Some(row) = rows.first() else { return Ok(()) };
        if row.boolean(1)? == Some(true) {
            return Err(Error::Malformed(format!(
                "The PostgreSQL role `{}` is a superuser or bypasses row-level security, which keeps tenants apart. \
                 Connect as an ordinary role that owns the database (create role parley login; create database parley owner parley).",
                row.string(0)?
            )));
        }
        Ok(())
    }

    pub(super) fn close(&self) {
        self.pool.close();
    }
}

impl Link {
    async fn rows(&mut self, scope: Scope, sql: Sql) -> Result<Vec<Row>> {
        self.unfinished = true;
        if self.scope != Some(scope) {
            self.scope = None;
            self.run(format!("select {}", entering(scope))).await?;
            self.scope = Some(scope);
        }
        let rows = postgres_rows(&mut self.connection, sql).await;
        self.unfinished = matches!(rows, Err(Error::Unavailable(_)));
        rows
    }

    /// Begins a transaction. Its commit is not to wait for the disk: [`Link::commit`] does, without holding locks.
    async fn begin(&mut self, scope: Scope) -> Result<()> {
        self.unfinished = true;
        let mut text = "begin; set local synchronous_commit to off".to_owned();
        if self.scope != Some(scope) {
            text.push_str(&format!("; select {}", entering(scope)));
        }
        // Should it be rolled back, so is the setting.
        self.scope = None;
        self.run(text).await
    }

    /// Commits, and waits until that is as durable as the server was told to be: another commit, of a message that
    /// nobody reads, is on disk no sooner than all before it, and shares its way there with others of the moment.
    async fn commit(&mut self, scope: Scope) -> Result<()> {
        self.run("commit".into()).await?;
        self.run("select pg_logical_emit_message(true, 'parley', '')".into()).await?;
        self.scope = Some(scope);
        self.unfinished = false;
        Ok(())
    }

    async fn roll_back(&mut self) {
        self.unfinished = self.run("rollback".into()).await.is_err();
    }

    /// Runs statements without values, in one go.
    async fn run(&mut self, text: String) -> Result<()> {
        sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut self.connection).await.map(drop).map_err(failure)
    }
}

/// Tells row-level security whose rows may be touched, until it is told otherwise. An id has no character that means
/// something to SQL.
fn entering(scope: Scope) -> String {
    let (tenant, system) = match scope {
        Scope::Tenant(tenant) => (tenant.0.to_string(), "off"),
        Scope::System => (String::new(), "on"),
    };
    format!("set_config('parley.tenant', '{tenant}', false), set_config('parley.system', '{system}', false)")
}

fn lost_a_race(error: &(dyn std::error::Error + 'static)) -> bool {
    let database = error.downcast_ref::<sqlx::Error>().and_then(|error| error.as_database_error());
    let code = database.and_then(|error| error.code());
    code.is_some_and(|code| code == "40001" || code == "40P01")
}

/// Whether it was the connection that failed, or the server that is going away.
fn is_lost(error: &(dyn std::error::Error + 'static)) -> bool {
    match error.downcast_ref::<sqlx::Error>() {
        Some(sqlx::Error::Io(_)) => true,
        Some(sqlx::Error::Database(error)) => error.code().is_some_and(|code| code.starts_with("57P")),
        _ => false,
    }
}
