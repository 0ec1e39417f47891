//! Timers: something due at an instant is a row, so that no restart forgets it.

use crate::TenantId;
use crate::crm::Crm;
use crate::db::{Scope, Sql, Tx};
use crate::error::Result;
use futures_util::FutureExt;
use jiff::Timestamp;
use serde_json::Value as Json;
use std::time::Duration;
use uuid::Uuid;

/// Something due.
#[derive(Debug, Clone, PartialEq)]
pub struct Timer {
    /// Whose.
    pub tenant: TenantId,
    /// Its id; setting a timer with the same id again moves it.
    pub id: Uuid,
    /// What is to be done.
    pub kind: String,
    /// When.
    pub due_at: Timestamp,
    /// What is needed to do it.
    pub payload: Json,
}

/// Sets a timer within an open transaction.
pub(crate) async fn set(tx: &mut Tx, timer: &Timer) -> Result<()> {
    let sql = Sql::fixed(
        "insert into timer (tenant_id, id, kind, due_at, payload) values (?, ?, ?, ?, ?) \
         on conflict (tenant_id, id) do update set due_at = excluded.due_at, payload = excluded.payload, claimed_until = 0",
        [
            timer.tenant.into(),
            timer.id.into(),
            timer.kind.as_str().into(),
            timer.due_at.into(),
            timer.payload.clone().into(),
        ],
    );
    tx.execute(sql).await.map(drop)
}

impl Crm {
    /// Sets a timer.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn set_timer(&self, timer: Timer) -> Result<()> {
        self.db()
            .transact(timer.tenant, move |tx| {
                let timer = timer.clone();
                async move { set(tx, &timer).await }.boxed()
            })
            .await
    }

    /// Claims up to `limit` timers that are due. A claim ends after `span`: who dies while working leaves the timer
    /// to another.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn claim_timers(&self, limit: usize, span: Duration) -> Result<Vec<Timer>> {
        let now = self.now();
        let until = now.as_microsecond() + i64::try_from(span.as_micros()).unwrap_or(i64::MAX / 2);
        self.db()
            .transact(Scope::System, move |tx| {
                async move {
                    let mut sql = Sql::fixed(
                        "update timer set claimed_until = ? where (tenant_id, id) in \
                    (select tenant_id, id from timer where due_at <= ? and claimed_until <= ? order by due_at limit ",
                        [until.into(), now.into(), now.into()],
                    );
                    sql.text(&format!(
                        "{limit}{}) returning tenant_id, id, kind, due_at, payload",
                        tx.engine().skip_locked()
                    ));
                    let rows = tx.rows(sql).await?;
                    rows.iter()
                        .map(|row| {
                            let (kind, payload) = (row.string(2)?, row.json(4)?.unwrap_or_default());
                            let due_at = row.instant(3)?.unwrap_or_default();
                            Ok(Timer { tenant: TenantId(row.id(0)?), id: row.id(1)?, kind, due_at, payload })
                        })
                        .collect()
                }
                .boxed()
            })
            .await
    }

    /// Removes a timer that was dealt with (or is not wanted any more).
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn clear_timer(&self, tenant: TenantId, id: Uuid) -> Result<()> {
        self.db()
            .transact(tenant, move |tx| {
                let sql = Sql::fixed("delete from timer where tenant_id = ? and id = ?", [tenant.into(), id.into()]);
                async move { tx.execute(sql).await.map(drop) }.boxed()
            })
            .await
    }
}
