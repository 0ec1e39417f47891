//! PostgreSQL: a pool, row-level security as a second wall, serialisation failures tried again.

use super::{Connection, Row, Scope, Sql, Tx, failure, postgres_rows};
use crate::error::{Error, Result};
use futures_util::future::BoxFuture;
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use std::str::FromStr;
use std::time::Duration;

/// How often a transaction that lost a race is tried.
const TRIES: u32 = 5;

#[derive(Clone)]
pub(super) struct Postgres(PgPool);

impl Postgres {
    pub(super) async fn open(url: &str) -> Result<Self> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|_| Error::Malformed("The PostgreSQL address cannot be read.".into()))?
            .application_name("parley")
            .statement_cache_capacity(256)
            .options([("statement_timeout", "60s"), ("idle_in_transaction_session_timeout", "60s")]);
        let pool = PgPoolOptions::new()
            .max_connections(20)
            .min_connections(1)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options)
            .await
            .map_err(failure)?;
        Ok(Self(pool))
    }

    pub(super) fn pool(&self) -> &PgPool {
        &self.0
    }

    pub(super) async fn rows(&self, scope: Scope, sql: Sql) -> Result<Vec<Row>> {
        let mut connection = self.0.acquire().await.map_err(failure)?;
        postgres_rows(&mut connection, enter(scope)).await?;
        postgres_rows(&mut connection, sql).await
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
        let connection = self.0.acquire().await.map_err(failure)?;
        let mut unfinished = Unfinished(Some(Tx { connection: Connection::Postgres(connection) }));
        let result = unfinished.run(scope, work).await;
        let Some(mut tx) = unfinished.0.take() else { return result };
        if result.is_err() && tx.execute(Sql::new("rollback")).await.is_err() {
            tx.discard().await;
        }
        result
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

    pub(super) async fn close(&self) {
        self.0.close().await;
    }
}

/// A transaction under way. If its future is dropped half-way (the client went away), the connection is not fit for
/// the pool: it is closed, which rolls back.
struct Unfinished(Option<Tx>);

impl Unfinished {
    async fn run<T, F>(&mut self, scope: Scope, work: &F) -> Result<T>
    where
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T>>,
    {
        let Some(tx) = self.0.as_mut() else { return Err(Error::internal("no transaction")) };
        tx.execute(Sql::new("begin")).await?;
        tx.rows(enter(scope)).await?;
        let value = work(tx).await?;
        tx.execute(Sql::new("commit")).await?;
        Ok(value)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(Tx { connection: Connection::Postgres(connection), .. }) = &mut self.0 {
            connection.close_on_drop();
        }
    }
}

/// Tells row-level security whose rows may be touched, until it is told otherwise: every use of a connection starts
/// with it.
fn enter(scope: Scope) -> Sql {
    let (tenant, system) = match scope {
        Scope::Tenant(tenant) => (tenant.0.to_string(), "off"),
        Scope::System => (String::new(), "on"),
    };
    Sql::fixed(
        "select set_config('parley.tenant', ?, false), set_config('parley.system', ?, false)",
        [tenant.into(), system.into()],
    )
}

fn lost_a_race(error: &(dyn std::error::Error + 'static)) -> bool {
    let database = error.downcast_ref::<sqlx::Error>().and_then(|error| error.as_database_error());
    let code = database.and_then(|error| error.code());
    code.is_some_and(|code| code == "40001" || code == "40P01")
}
