//! Learning which of some records have changed, without how: for whoever keeps something of theirs.

use super::feed::visible;
use super::hints::Hints;
use crate::TenantId;
use crate::actor::Actor;
use crate::crm::Crm;
use crate::db::Sql;
use crate::error::Result;
use uuid::Uuid;

/// The growth of one tenant's log, on whichever node it grows.
#[derive(Debug)]
pub struct Growth {
    crm: Crm,
    tenant: TenantId,
    seen: i64,
    hints: Hints,
}

impl Growth {
    /// Waits until the log has grown since the last time; the number of its newest event.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn next(&mut self) -> Result<i64> {
        loop {
            let newest = self.crm.last_sequence(self.tenant).await?;
            if newest > self.seen {
                self.seen = newest;
                return Ok(newest);
            }
            self.hints.wait().await;
        }
    }
}

impl Crm {
    /// The growth of a tenant's log after this event.
    pub fn growth(&self, tenant: TenantId, after: i64) -> Growth {
        Growth { crm: self.clone(), tenant, seen: after, hints: Hints::new(tenant, self.hints()) }
    }

    /// Whether records of one of these objects have events after the one and up to the other, whoever may see them.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn touched(&self, tenant: TenantId, objects: &[&'static str], after: i64, until: i64) -> Result<bool> {
        let mut sql = Sql::new("select e.sequence from event e where e.tenant_id = ");
        sql.bind(tenant).text(" and e.sequence > ").bind(after).text(" and e.sequence <= ").bind(until);
        sql.text(" and e.object in (").join(objects.iter().map(|object| Sql::fixed("?", [(*object).into()])), ", ");
        sql.text(") limit 1");
        Ok(self.db().row(tenant, sql).await?.is_some())
    }

    /// Which of these records, each an object and an id, have events after the one and up to the other; only of those
    /// that the actor may see now. One that was deleted has changed too.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn changed(
        &self,
        actor: &Actor,
        records: &[(String, Uuid)],
        after: i64,
        until: i64,
    ) -> Result<Vec<(String, Uuid)>> {
        if records.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = Sql::new("select distinct e.object, e.record_id from event e where e.tenant_id = ");
        sql.dynamic = true;
        sql.bind(actor.tenant()).text(" and e.sequence > ").bind(after).text(" and e.sequence <= ").bind(until);
        let one = |(object, id): &(String, Uuid)| {
            Sql::fixed("(e.object = ? and e.record_id = ?)", [object.as_str().into(), (*id).into()])
        };
        sql.text(" and (").join(records.iter().map(one), " or ").text(") and ").append(visible(actor));
        let rows = self.db().rows(actor.tenant(), sql).await?;
        rows.iter().map(|row| Ok((row.string(0)?, row.id(1)?))).collect()
    }
}
