//! What the records that a record refers to are called, as far as the reader may see them.

use super::Record;
use crate::access::Verb;
use crate::actor::Actor;
use crate::crm::Crm;
use crate::error::{Error, Result};
use crate::query::{Filter, Operator, Query};
use crate::schema::{FieldDef, FieldType};
use crate::value::Value;
use futures_util::future::try_join_all;
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use uuid::Uuid;

impl Crm {
    /// The names behind the references of each record, by field. One look-up for each object referred to.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn reference_names(&self, actor: &Actor, records: &[Record]) -> Result<Vec<Map<String, Json>>> {
        let mut wanted: BTreeMap<&str, BTreeSet<Uuid>> = BTreeMap::new();
        for (_, object, id) in records.iter().flat_map(references) {
            wanted.entry(object).or_default().insert(id);
        }
        let found = try_join_all(wanted.into_iter().map(|(object, ids)| look_up(self, actor, object, ids))).await?;
        let names: HashMap<Uuid, String> = found.into_iter().flatten().collect();
        Ok(records.iter().map(|record| of_record(record, &names)).collect())
    }
}

/// Every reference of a record: (field, object, id).
fn references(record: &Record) -> impl Iterator<Item = (&FieldDef, &str, Uuid)> {
    record.object.fields.iter().filter(|field| field.name != "id").flat_map(move |field| {
        let one = |object, id| vec![(field.as_ref(), object, id)];
        match (&field.kind, record.get(&field.name)) {
            (FieldType::References { references }, Value::Ids(ids)) => {
                ids.iter().map(|id| (field.as_ref(), references.as_str(), *id)).collect()
            }
            (FieldType::AnyReference, Value::AnyId { object, id }) => one(object.as_str(), *id),
            (kind, Value::Id(id)) => kind.target().map(|object| one(object, *id)).unwrap_or_default(),
            _ => Vec::new(),
        }
    })
}

async fn look_up(crm: &Crm, actor: &Actor, object: &str, ids: BTreeSet<Uuid>) -> Result<Vec<(Uuid, String)>> {
    if !actor.rights().may(Verb::Read, object) {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let mut names = Vec::with_capacity(ids.len());
    for ids in ids.chunks(Query::MAX_LIMIT) {
        let filter = Filter::compare("id", Operator::In, json!(ids));
        let fields = Some(vec!["name".to_owned()]);
        let query = Query { fields, limit: Some(ids.len()), ..Query::of(object).filter(filter) };
        match crm.query(actor, &query).await {
            Ok(page) => names.extend(page.records.iter().map(|record| (record.id, record.name().to_owned()))),
            // An object that was archived meanwhile.
            Err(Error::NotFound { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(names)
}

fn of_record(record: &Record, names: &HashMap<Uuid, String>) -> Map<String, Json> {
    let mut map = Map::new();
    for (field, _, id) in references(record) {
        let name = names.get(&id).map_or(Json::Null, |name| json!(name));
        if matches!(field.kind, FieldType::References { .. }) {
            let list = map.entry(field.name.clone()).or_insert_with(|| json!([]));
            list.as_array_mut().into_iter().for_each(|list| list.push(name.clone()));
        } else if !name.is_null() {
            map.insert(field.name.clone(), name);
        }
    }
    map
}
