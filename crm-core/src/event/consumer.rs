//! Consumers of the log: whatever follows a change reads the log from a stored cursor, and may run twice.
//!
//! To add one: take a name, loop over [`Crm::unconsumed`], do the work, [`Crm::consumed`]. A consumer that only one
//! node may run first holds the lease of its name.

use super::log::{COLUMNS, Event, decode};
use crate::TenantId;
use crate::crm::Crm;
use crate::db::{Row, Scope, Sql};
use crate::error::Result;
use futures_util::FutureExt;
use std::time::Duration;
use uuid::Uuid;

/// A tenant whose log has grown since a consumer last looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    /// The tenant.
    pub tenant: TenantId,
    /// The last event that the consumer has dealt with.
    pub consumed: i64,
    /// The last event in the log.
    pub last: i64,
}

/// An event, as far as it is of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConversationEvent {
    /// Its number.
    pub sequence: i64,
    /// The conversation in which it happened.
    pub conversation: Option<Uuid>,
    /// The conversation's version from then on, if it was written itself.
    pub version: Option<i64>,
}

impl Crm {
    /// The number of the tenant's last event.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn last_sequence(&self, tenant: TenantId) -> Result<i64> {
        let sql = Sql::fixed("select last_sequence from tenant_log where tenant_id = ?", [tenant.into()]);
        Ok(self.db().row(tenant, sql).await?.map(|row| row.int(0)).transpose()?.unwrap_or(0))
    }

    /// Up to 1,000 tenants with events that the consumer has not dealt with.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn backlogs(&self, consumer: &str) -> Result<Vec<Backlog>> {
        let sql = Sql::fixed(
            "select l.tenant_id, coalesce(c.sequence, 0), l.last_sequence from tenant_log l \
             left join consumer_cursor c on c.consumer = ? and c.tenant_id = l.tenant_id \
             where l.last_sequence > coalesce(c.sequence, 0) order by l.changed_at limit 1000",
            [consumer.into()],
        );
        let rows = self.db().rows(Scope::System, sql).await?;
        rows.iter()
            .map(|row| Ok(Backlog { tenant: TenantId(row.id(0)?), consumed: row.int(1)?, last: row.int(2)? }))
            .collect()
    }

    /// The tenant's events after `after`, oldest first, every one of them: consumers are the product itself.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn log_after(&self, tenant: TenantId, after: i64, limit: usize) -> Result<Vec<Event>> {
        let mut sql = Sql::new(format!("select {COLUMNS} from event e where e.tenant_id = "));
        sql.bind(tenant).text(" and e.sequence > ").bind(after).text(&format!(" order by e.sequence limit {limit}"));
        self.db().rows(tenant, sql).await?.iter().map(decode).collect()
    }

    /// The same, told as conversations need it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn conversation_events(
        &self,
        tenant: TenantId,
        after: i64,
        limit: usize,
    ) -> Result<Vec<ConversationEvent>> {
        let mut sql = Sql::fixed(
            "select sequence, conversation, case when object = 'conversation' then version end from event \
             where tenant_id = ? and sequence > ? order by sequence limit ",
            [tenant.into(), after.into()],
        );
        sql.text(&limit.to_string());
        let read = |row: &Row| {
            let (sequence, conversation, version) = (row.int(0)?, row.uuid(1)?, row.integer(2)?);
            Ok(ConversationEvent { sequence, conversation, version })
        };
        self.db().rows(tenant, sql).await?.iter().map(read).collect()
    }

    /// Stores how far a consumer has come with a tenant.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn consumed(&self, consumer: &str, tenant: TenantId, sequence: i64) -> Result<()> {
        let consumer = consumer.to_owned();
        self.db()
            .transact(tenant, move |tx| {
                let sql = Sql::fixed(
                    "insert into consumer_cursor (consumer, tenant_id, sequence) values (?, ?, ?) \
                 on conflict (consumer, tenant_id) do update set sequence = excluded.sequence",
                    [consumer.as_str().into(), tenant.into(), sequence.into()],
                );
                async move { tx.execute(sql).await.map(drop) }.boxed()
            })
            .await
    }

    /// Forgets how far a consumer has come with every tenant, so that it starts anew.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn rewind(&self, consumer: &str) -> Result<()> {
        let consumer = consumer.to_owned();
        self.db()
            .transact(Scope::System, move |tx| {
                let sql = Sql::fixed("delete from consumer_cursor where consumer = ?", [consumer.as_str().into()]);
                async move { tx.execute(sql).await.map(drop) }.boxed()
            })
            .await
    }

    /// Takes or keeps the lease `name` for `holder`: whether the holder may act until it ends.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn lease(&self, name: &str, holder: Uuid, span: Duration) -> Result<bool> {
        let now = self.now();
        let until = now.as_microsecond() + i64::try_from(span.as_micros()).unwrap_or(i64::MAX / 2);
        let name = name.to_owned();
        self.db()
            .transact(Scope::System, move |tx| {
                let sql = Sql::fixed(
                    "insert into lease (name, holder, expires_at) values (?, ?, ?) on conflict (name) do update \
                 set holder = excluded.holder, expires_at = excluded.expires_at \
                 where lease.holder = excluded.holder or lease.expires_at <= ? returning holder",
                    [name.as_str().into(), holder.into(), until.into(), now.into()],
                );
                async move { Ok(tx.row(sql).await?.is_some()) }.boxed()
            })
            .await
    }
}
