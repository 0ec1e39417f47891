//! The row of one record: reading it to change it, inserting, updating, marking it deleted.

use super::{Draft, Record, Writing};
use crate::access::{Verb, predicate};
use crate::actor::Actor;
use crate::db::{Bind, Counter, Sql, Tx, stored_integer};
use crate::error::{Error, FieldError, Result};
use crate::query::compile::Columns;
use crate::schema::{FieldDef, FieldType, ObjectDef, Schema, SqlType, Storage, Stored};
use crate::text::fold;
use crate::value::Value;
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;
use uuid::Uuid;

/// A record as it is stored, whole, deleted or not.
pub(crate) struct Found {
    pub(crate) record: Record,
    pub(crate) deleted: bool,
}

/// Reads a record that the verb reaches, with all its stored fields, and locks it until the end of the transaction.
pub(crate) async fn lock(
    tx: &mut Tx,
    actor: &Actor,
    object: &Arc<ObjectDef>,
    id: Uuid,
    verb: Verb,
) -> Result<Option<Found>> {
    let mut which = Sql::new(" and r.id = ");
    which.bind(id).text(tx.engine().for_update());
    read(tx, actor, Columns::stored(actor, object), object, verb, which).await
}

/// Reads the first record of those that the verb reaches, with the columns; it is locked only if `which`, the rest of
/// the statement about the row `r`, says so.
pub(super) async fn read(
    tx: &mut Tx,
    actor: &Actor,
    columns: Columns,
    object: &ObjectDef,
    verb: Verb,
    which: Sql,
) -> Result<Option<Found>> {
    let mut sql = Sql::new("select ");
    sql.append(columns.list("r")).text(&format!(" from {} r where ", object.table()));
    sql.append(predicate::rows(actor, verb, object, "r")).append(which);
    let Some(row) = tx.row(sql).await? else { return Ok(None) };
    let mut records = [columns.decode(&row)?];
    if let Some(links) = columns.links(&[records[0].id]) {
        let rows = tx.rows(links).await?;
        columns.attach(&mut records, &rows)?;
    }
    let [record] = records;
    let deleted = !record.get("deleted_at").is_null();
    Ok(Some(Found { record, deleted }))
}

/// The next number of a counter of the tenant, from 1; 1001 for the first ticket, so that numbers look alike.
pub(crate) async fn next_number(w: &mut Writing<'_>, name: &str) -> Result<i64> {
    let (tenant, name) = (w.actor.tenant(), name.to_owned());
    let lock = Sql::fixed(
        "insert into counter (tenant_id, name, last) values (?, ?, 1000) \
         on conflict (tenant_id, name) do update set last = counter.last returning last",
        [tenant.into(), name.as_str().into()],
    );
    let counter = Counter::new(name.clone(), "counter", lock, move |last| {
        Sql::fixed(
            "update counter set last = ? where tenant_id = ? and name = ?",
            [last.into(), tenant.into(), name.as_str().into()],
        )
    });
    w.tx.count(counter, 1).await
}

pub(super) async fn insert(w: &mut Writing<'_>, draft: &Draft) -> Result<()> {
    let object = &draft.object;
    let mut cells = vec![("tenant_id".to_owned(), Bind::from(w.actor.tenant()))];
    if object.stored == Stored::Shared {
        cells.push(("object_id".into(), object.id.as_str().into()));
    }
    cells.push(("id".into(), draft.id.into()));
    cells.push(("version".into(), 1.into()));
    cells.extend(stamp(w, "created"));
    cells.extend(stamp(w, "updated"));
    cells.extend(own_cells(w, draft).into_iter().filter(|(_, bind)| !bind.is_null()));
    let (columns, row) = cells.into_iter().unzip();
    w.tx.insert(object.table(), columns, vec![row]).await
}

pub(super) async fn update(w: &mut Writing<'_>, draft: &Draft, version: i64) -> Result<()> {
    let before = draft
        .old
        .as_ref()
        .map(|old| cells_of(w.actor.schema(), &draft.object, &|name| old.get(name).clone()))
        .unwrap_or_default();
    let changed = own_cells(w, draft).into_iter().filter(|cell| !before.contains(cell));
    let cells: Vec<_> = changed.chain([("version".to_owned(), version.into())]).chain(stamp(w, "updated")).collect();
    set(w, draft, cells).await
}

pub(super) async fn set_deleted(w: &mut Writing<'_>, draft: &Draft, version: i64, deleted: bool) -> Result<()> {
    let at = Bind::from(deleted.then_some(w.now));
    let mut cells = vec![("deleted_at".to_owned(), at), ("version".to_owned(), version.into())];
    cells.extend(stamp(w, "updated"));
    set(w, draft, cells).await?;
    if !deleted {
        // What was unique when it was deleted may not be any more.
        let errors = not_unique(w, draft).await?;
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
    }
    set_unique_values(w, draft, !deleted).await
}

