//! Merging: several records become one, nothing that referred to them is lost, and it can be reverted.
//!
//! Every record that is touched gets its own event of one batch, so the revert of the batch is the revert of the
//! merge.

use super::stored::{self, Found};
use super::{Draft, Writing, Written};
use crate::access::Verb;
use crate::db::Sql;
use crate::error::{Error, Result};
use crate::schema::{FieldDef, FieldType, ObjectDef, Storage, Stored};
use crate::value::Value;
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;
use uuid::Uuid;

/// How many records may be merged into another at once.
const MOST: usize = 20;
/// How many records that refer to a merged one are moved at once.
const MOST_MOVED: usize = 10_000;

impl Writing<'_> {
    /// Puts the records `from` into the record `id`.
    pub(crate) async fn merge(
        &mut self,
        object: &str,
        id: Uuid,
        from: &[Uuid],
        values: &Map<String, Json>,
    ) -> Result<Written> {
        let object = self.object(object)?;
        if from.is_empty() || from.len() > MOST || from.contains(&id) {
            let message = format!("Name 1 to {MOST} other records to merge into this one.");
            return Err(Error::field("from", "out_of_range", message));
        }
        self.as_batch();
        let winner = self.living(&object, id, Verb::Update).await?;
        let mut fill = Map::new();
        for loser in from {
            let loser = self.living(&object, *loser, Verb::Delete).await?;
            take_over(&winner, &loser, &mut fill);
            self.move_references(&object, loser.record.id, id).await?;
            let moved = Sql::fixed(
                "insert into merged_record (tenant_id, object, loser_id, winner_id) values (?, ?, ?, ?) \
                 on conflict (tenant_id, object, loser_id) do update set winner_id = excluded.winner_id",
                [self.actor.tenant().into(), object.id.as_str().into(), loser.record.id.into(), id.into()],
            );
            self.tx.execute(moved).await?;
            self.set_deleted(loser, true, "merged").await?;
        }
        self.fill_winner(winner, fill, values).await
    }

    async fn living(&mut self, object: &Arc<ObjectDef>, id: Uuid, verb: Verb) -> Result<Found> {
        let found = self.find(object, id, verb).await?;
        if found.deleted {
            return Err(Error::not_found(format!("The {} {id}", object.label.text("en").to_lowercase())));
        }
        Ok(found)
    }

    /// The winner's empty fields are filled from the losers, whether or not the person may see them: a merge loses
    /// nothing. What the person says besides is checked like any input.
    async fn fill_winner(
        &mut self,
        winner: Found,
        fill: Map<String, Json>,
        values: &Map<String, Json>,
    ) -> Result<Written> {
        let (object, id, version) = (winner.record.object.clone(), winner.record.id, winner.record.version);
        let mut written = Written::new(&object.name, id, version);
        if !fill.is_empty() {
            written = self.update_unchecked(winner, &fill, true).await?;
        }
        if !values.is_empty() {
            written = self.update(&object.name.clone(), id, None, values).await?;
        }
        if fill.is_empty() && values.is_empty() {
            let Some(found) = stored::lock(self.tx, self.actor, &object, id, Verb::Update).await? else {
                return Ok(written);
            };
            let draft =
                Draft { object, id, values: found.record.values(), old: Some(found.record), named: Default::default() };
            // The winner's timeline tells of the merge even when none of its fields changed.
            self.log("merged", &draft, version, Map::new());
        }
        Ok(written)
    }

    /// Every record that refers to `from` refers to `to`.
    async fn move_references(&mut self, object: &Arc<ObjectDef>, from: Uuid, to: Uuid) -> Result<()> {
        let schema = self.actor.schema().clone();
        for (referring, field) in schema.references_to(&object.name).filter(|(_, field)| !field.system) {
            for id in self.referring(referring, field, object, from).await? {
                // The product itself moves them: the person need not be allowed to change each.
                let Some(found) = self.lock_for_rule(referring, id).await? else { continue };
                let value = moved(found.record.get(&field.name), object, from, to);
                let values = found.record.values();
                let mut draft =
                    Draft { object: referring.clone(), id, old: Some(found.record), values, named: Default::default() };
                draft.set(&field.name, value);
                self.store_changed(draft, "updated").await?;
            }
        }
        Ok(())
    }

    async fn referring(
        &mut self,
        referring: &ObjectDef,
        field: &FieldDef,
        object: &ObjectDef,
        to: Uuid,
    ) -> Result<Vec<Uuid>> {
        let mut sql = Sql::default();
        match &field.storage {
            Storage::Links => {
                sql.text("select l.source_id from link l where l.tenant_id = ").bind(self.actor.tenant());
                sql.text(" and l.field_id = ").bind(super::links::link_id(referring, field));
                sql.text(" and l.target_id = ").bind(to);
            }
            storage => {
                let column = match storage {
                    Storage::Custom { slot: Some(slot) } => slot.clone(),
                    _ => field.name.clone(),
                };
                sql.text(&format!("select r.id from {} r where r.tenant_id = ", referring.table()))
                    .bind(self.actor.tenant());
                if referring.stored == Stored::Shared {
                    sql.text(" and r.object_id = ").bind(referring.id.as_str());
                }
                sql.text(&format!(" and r.{column} = ")).bind(to);
                if field.kind == FieldType::AnyReference && *storage == Storage::Column {
                    sql.text(&format!(" and r.{column}_object = ")).bind(object.id.as_str());
                }
            }
        }
        sql.text(&format!(" limit {}", MOST_MOVED + 1));
        let ids: Vec<Uuid> = self.tx.rows(sql).await?.iter().map(|row| row.id(0)).collect::<Result<_>>()?;
        if ids.len() > MOST_MOVED {
            return Err(Error::TooLarge(format!(
                "More than {MOST_MOVED} {} refer to the record; merge the other way round.",
                referring.plural
            )));
        }
        Ok(ids)
    }

    /// Locks a record on behalf of the product itself.
    pub(crate) async fn lock_for_rule(&mut self, object: &Arc<ObjectDef>, id: Uuid) -> Result<Option<Found>> {
        let product = crate::identity::product_within(self.actor);
        stored::lock(self.tx, &product, object, id, Verb::Update).await
    }
}

