//! One connection to the server.

use super::super::{Bind, Engine, Row, Scope, Sql, bound, failure};
use super::ahead::Telling;
use crate::error::{Error, Result};
use sqlx::postgres::PgArguments;
use sqlx::{AssertSqlSafe, PgConnection};
use std::sync::Arc;

/// A connection of the pool.
pub(super) struct Link {
    pub(super) connection: PgConnection,
    /// Whose rows row-level security lets through; none if it is not known.
    scope: Option<Scope>,
    /// Whether something was begun and not ended, because it failed or nobody waited for it any more: the connection is
    /// not fit for others then, and closing it rolls back.
    unfinished: bool,
}

impl Link {
    pub(super) fn new(connection: PgConnection) -> Self {
        Self { connection, scope: None, unfinished: false }
    }

    pub(super) fn is_unfinished(&self) -> bool {
        self.unfinished
    }

    /// Reads rows outside of a transaction.
    pub(super) async fn read(&mut self, scope: Scope, sql: Sql) -> Result<Vec<Row>> {
        self.unfinished = true;
        if self.scope != Some(scope) {
            self.scope = None;
            self.run(format!("select {}", entering(scope))).await?;
            self.scope = Some(scope);
        }
        let rows = self.rows(sql).await;
        self.unfinished = matches!(rows, Err(Error::Unavailable(_)));
        rows
    }

    pub(super) async fn rows(&mut self, sql: Sql) -> Result<Vec<Row>> {
        let dynamic = sql.dynamic;
        let (text, binds) = sql.render(Engine::Postgres);
        let query = bound!(sqlx::query(AssertSqlSafe(text)), binds).persistent(!dynamic);
        let rows = query.fetch_all(&mut self.connection).await.map_err(failure)?;
        Ok(rows.into_iter().map(|row| Row::Postgres(Arc::new(row))).collect())
    }

    /// Runs a statement and tells how many rows it touched.
    pub(super) async fn execute(&mut self, sql: Sql) -> Result<u64> {
        let dynamic = sql.dynamic;
        let (text, binds) = sql.render(Engine::Postgres);
        let query = bound!(sqlx::query(AssertSqlSafe(text)), binds).persistent(!dynamic);
        query.execute(&mut self.connection).await.map(|done| done.rows_affected()).map_err(failure)
    }

    pub(super) async fn tell(&mut self, telling: Telling) -> Result<()> {
        let (text, values) = telling.finish();
        let query = sqlx::query_with::<_, PgArguments>(AssertSqlSafe(text), values);
        query.execute(&mut self.connection).await.map(drop).map_err(failure)
    }

    /// Begins a transaction. Its commit is not to wait for the disk: [`Link::commit`] does, without holding locks.
    pub(super) async fn begin(&mut self, scope: Scope) -> Result<()> {
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
    pub(super) async fn commit(&mut self, scope: Scope) -> Result<()> {
        self.run("commit; select pg_logical_emit_message(true, 'parley', '')".into()).await?;
        self.scope = Some(scope);
        self.unfinished = false;
        Ok(())
    }

    pub(super) async fn roll_back(&mut self) {
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
