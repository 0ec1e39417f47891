//! Slots: typed, indexed columns that filterable custom fields take, one each.

use crate::actor::Actor;
use crate::db::{Sql, Tx, ddl};
use crate::error::{FieldError, Result};
use crate::record::slot_type;
use crate::schema::{FieldDef, FieldType, ObjectDef, SqlType, Storage, Stored};
use uuid::Uuid;

/// How many records one statement of a backfill reads and writes.
const BATCH: usize = 500;

/// The slot that a field of the object would get; none when all of its type are taken.
pub(super) fn free(object: &ObjectDef, kind: &FieldType) -> Option<String> {
    let of = slot_type(kind);
    let (prefix, _, on_standard, on_shared) = ddl::SLOTS.into_iter().find(|(_, slot, ..)| *slot == of)?;
    let count = if object.stored == Stored::Shared { on_shared } else { on_standard };
    let taken = |slot: &String| {
        object.fields.iter().any(|field| matches!(&field.storage, Storage::Custom { slot: Some(used) } if used == slot))
    };
    (1..=count).map(|n| format!("{prefix}{n}")).find(|slot| !taken(slot))
}

/// Gives a new field its slot: always to references, which are joined by it, and to unique fields; else as asked.
pub(super) fn allot(object: &ObjectDef, field: &mut FieldDef, asked: Option<bool>) -> Result<(), FieldError> {
    if !matches!(field.storage, Storage::Custom { .. }) {
        return Ok(());
    }
    let must = field.kind.is_reference() || asked == Some(true);
    if asked == Some(false) && !must {
        return Ok(());
    }
    let slot = match slot_type(&field.kind) {
        SqlType::Json => None,
        _ => free(object, &field.kind),
    };
    if slot.is_none() && must {
        let message =
            format!("{} has no room for another indexed field of type {}.", object.label.text("en"), field.kind.name());
        return Err(FieldError::new("filterable", "no_room", message)
            .hint("Make another field of this type not filterable, or this one."));
    }
    field.filterable = slot.is_some();
    field.storage = Storage::Custom { slot };
    Ok(())
}

/// Empties the slot of a field that gives it up.
pub(super) async fn clear(tx: &mut Tx, actor: &Actor, object: &ObjectDef, slot: &str) -> Result<()> {
    let mut sql = Sql::new(format!("update {} set {slot} = null where tenant_id = ", object.table()));
    sql.bind(actor.tenant());
    if object.stored == Stored::Shared {
        sql.text(" and object_id = ").bind(object.id.as_str());
    }
    sql.text(&format!(" and {slot} is not null"));
    tx.execute(sql).await.map(drop)
}

/// Fills the slot of a field that had none from the stored documents, batch by batch.
pub(super) async fn fill(tx: &mut Tx, actor: &Actor, object: &ObjectDef, field: &FieldDef, slot: &str) -> Result<()> {
    let of = slot_type(&field.kind);
    let key = if field.kind.is_textual() { format!("{}_folded", field.id) } else { field.id.clone() };
    let value = match field.kind {
        // Kept as true or false in the document, as 0 or 1 in a slot of whole numbers.
        FieldType::Boolean => {
            let truth = tx.engine().json_get("custom", &key, SqlType::Boolean);
            format!("case when {truth} then 1 when not {truth} then 0 end")
        }
        _ => tx.engine().json_get("custom", &key, of),
    };
    let mut after = Uuid::nil();
    loop {
        let mut batch = Sql::new(format!("select id from {} where tenant_id = ", object.table()));
        batch.bind(actor.tenant());
        if object.stored == Stored::Shared {
            batch.text(" and object_id = ").bind(object.id.as_str());
        }
        batch.text(" and id > ").bind(after).text(&format!(" order by id limit {BATCH}"));
        let ids: Vec<Uuid> = tx.rows(batch).await?.iter().map(|row| row.id(0)).collect::<Result<_>>()?;
        let (Some(first), Some(last)) = (ids.first(), ids.last()) else { return Ok(()) };
        let mut sql = Sql::new(format!("update {} set {slot} = {value} where tenant_id = ", object.table()));
        sql.bind(actor.tenant()).text(" and id >= ").bind(*first).text(" and id <= ").bind(*last);
        if object.stored == Stored::Shared {
            sql.text(" and object_id = ").bind(object.id.as_str());
        }
        tx.execute(sql).await?;
        after = *last;
    }
}
