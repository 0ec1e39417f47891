//! PostgreSQL: a pool, row-level security as a second wall, writers of one tenant in one transaction.
//!
//! What counts here is how often one waits for the server, above all while a transaction holds the tenant's counter of
//! events. So a connection remembers whose rows it may touch and is told only when that changes; what a tenant's writers
//! ask for at the same moment is one transaction, which tells the server of all their rows at once ([`ahead`]); and a
//! commit lets go of its locks before it is on disk; its writers are answered when it is.

mod ahead;
mod link;
mod writing;

pub(super) use writing::{Open, Rehearsal};

use self::link::Link;
use self::writing::Queues;
use super::{Row, Scope, Sql, failure};
use crate::error::{Error, Result};
use deadpool::Runtime;
use deadpool::managed::{self, Metrics, Object, PoolError, RecycleError, RecycleResult};
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection as _, PgConnection};
use std::str::FromStr;
use std::sync::Arc;
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
    queues: Arc<Queues>,
}

/// Makes connections for the pool, and looks at those that come back.
struct Connecting(PgConnectOptions);

/// A connection that goes back to the pool when it is dropped.
type Pooled = Object<Connecting>;

impl managed::Manager for Connecting {
    type Type = Link;
    type Error = sqlx::Error;

    async fn create(&self) -> Result<Link, sqlx::Error> {
        Ok(Link::new(PgConnection::connect_with(&self.0).await?))
    }

    async fn recycle(&self, link: &mut Link, metrics: &Metrics) -> RecycleResult<sqlx::Error> {
        if link.is_unfinished() {
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
        Ok(Self { pool, options, queues: Arc::default() })
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
            match link.read(scope, sql.clone()).await {
                Err(Error::Unavailable(error)) if tries < TRIES && is_lost(error.as_ref()) => {
                    tracing::debug!(tries, "a connection was lost, and a read is tried on another");
                }
                result => return result,
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

/// Whether it was the connection that failed, or the server that is going away.
fn is_lost(error: &(dyn std::error::Error + 'static)) -> bool {
    match error.downcast_ref::<sqlx::Error>() {
        Some(sqlx::Error::Io(_)) => true,
        Some(sqlx::Error::Database(error)) => error.code().is_some_and(|code| code.starts_with("57P")),
        _ => false,
    }
}
