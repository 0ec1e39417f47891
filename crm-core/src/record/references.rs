//! References in the input: ids, external ids or names made ids of records that exist for the writer.

use super::{Draft, Writing};
use crate::access::{Verb, predicate};
use crate::db::Sql;
use crate::error::{FieldError, Result};
use crate::schema::{FieldDef, FieldType, ObjectDef, ReferenceInput};
use crate::value::Value;
use serde_json::Value as Json;
use std::sync::Arc;
use uuid::Uuid;

/// The references that a writer named, not looked up yet.
#[derive(Default)]
pub(super) struct References(Vec<Wanted>);

struct Wanted {
    field: Arc<FieldDef>,
    json: Json,
    targets: Vec<ReferenceInput>,
}

/// How many records a many-to-many field may name.
const MOST_LINKS: usize = 500;

impl References {
    /// Reads the reference or references that `json` names.
    pub(super) fn take(&mut self, field: &Arc<FieldDef>, json: &Json) -> Result<(), FieldError> {
        let targets = match (&field.kind, json) {
            (_, Json::Null) => Vec::new(),
            (FieldType::References { .. }, Json::Array(items)) if items.len() > MOST_LINKS => {
                let message = format!("{} takes at most {MOST_LINKS} records.", field.label.text("en"));
                return Err(FieldError::new(&field.name, "too_many", message));
            }
            (FieldType::References { .. }, Json::Array(items)) => {
                items.iter().filter_map(|item| field.parse_reference(item).transpose()).collect::<Result<_, _>>()?
            }
            (_, json) => field.parse_reference(json)?.into_iter().collect(),
        };
        self.0.push(Wanted { field: field.clone(), json: json.clone(), targets });
        Ok(())
    }

    /// Looks all of them up in one statement, and puts the ids into the draft. A rule of the product itself may refer to
    /// what is vouched for without a look.
    pub(super) async fn resolve(
        self,
        w: &mut Writing<'_>,
        draft: &mut Draft,
        by_rule: bool,
        errors: &mut Vec<FieldError>,
    ) -> Result<()> {
        let (mut found, mut lookups, mut places) = (Vec::new(), Vec::new(), Vec::new());
        for wanted in &self.0 {
            for target in &wanted.targets {
                match target {
                    ReferenceInput::Id(id) if by_rule && w.vouched.contains(id) => found.push(Some(*id)),
                    _ => {
                        if let Some(object) = target_object(w, &wanted.field, target) {
                            places.push(found.len());
                            lookups.push(lookup(w, &object, target));
                        }
                        found.push(None);
                    }
                }
            }
        }
        if !lookups.is_empty() {
            let mut sql = Sql::new("select ");
            sql.dynamic = lookups.len() > 8;
            sql.join(lookups, ", ");
            if let Some(row) = w.tx.row(sql).await? {
                for (column, place) in places.into_iter().enumerate() {
                    found[place] = row.uuid(column)?;
                }
            }
        }
        let mut found = found.into_iter();
        for wanted in self.0 {
            let ids: Vec<Option<Uuid>> = found.by_ref().take(wanted.targets.len()).collect();
            match ids.iter().copied().collect::<Option<Vec<Uuid>>>() {
                Some(ids) => draft.set(&wanted.field.name, value(w, &wanted, &ids)),
                None => errors.push(dangling(w, &wanted)),
            }
        }
        Ok(())
    }
}

fn target_object(w: &Writing<'_>, field: &FieldDef, target: &ReferenceInput) -> Option<Arc<ObjectDef>> {
    let name = match (target, &field.kind) {
        (ReferenceInput::AnyId { object, .. } | ReferenceInput::AnyExternalId { object, .. }, _) => object,
        (_, FieldType::References { references }) => references,
        (_, kind) => kind.target()?,
    };
    let object = w.actor.schema().object(name)?;
    w.actor.rights().may(Verb::Read, &object.name).then(|| object.clone())
}

/// A scalar sub-select that is null unless the record exists for the actor.
fn lookup(w: &Writing<'_>, object: &ObjectDef, target: &ReferenceInput) -> Sql {
    let mut sql = Sql::new(format!("(select r.id from {} r where ", object.table()));
    sql.append(predicate::rows(w.actor, Verb::Read, object, "r")).text(" and r.deleted_at is null and ");
    match target {
        ReferenceInput::Id(id) | ReferenceInput::AnyId { id, .. } => sql.text("r.id = ").bind(*id),
        ReferenceInput::ExternalId(key) | ReferenceInput::AnyExternalId { external_id: key, .. } => {
            sql.text("r.external_id = ").bind(key.as_str())
        }
        ReferenceInput::Name(name) => {
            // A name that several records bear names none.
            let folded = crate::text::fold(name);
            sql.text("r.name_folded = ").bind(folded.as_str());
            sql.text(&format!(" and not exists (select 1 from {} o where o.tenant_id = r.tenant_id", object.table()));
            if object.stored == crate::schema::Stored::Shared {
                sql.text(" and o.object_id = r.object_id");
            }
            sql.text(" and o.deleted_at is null and o.id <> r.id and o.name_folded = r.name_folded)")
        }
    };
    sql.text(")");
    sql
}

fn value(w: &Writing<'_>, wanted: &Wanted, ids: &[Uuid]) -> Value {
    match (&wanted.field.kind, ids) {
        (FieldType::References { .. }, ids) => {
            let mut unique = Vec::new();
            for id in ids {
                if !unique.contains(id) {
                    unique.push(*id);
                }
            }
            if unique.is_empty() { Value::Null } else { Value::Ids(unique) }
        }
        (FieldType::AnyReference, [id]) => {
            let object = wanted.targets.first().and_then(|target| target_object(w, &wanted.field, target));
            object.map_or(Value::Null, |object| Value::AnyId { object: object.name.clone(), id: *id })
        }
        (_, [id]) => Value::Id(*id),
        _ => Value::Null,
    }
}

fn dangling(w: &Writing<'_>, wanted: &Wanted) -> FieldError {
    let label = wanted.field.label.text(w.actor.language());
    let what = match &wanted.field.kind {
        FieldType::References { references } => format!("{references} records"),
        kind => kind.target().map_or("a record".into(), |object| format!("{} {object}", article(object))),
    };
    FieldError::new(
        &wanted.field.name,
        "dangling_reference",
        format!("{label} must refer to {what} that exists; this one was not found."),
    )
    .value(&wanted.json)
    .hint(
        "Give the id of an existing record, or {\"external_id\": \"…\"} or {\"name\": \"…\"} where the name is unique.",
    )
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" }
}
