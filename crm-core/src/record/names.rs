//! What the records that a record refers to are called, as far as the reader may see them.

use super::Record;
use crate::access::{Verb, predicate};
use crate::actor::Actor;
use crate::crm::Crm;
use crate::db::Sql;
use crate::error::Result;
use crate::schema::{FieldDef, FieldType, ObjectDef};
use crate::value::Value;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::slice;
use uuid::Uuid;

/// How many names one statement looks up: a bound on its placeholders.
const AT_ONCE: usize = 5_000;

/// Names by id.
#[derive(Debug, Default)]
pub struct Names(HashMap<Uuid, String>);

/// A record's flat JSON object with a member `_names`: the names behind its references, by field.
#[derive(Debug)]
pub struct NamedRecord<'a> {
    record: &'a Record,
    names: &'a Names,
}

/// The member `_names` alone.
struct NamesOf<'a>(NamedRecord<'a>);

impl Crm {
    /// The names behind the references of records, in one look-up.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn reference_names(&self, actor: &Actor, records: &[Record]) -> Result<Names> {
        let mut wanted: BTreeMap<&str, BTreeSet<Uuid>> = BTreeMap::new();
        for (_, object, ids) in records.iter().flat_map(references) {
            wanted.entry(object).or_default().extend(ids);
        }
        let mut statements: Vec<(usize, Sql)> = Vec::new();
        for (object, ids) in wanted {
            let Some(object) = actor.schema().object(object).filter(|object| may_name(actor, object)) else { continue };
            let ids: Vec<Uuid> = ids.into_iter().collect();
            for ids in ids.chunks(AT_ONCE) {
                let sql = look_up(actor, object, ids);
                match statements.last_mut() {
                    Some((size, last)) if *size + ids.len() <= AT_ONCE => {
                        *size += ids.len();
                        last.text(" union all ").append(sql);
                    }
                    _ => statements.push((ids.len(), sql)),
                }
            }
        }
        let mut names = HashMap::new();
        for (_, sql) in statements {
            for row in self.db().rows(actor.tenant(), sql).await? {
                names.insert(row.id(0)?, row.string(1)?);
            }
        }
        Ok(Names(names))
    }
}

fn may_name(actor: &Actor, object: &ObjectDef) -> bool {
    let rights = actor.rights();
    rights.may(Verb::Read, &object.name)
        && object.field("name").is_some_and(|name| rights.may_read_field(&object.name, name))
}

fn look_up(actor: &Actor, object: &ObjectDef, ids: &[Uuid]) -> Sql {
    let mut sql = Sql::new(format!("select t.id, t.name from {} t where ", object.table()));
    sql.append(predicate::rows(actor, Verb::Read, object, "t")).text(" and t.deleted_at is null and t.id in (");
    sql.join(ids.iter().map(|id| Sql::fixed("?", [(*id).into()])), ", ").text(")");
    sql
}

/// Every reference of a record: (field, object, ids).
fn references(record: &Record) -> impl Iterator<Item = (&FieldDef, &str, &[Uuid])> {
    record.cells().filter_map(|(field, value)| match (&field.kind, value) {
        _ if field.name == "id" => None,
        (FieldType::References { references }, Value::Ids(ids)) => Some((field, references.as_str(), ids.as_slice())),
        (FieldType::AnyReference, Value::AnyId { object, id }) => Some((field, object.as_str(), slice::from_ref(id))),
        (kind, Value::Id(id)) => Some((field, kind.target()?, slice::from_ref(id))),
        _ => None,
    })
}

impl Names {
    /// The record with the names behind its references.
    pub fn with<'a>(&'a self, record: &'a Record) -> NamedRecord<'a> {
        NamedRecord { record, names: self }
    }

    /// The names behind a record's references, by field: a text, or a list where there are many. What the reader may
    /// not see has none.
    pub fn of(&self, record: &Record) -> Map<String, Json> {
        match serde_json::to_value(NamesOf(self.with(record))) {
            Ok(Json::Object(names)) => names,
            _ => Map::new(),
        }
    }
}

impl NamedRecord<'_> {
    /// The JSON object, to add to.
    pub fn to_json(&self) -> Map<String, Json> {
        match serde_json::to_value(self) {
            Ok(Json::Object(json)) => json,
            _ => Map::new(),
        }
    }
}

impl Serialize for NamedRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.record.serialize_into(&mut map)?;
        map.serialize_entry("_names", &NamesOf(NamedRecord { ..*self }))?;
        map.end()
    }
}

impl Serialize for NamesOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(NamedRecord { record, names }) = self;
        let mut map = serializer.serialize_map(None)?;
        for (field, _, ids) in references(record) {
            if matches!(field.kind, FieldType::References { .. }) {
                map.serialize_entry(&field.name, &Many { ids, names })?;
            } else if let Some(name) = ids.first().and_then(|id| names.0.get(id)) {
                map.serialize_entry(&field.name, name)?;
            }
        }
        map.end()
    }
}

/// The names of several records; null for those out of sight.
struct Many<'a> {
    ids: &'a [Uuid],
    names: &'a Names,
}

impl Serialize for Many<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.ids.len()))?;
        for id in self.ids {
            list.serialize_element(&self.names.0.get(id))?;
        }
        list.end()
    }
}
