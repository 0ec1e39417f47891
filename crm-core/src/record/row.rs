//! A record as it was read.

use crate::schema::{FieldDef, FieldType, ObjectDef};
use crate::value::{self, Value};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// A record, with the fields that were asked for and that its reader may see.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its definition.
    pub object: Arc<ObjectDef>,
    /// Its id.
    pub id: Uuid,
    /// How often it was written.
    pub version: i64,
    fields: Arc<Fields>,
    /// A value for each of the fields; empty ones are [`Value::Null`].
    values: Vec<Value>,
}

/// The fields that all records of a page have.
#[derive(Debug)]
pub(crate) struct Fields {
    by_name: Vec<Arc<FieldDef>>,
    /// Places in `by_name`, in the order of the definition.
    in_order: Vec<usize>,
}

impl Fields {
    pub(crate) fn of(object: &ObjectDef, mut fields: Vec<Arc<FieldDef>>) -> Self {
        fields.sort_by(|a, b| a.name.cmp(&b.name));
        fields.dedup_by(|a, b| a.name == b.name);
        let place = |name: &str| fields.binary_search_by(|field| field.name.as_str().cmp(name)).ok();
        let in_order = object.fields.iter().filter_map(|field| place(&field.name)).collect();
        Self { by_name: fields, in_order }
    }

    /// Where the value of a field stands.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.by_name.binary_search_by(|field| field.name.as_str().cmp(name)).ok()
    }
}

impl Record {
    /// A record whose fields are all empty.
    pub(crate) fn empty(object: Arc<ObjectDef>, id: Uuid, version: i64, fields: Arc<Fields>) -> Self {
        let values = vec![Value::Null; fields.by_name.len()];
        Self { object, id, version, fields, values }
    }

    /// Fills the field at a [`Fields::place`].
    pub(crate) fn set(&mut self, place: usize, value: Value) {
        if let Some(here) = self.values.get_mut(place) {
            *here = value;
        }
    }

    /// The value of a field; [`Value::Null`] if it was not read.
    pub fn get(&self, field: &str) -> &Value {
        const NULL: &Value = &Value::Null;
        self.fields.place(field).and_then(|place| self.values.get(place)).unwrap_or(NULL)
    }

    /// Whether the field was read.
    pub fn has(&self, field: &str) -> bool {
        self.fields.place(field).is_some()
    }

    /// All values by field name.
    pub(crate) fn values(&self) -> BTreeMap<String, Value> {
        self.fields.by_name.iter().map(|field| field.name.clone()).zip(self.values.iter().cloned()).collect()
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        self.get("name").as_text().unwrap_or_default()
    }

    /// The fields that were read with their values, in the order of the definition.
    pub fn cells(&self) -> impl Iterator<Item = (&FieldDef, &Value)> {
        self.fields
            .in_order
            .iter()
            .filter_map(|place| Some((self.fields.by_name.get(*place)?.as_ref(), self.values.get(*place)?)))
    }

    /// The flat JSON object that every surface sends.
    pub fn to_json(&self) -> Map<String, Json> {
        match serde_json::to_value(self) {
            Ok(Json::Object(json)) => json,
            _ => Map::new(),
        }
    }

    /// Writes the members of the flat JSON object.
    pub(crate) fn serialize_into<S: SerializeMap>(&self, map: &mut S) -> Result<(), S::Error> {
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("object", &self.object.name)?;
        for (field, value) in self.cells().filter(|(field, _)| !matches!(field.name.as_str(), "id" | "version")) {
            map.serialize_entry(&field.name, &Shown { field, value })?;
        }
        map.serialize_entry("version", &self.version)
    }
}

/// The flat JSON object, fields in the order of the definition.
impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.serialize_into(&mut map)?;
        map.end()
    }
}

/// A field's value as [`FieldDef::show`] has it, without the detour by a [`Json`] for what is frequent.
struct Shown<'a> {
    field: &'a FieldDef,
    value: &'a Value,
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (&self.field.kind, self.value) {
            (FieldType::References { .. } | FieldType::AutoNumber { .. }, value) => {
                self.field.show(value).serialize(serializer)
            }
            (_, Value::Null) => serializer.serialize_unit(),
            (_, Value::Text(text)) => serializer.serialize_str(text),
            (_, Value::Number(n)) => value::number(*n).serialize(serializer),
            (_, Value::Id(id)) => id.serialize(serializer),
            (_, Value::Date(date)) => serializer.collect_str(date),
            (_, Value::DateTime(at)) => serializer.collect_str(at),
            (_, value) => value.to_json().serialize(serializer),
        }
    }
}
