//! Undoing: the inverse of an event, or of all events of a bulk operation, as a new change.

use super::{Draft, Writing, Written};
use crate::access::Verb;
use crate::db::Sql;
use crate::error::{Error, Result};
use crate::event::{self, Event};
use crate::schema::ObjectDef;
use serde_json::Map;
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

impl Writing<'_> {
    /// Undoes one event. Refused where one of its fields was changed again since.
    pub(crate) async fn revert(&mut self, sequence: i64) -> Result<Written> {
        let mut sql = Sql::new(format!("select {} from event e where e.tenant_id = ", event::COLUMNS));
        sql.bind(self.actor.tenant()).text(" and e.sequence = ").bind(sequence);
        let not_found = || Error::not_found(format!("The event {sequence}"));
        let event = event::decode(&self.tx.row(sql).await?.ok_or_else(not_found)?)?;
        // A merge or another operation on several records is undone as a whole.
        if let Some(batch) = event.batch {
            return self.revert_batch(batch).await;
        }
        self.undo(&event).await
    }

    /// Undoes every event of a bulk operation, the last first; all or nothing.
    pub(crate) async fn revert_batch(&mut self, batch: Uuid) -> Result<Written> {
        let events = event::of_batch(self.tx, self.actor, batch).await?;
        if events.is_empty() {
            return Err(Error::not_found(format!("The operation {batch}")));
        }
        self.as_batch();
        let mut last = None;
        for event in &events {
            last = Some(self.undo(event).await?);
        }
        last.ok_or_else(|| Error::internal("an operation without events"))
    }

    async fn undo(&mut self, event: &Event) -> Result<Written> {
        let object = self.object(&event.object)?;
        let verb = match event.kind.as_str() {
            "created" | "deleted" | "restored" => Verb::Delete,
            "merged" if event.changes.contains_key("deleted_at") => Verb::Delete,
            _ => Verb::Update,
        };
        let found = self.find(&object, event.record_id, verb).await?;
        if event.kind.starts_with("created") {
            return if found.deleted {
                Ok(Written::new(&object.name, event.record_id, found.record.version))
            } else {
                self.set_deleted(found, true, "reverted").await
            };
        }
        if let Some(deletion) = event.changes.get("deleted_at") {
            if event.kind == "merged" {
                self.forget_merge(&object, event.record_id).await?;
            }
            let was_deleted = !deletion[0].is_null();
            return if found.deleted == was_deleted {
                Ok(Written::new(&object.name, event.record_id, found.record.version))
            } else {
                self.set_deleted(found, was_deleted, "reverted").await
            };
        }
        self.put_back(&object, found, event).await
    }

    /// Gives the fields of an event the values they had before it.
    async fn put_back(
        &mut self,
        object: &Arc<ObjectDef>,
        found: super::stored::Found,
        event: &Event,
    ) -> Result<Written> {
        let record = found.record;
        let mut values = Map::new();
        let mut changed_again = BTreeSet::new();
        for (name, change) in &event.changes {
            let Some(field) = object.field(name) else { continue };
            if !self
                .actor
                .rights()
                .may_write_field(&object.name, &crate::schema::FieldDef { read_only: false, ..(**field).clone() })
            {
                return Err(Error::Forbidden { verb: "revert".into(), what: "this change".into() });
            }
            if field.show(record.get(name)) != change[1] {
                changed_again.insert(field.label.text(self.actor.language()).to_owned());
            }
            values.insert(name.clone(), change[0].clone());
        }
        if !changed_again.is_empty() {
            let fields = changed_again.into_iter().collect::<Vec<_>>().join(", ");
            return Err(Error::Conflict(format!(
                "It cannot be reverted: {fields} changed again since. Change it by hand, or revert the later change first."
            )));
        }
        let context = crate::schema::ParseContext::of(self.actor);
        let mut draft = Draft {
            object: object.clone(),
            id: record.id,
            values: record.values(),
            old: Some(record),
            named: values.keys().cloned().collect(),
        };
        for (name, json) in &values {
            let Some(field) = object.field(name) else { continue };
            // What was stored once may be stored again, whatever the limits say now.
            draft.set(name, field.parse_stored(json, &context)?);
        }
        self.store_changed(draft, "reverted").await
    }

    async fn forget_merge(&mut self, object: &ObjectDef, loser: Uuid) -> Result<()> {
        let sql = Sql::fixed(
            "delete from merged_record where tenant_id = ? and object = ? and loser_id = ?",
            [self.actor.tenant().into(), object.id.as_str().into(), loser.into()],
        );
        self.tx.execute(sql).await.map(drop)
    }
}
