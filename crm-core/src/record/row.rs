//! A record as it was read.

use crate::schema::ObjectDef;
use crate::value::Value;
use serde_json::{Map, Value as Json, json};
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
    /// Values by field name; empty fields are [`Value::Null`].
    pub values: BTreeMap<String, Value>,
}

impl Record {
    /// The value of a field; [`Value::Null`] if it was not read.
    pub fn get(&self, field: &str) -> &Value {
        const NULL: &Value = &Value::Null;
        self.values.get(field).unwrap_or(NULL)
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        self.get("name").as_text().unwrap_or_default()
    }

    /// The flat JSON object that every surface sends, fields in the order of the definition.
    pub fn to_json(&self) -> Map<String, Json> {
        let mut json = Map::new();
        json.insert("id".into(), json!(self.id));
        json.insert("object".into(), json!(self.object.name));
        for field in &self.object.fields {
            if let Some(value) = self.values.get(&field.name) {
                json.insert(field.name.clone(), field.show(value));
            }
        }
        json.insert("version".into(), json!(self.version));
        json
    }
}