fn moved(value: &Value, object: &ObjectDef, from: Uuid, to: Uuid) -> Value {
    match value {
        Value::Ids(ids) => {
            let mut moved: Vec<Uuid> = Vec::new();
            for id in ids.iter().map(|id| if *id == from { to } else { *id }) {
                if !moved.contains(&id) {
                    moved.push(id);
                }
            }
            Value::Ids(moved)
        }
        Value::AnyId { .. } => Value::AnyId { object: object.name.clone(), id: to },
        _ => Value::Id(to),
    }
}

/// What the winner lacks and the loser has.
fn take_over(winner: &Found, loser: &Found, fill: &mut Map<String, Json>) {
    for field in &winner.record.object.fields {
        let theirs = loser.record.get(&field.name);
        let writable = !field.system && !field.read_only && field.name != "external_id";
        if !writable || theirs.is_null() {
            continue;
        }
        match (winner.record.get(&field.name), theirs) {
            (Value::Ids(ours), Value::Ids(theirs)) => {
                let mut all = fill
                    .get(&field.name)
                    .and_then(Json::as_array)
                    .cloned()
                    .unwrap_or_else(|| ours.iter().map(|id| json!(id)).collect());
                all.extend(theirs.iter().map(|id| json!(id)).filter(|id| !ours.iter().any(|our| json!(our) == *id)));
                fill.insert(field.name.clone(), Json::Array(all));
            }
            (ours, theirs) if ours.is_null() && !fill.contains_key(&field.name) => {
                fill.insert(field.name.clone(), theirs.to_json());
            }
            _ => {}
        }
    }
}
