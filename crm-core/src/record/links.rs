//! The rows of many-to-many fields.

use super::{Draft, Writing};
use crate::db::Sql;
use crate::error::Result;
use crate::schema::{FieldDef, ObjectDef, Storage};
use crate::value::Value;
use uuid::Uuid;

/// The id under which the links of a field are kept.
pub(crate) fn link_id(object: &ObjectDef, field: &FieldDef) -> String {
    format!("{}.{}", object.id, field.id)
}

fn link_fields(object: &ObjectDef) -> impl Iterator<Item = &FieldDef> {
    object.fields.iter().filter(|field| field.storage == Storage::Links).map(AsRef::as_ref)
}

/// Stores the many-to-many values that a draft changes.
pub(super) async fn replace(w: &mut Writing<'_>, draft: &Draft) -> Result<()> {
    let object = draft.object.clone();
    for field in link_fields(&object).filter(|field| draft.changes(&field.name)) {
        let id = link_id(&object, field);
        if draft.old.is_some() {
            let gone = Sql::fixed(
                "delete from link where tenant_id = ? and field_id = ? and source_id = ?",
                [w.actor.tenant().into(), id.as_str().into(), draft.id.into()],
            );
            w.tx.execute(gone).await?;
        }
        if let Value::Ids(ids) = draft.get(&field.name) {
            insert(w, &id, draft.id, ids).await?;
        }
    }
    Ok(())
}

async fn insert(w: &mut Writing<'_>, field: &str, source: Uuid, targets: &[Uuid]) -> Result<()> {
    let tenant = w.actor.tenant();
    let row = |(position, target): (i64, &Uuid)| {
        vec![tenant.into(), field.into(), source.into(), (*target).into(), position.into()]
    };
    let columns = ["tenant_id", "field_id", "source_id", "target_id", "position"].map(String::from).to_vec();
    w.tx.insert("link", columns, (0..).zip(targets).map(row).collect()).await
}
