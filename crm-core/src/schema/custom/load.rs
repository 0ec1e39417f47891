//! The tenant's snapshot: standard objects with what it added, and its own.

use super::input::{NewField, NewObject};
use crate::TenantId;
use crate::db::{Db, Sql};
use crate::error::{Error, Result};
use crate::schema::{FieldDef, ObjectDef, Rule, Schema, Storage, Stored, object, system_fields};
use serde_json::Value as Json;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

static STANDARD: LazyLock<Vec<Arc<ObjectDef>>> = LazyLock::new(crate::objects::standard);

/// What a tenant added, by the id of its object.
#[derive(Default)]
struct Additions {
    fields: HashMap<String, Vec<Arc<FieldDef>>>,
    rules: HashMap<String, Vec<Rule>>,
}

/// The schema of a tenant at a revision.
pub(crate) async fn load_custom(db: &Db, tenant: TenantId, revision: i64) -> Result<Schema> {
    let (objects, fields, rules) = tokio::try_join!(
        db.rows(tenant, Sql::fixed("select id, name, definition from object_definition where tenant_id = ? and archived_at is null order by created_at, id", [tenant.into()])),
        db.rows(tenant, Sql::fixed("select id, object_id, name, slot, definition from field_definition where tenant_id = ? and archived_at is null order by position, id", [tenant.into()])),
        db.rows(tenant, Sql::fixed("select object_id, rules from object_rule where tenant_id = ?", [tenant.into()])),
    )?;
    let mut additions = Additions::default();
    for row in fields {
        let field = field(row.string(0)?, row.string(2)?, row.text(3)?, row.json(4)?.unwrap_or_default())?;
        additions.fields.entry(row.string(1)?).or_default().push(Arc::new(field));
    }
    for row in rules {
        additions.rules.insert(row.string(0)?, unreadable(serde_json::from_value(row.json(1)?.unwrap_or_default()))?);
    }
    let mut all: Vec<Arc<ObjectDef>> = STANDARD.iter().map(|standard| additions.to(standard)).collect();
    for row in objects {
        let own = custom_object(row.string(0)?, row.string(1)?, row.json(2)?.unwrap_or_default())?;
        all.push(additions.to(&Arc::new(own)));
    }
    Ok(Schema::new(revision, all))
}

impl Additions {
    /// The object with what the tenant added to it; the same one where it added nothing.
    fn to(&self, object: &Arc<ObjectDef>) -> Arc<ObjectDef> {
        let (fields, rules) = (self.fields.get(&object.id), self.rules.get(&object.id));
        if fields.is_none() && rules.is_none() {
            return object.clone();
        }
        let mut extended = ObjectDef::clone(object);
        extended.fields.extend(fields.into_iter().flatten().cloned());
        extended.rules.extend(rules.into_iter().flatten().cloned());
        Arc::new(extended.index_fields())
    }
}

fn field(id: String, name: String, slot: Option<String>, definition: Json) -> Result<FieldDef> {
    let stored: NewField = unreadable(serde_json::from_value(definition))?;
    let mut field = stored.into_def(id);
    field.name = name;
    if let Storage::Custom { slot: place } = &mut field.storage {
        field.filterable = slot.is_some();
        *place = slot;
    }
    Ok(field)
}

pub(super) fn custom_object(id: String, name: String, definition: Json) -> Result<ObjectDef> {
    let stored: NewObject = unreadable(serde_json::from_value(definition))?;
    // The constructors of standard objects take names that live for ever; a custom one sets its own afterwards.
    let mut own = object("custom_record", "", "", "").build();
    own.fields = system_fields(&name, false, true, true);
    own.plural = stored.plural.unwrap_or_else(|| format!("{name}s"));
    own.plural_label = stored.plural_label.unwrap_or_else(|| format!("{}s", stored.label.text("en")).as_str().into());
    own.label = stored.label;
    own.description = stored.description;
    own.also_called = stored.also_called;
    (own.id, own.name, own.stored, own.custom) = (id, name, Stored::Shared, true);
    Ok(own.index_fields())
}

fn unreadable<T>(read: Result<T, serde_json::Error>) -> Result<T> {
    read.map_err(|error| Error::internal(format!("a stored definition cannot be read: {error}")))
}