async fn set(w: &mut Writing<'_>, draft: &Draft, cells: Vec<(String, Bind)>) -> Result<()> {
    let mut sql = Sql::new(format!("update {} set ", draft.object.table()));
    sql.join(
        cells.into_iter().map(|(name, bind)| {
            let mut cell = Sql::new(format!("{name} = "));
            cell.bind(bind);
            cell
        }),
        ", ",
    );
    sql.text(" where tenant_id = ").bind(w.actor.tenant()).text(" and id = ").bind(draft.id);
    let seen = draft.old.as_ref().filter(|old| w.seen.contains(&old.id)).map(|old| old.version);
    if let Some(version) = seen {
        sql.text(" and version = ").bind(version);
    }
    let is_there = w.tx.execute(sql).await? > 0;
    match seen {
        Some(version) if !is_there => Err(Error::Stale { current_version: version + 1, changed: Vec::new() }),
        _ => Ok(()),
    }
}

/// Who, when and through what.
fn stamp(w: &Writing<'_>, verb: &str) -> Vec<(String, Bind)> {
    let via = w.actor.via().name();
    vec![
        (format!("{verb}_at"), w.now.into()),
        (format!("{verb}_by"), w.actor.who().user().into()),
        (format!("{verb}_via"), via.into()),
        (format!("{verb}_via_folded"), via.into()),
    ]
}

fn own_cells(w: &Writing<'_>, draft: &Draft) -> Vec<(String, Bind)> {
    cells_of(w.actor.schema(), &draft.object, &|name| draft.get(name).clone())
}

/// The columns of a record's own fields, with what they hold.
fn cells_of(schema: &Schema, object: &ObjectDef, get: &dyn Fn(&str) -> Value) -> Vec<(String, Bind)> {
    let mut cells = Vec::new();
    let mut custom = Map::new();
    for field in object.fields.iter().filter(|field| !field.system) {
        let value = with_object_id(schema, get(&field.name));
        match &field.storage {
            Storage::Column => cells.extend(column_cells(field, &value)),
            Storage::Custom { slot } => {
                for (key, bind) in column_cells(&FieldDef { name: field.id.clone(), ..FieldDef::clone(field) }, &value)
                {
                    if let Some(json) = plain_json(&bind) {
                        custom.insert(key, json);
                    }
                }
                if let Some(slot) = slot {
                    cells.push((slot.clone(), slot_bind(field, &value)));
                }
            }
            Storage::Links | Storage::Computed => {}
        }
    }
    if object.extensible {
        cells.push(("custom".into(), Json::Object(custom).into()));
    }
    cells
}

/// References to anything are stored with the object's immutable id.
fn with_object_id(schema: &Schema, value: Value) -> Value {
    match value {
        Value::AnyId { object, id } => {
            let object = schema.object(&object).map_or(object, |object| object.id.clone());
            Value::AnyId { object, id }
        }
        other => other,
    }
}

/// A field's column and its companion.
fn column_cells(field: &FieldDef, value: &Value) -> Vec<(String, Bind)> {
    let Some(of) = field.kind.sql_type() else { return Vec::new() };
    let stored = match (&field.kind, value) {
        (FieldType::Decimal { scale }, Value::Decimal(decimal)) => {
            let mut scaled = *decimal;
            scaled.rescale(*scale);
            Bind::Integer(i64::try_from(scaled.mantissa()).ok())
        }
        _ => Bind::value(value, of),
    };
    let mut cells = vec![(field.name.clone(), stored)];
    // The name is never null: a record without one is still listed.
    if field.name == "name" && value.is_null() {
        cells = vec![("name".into(), "".into())];
    }
    let companion = match (field.kind.companion(), value) {
        (Some("_folded"), Value::Text(text)) => Bind::from(fold(text)),
        (Some("_folded"), _) if field.name == "name" => "".into(),
        (Some("_currency"), Value::Money(money)) => money.currency.code().into(),
        (Some("_object"), Value::AnyId { object, .. }) => object.as_str().into(),
        (Some(_), _) => Bind::Text(None),
        (None, _) => return cells,
    };
    cells.push((format!("{}{}", field.name, field.kind.companion().unwrap_or_default()), companion));
    cells
}

/// What the typed slot of a filterable custom field holds.
fn slot_bind(field: &FieldDef, value: &Value) -> Bind {
    match (slot_type(&field.kind), value) {
        (SqlType::Text, Value::Text(text)) if field.kind.is_textual() => Bind::from(fold(text)),
        (SqlType::Integer, Value::Bool(yes)) => i64::from(*yes).into(),
        (SqlType::Integer, Value::Decimal(_)) => {
            column_cells(field, value).into_iter().next().map_or(Bind::Integer(None), |(_, bind)| bind)
        }
        (SqlType::Integer, value) => Bind::Integer(stored_integer(value)),
        (of, value) => Bind::value(value, of),
    }
}

