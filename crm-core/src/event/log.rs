//! Writing events, and reading one from its row.

use crate::TenantId;
use crate::actor::{Actor, Principal};
use crate::db::{Counter, Engine, Row, Sql, Tx};
use crate::error::{Error, Result};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

/// An event as it stands in the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Counts the tenant's events, from 1, without gaps.
    pub sequence: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Principal,
    /// Who, by name, where known to the reader.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_name: Option<String>,
    /// Through which surface.
    pub via: String,
    /// `created`, `updated`, `deleted`, `restored`, `merged`, `defined`, `signed_in`, …
    pub kind: String,
    /// The object's name.
    pub object: String,
    /// The record.
    pub record_id: Uuid,
    /// What the record was called.
    pub record_name: String,
    /// The record's version after the change.
    pub version: i64,
    /// What changed: field → [before, after].
    pub changes: Map<String, Json>,
    /// The bulk operation that it was part of.
    pub batch: Option<Uuid>,
    /// The conversation in which it was asked for.
    pub conversation: Option<Uuid>,
    /// Who had asked for it, if somebody else approved it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_by: Option<Uuid>,
    /// Who that is, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_by_name: Option<String>,
}

/// An event about to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewEvent {
    pub(crate) kind: &'static str,
    pub(crate) object: String,
    pub(crate) record_id: Uuid,
    pub(crate) record_name: String,
    pub(crate) version: i64,
    pub(crate) changes: Map<String, Json>,
}

/// What the events of one transaction have in common.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Together {
    pub(crate) batch: Option<Uuid>,
    pub(crate) conversation: Option<Uuid>,
    /// Who had asked for what the actor approves.
    pub(crate) asked_by: Option<Uuid>,
}

const INSERTED: [&str; 15] = [
    "tenant_id",
    "sequence",
    "at",
    "principal",
    "user_id",
    "via",
    "kind",
    "object",
    "record_id",
    "record_name",
    "version",
    "changes",
    "batch",
    "conversation",
    "asked_by",
];

/// Appends events and answers the number of the last of them. The last thing a transaction does: it holds the
/// tenant's counter until the end.
pub(crate) async fn append(
    tx: &mut Tx,
    actor: &Actor,
    now: Timestamp,
    together: Together,
    events: Vec<NewEvent>,
) -> Result<i64> {
    let count = i64::try_from(events.len()).map_err(|_| Error::internal("too many events"))?;
    let last = tx.count(sequence(tx.engine(), actor.tenant(), now), count).await?;
    let principal = serde_json::to_value(actor.who()).map_err(|error| Error::internal(error.to_string()))?;
    let row = |(event, sequence): (NewEvent, i64)| {
        let name: String = event.record_name.chars().take(200).collect();
        vec![
            actor.tenant().into(),
            sequence.into(),
            now.into(),
            principal.clone().into(),
            actor.who().user().into(),
            actor.via().name().into(),
            event.kind.into(),
            event.object.into(),
            event.record_id.into(),
            name.into(),
            event.version.into(),
            Json::Object(event.changes).into(),
            together.batch.into(),
            together.conversation.into(),
            together.asked_by.into(),
        ]
    };
    let rows = events.into_iter().zip(last - count + 1..).map(row).collect();
    tx.insert("event", INSERTED.map(String::from).to_vec(), rows).await?;
    Ok(last)
}

/// The tenant's counter of events.
fn sequence(engine: Engine, tenant: TenantId, now: Timestamp) -> Counter {
    let mut lock = Sql::fixed("select last_sequence from tenant_log where tenant_id = ?", [tenant.into()]);
    lock.text(engine.for_update());
    Counter::new("the log", "tenant_log", lock, move |last| {
        Sql::fixed(
            "update tenant_log set last_sequence = ?, changed_at = ? where tenant_id = ?",
            [last.into(), now.into(), tenant.into()],
        )
    })
}

/// The columns that [`decode`] reads, of the table `e`.
pub(crate) const COLUMNS: &str = "e.sequence, e.at, e.principal, e.via, e.kind, e.object, e.record_id, e.record_name, \
                                  e.version, e.changes, e.batch, e.conversation, e.asked_by";

pub(crate) fn decode(row: &Row) -> Result<Event> {
    let principal = row.json(2)?.unwrap_or_default();
    let changes = match row.json(9)? {
        Some(Json::Object(changes)) => changes,
        _ => Map::new(),
    };
    Ok(Event {
        sequence: row.int(0)?,
        at: row.instant(1)?.unwrap_or_default(),
        by: serde_json::from_value(principal).map_err(|error| Error::internal(error.to_string()))?,
        by_name: None,
        via: row.string(3)?,
        kind: row.string(4)?,
        object: row.string(5)?,
        record_id: row.id(6)?,
        record_name: row.string(7)?,
        version: row.int(8)?,
        changes,
        batch: row.uuid(10)?,
        conversation: row.uuid(11)?,
        asked_by: row.uuid(12)?,
        asked_by_name: None,
    })
}

impl Event {
    /// The JSON that REST, the feed and the timeline share.
    pub fn to_json(&self) -> Json {
        let mut by = serde_json::to_value(&self.by).unwrap_or_default();
        by["name"] = json!(self.by_name);
        let mut json = json!({
            "sequence": self.sequence, "at": self.at, "by": by, "via": self.via, "kind": self.kind, "object": self.object,
            "record_id": self.record_id, "record_name": self.record_name, "version": self.version,
            "changes": self.changes, "batch": self.batch, "conversation": self.conversation,
        });
        if let Some(asker) = self.asked_by {
            json["asked_by"] = json!({"id": asker, "name": self.asked_by_name});
        }
        json
    }
}
