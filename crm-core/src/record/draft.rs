//! A record about to be stored: what it was, what it shall be.

use super::Record;
use crate::schema::ObjectDef;
use crate::value::Value;
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use uuid::Uuid;

/// A record about to be stored.
#[derive(Debug)]
pub struct Draft {
    /// Its definition.
    pub object: Arc<ObjectDef>,
    /// Its id.
    pub id: Uuid,
    /// What is stored; none for a new record.
    pub old: Option<Record>,
    /// All values as they shall be.
    pub values: BTreeMap<String, Value>,
    /// The fields that the writer named.
    pub named: BTreeSet<String>,
}

impl Draft {
    /// The value that a field shall have.
    pub fn get(&self, field: &str) -> &Value {
        const NULL: &Value = &Value::Null;
        self.values.get(field).unwrap_or(NULL)
    }

    /// The value that a field had.
    pub fn before(&self, field: &str) -> &Value {
        const NULL: &Value = &Value::Null;
        self.old.as_ref().map_or(NULL, |old| old.get(field))
    }

    /// Sets a field, whether or not people may write it.
    pub fn set(&mut self, field: &str, value: Value) {
        self.values.insert(field.to_owned(), value);
    }

    /// Whether a field gets another value than it had.
    pub fn changes(&self, field: &str) -> bool {
        self.get(field) != self.before(field)
    }

    /// The stored fields that get another value, with both values as JSON.
    pub(crate) fn changed(&self) -> Map<String, Json> {
        let mut changed = Map::new();
        for field in self.object.fields.iter().filter(|field| !field.system && !field.kind.is_computed()) {
            if self.changes(&field.name) {
                let pair = vec![field.show(self.before(&field.name)), field.show(self.get(&field.name))];
                changed.insert(field.name.clone(), Json::Array(pair));
            }
        }
        changed
    }
}