/// The type of slot that a filterable custom field takes.
pub(crate) fn slot_type(kind: &FieldType) -> SqlType {
    match kind.sql_type() {
        Some(SqlType::Boolean) => SqlType::Integer,
        Some(of) => of,
        None => SqlType::Text,
    }
}

fn plain_json(bind: &Bind) -> Option<Json> {
    match bind {
        Bind::Text(value) => value.as_ref().map(|value| json!(value)),
        Bind::Integer(value) => value.map(|value| json!(value)),
        Bind::Real(value) => value.map(|value| json!(value)),
        Bind::Boolean(value) => value.map(|value| json!(value)),
        Bind::Uuid(value) => value.map(|value| json!(value)),
        Bind::Json(value) => value.clone(),
    }
}

/// The fields whose unique value another living record has. Must run before the insert: a violated index ends a
/// transaction on PostgreSQL.
pub(super) async fn not_unique(w: &mut Writing<'_>, draft: &Draft) -> Result<Vec<FieldError>> {
    let object = draft.object.clone();
    let candidates: Vec<_> = object
        .fields
        .iter()
        .filter(|field| field.unique && !matches!(field.kind, FieldType::AutoNumber { .. }))
        .filter(|field| !draft.get(&field.name).is_null() && (draft.old.is_none() || draft.changes(&field.name)))
        .collect();
    if candidates.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("select ");
    sql.join(candidates.iter().map(|field| holder(w, draft, field)), ", ");
    let row = w.tx.row(sql).await?;
    let mut errors = Vec::new();
    for (i, field) in candidates.into_iter().enumerate() {
        if let Some(row) = &row
            && row.uuid(i)?.is_some()
        {
            let label = field.label.text(w.actor.language());
            let value = field.show(draft.get(&field.name));
            errors.push(
                FieldError::new(
                    &field.name,
                    "not_unique",
                    format!("Another record already has this {}.", label.to_lowercase()),
                )
                .value(&value)
                .hint("Give another value, or change the record that has it."),
            );
        }
    }
    Ok(errors)
}

fn holder(w: &Writing<'_>, draft: &Draft, field: &FieldDef) -> Sql {
    let mut sql = Sql::default();
    if field.custom {
        sql.text("(select u.record_id from unique_value u where u.tenant_id = ").bind(w.actor.tenant());
        sql.text(" and u.field_id = ").bind(field.id.as_str());
        sql.text(" and u.value = ").bind(unique_text(draft.get(&field.name)));
        sql.text(" and u.record_id <> ").bind(draft.id);
    } else {
        let value = draft.get(&field.name);
        sql.text(&format!("(select r.id from {} r where r.tenant_id = ", draft.object.table())).bind(w.actor.tenant());
        if draft.object.stored == Stored::Shared {
            sql.text(" and r.object_id = ").bind(draft.object.id.as_str());
        }
        match value {
            // Deleted records keep their external id, so that an import run twice finds them.
            Value::Text(text) if field.name == "external_id" => sql.text(" and r.external_id = ").bind(text.as_str()),
            Value::Text(text) if field.kind.is_textual() => {
                sql.text(&format!(" and r.deleted_at is null and r.{}_folded = ", field.name)).bind(fold(text))
            }
            value => {
                let bind = field.kind.sql_type().map_or(Bind::Text(None), |of| Bind::value(value, of));
                sql.text(&format!(" and r.deleted_at is null and r.{} = ", field.name)).bind(bind)
            }
        };
        sql.text(" and r.id <> ").bind(draft.id);
    }
    sql.text(" limit 1)");
    sql
}

/// A unique custom value as the text under which it is kept.
pub(crate) fn unique_text(value: &Value) -> String {
    match value {
        Value::Text(text) => fold(text),
        other => other.to_json().to_string(),
    }
}

/// Keeps the values of unique custom fields, or frees them.
pub(super) async fn set_unique_values(w: &mut Writing<'_>, draft: &Draft, keep: bool) -> Result<()> {
    let object = draft.object.clone();
    for field in object.fields.iter().filter(|field| field.unique && field.custom) {
        if draft.old.is_some() {
            let freed = Sql::fixed(
                "delete from unique_value where tenant_id = ? and field_id = ? and record_id = ?",
                [w.actor.tenant().into(), field.id.as_str().into(), draft.id.into()],
            );
            w.tx.execute(freed).await?;
        }
        let value = draft.get(&field.name);
        if keep && !value.is_null() {
            let kept =
                vec![w.actor.tenant().into(), field.id.as_str().into(), unique_text(value).into(), draft.id.into()];
            let columns = ["tenant_id", "field_id", "value", "record_id"].map(String::from).to_vec();
            w.tx.insert("unique_value", columns, vec![kept]).await?;
        }
    }
    Ok(())
}
