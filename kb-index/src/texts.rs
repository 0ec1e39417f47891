//! What of a record is searched: the one place that says so, for the index and for the matching of its finds.

use crm_core::Record;
use crm_core::schema::{FieldDef, FieldType, ObjectDef};
use crm_core::value::Value;
use serde_json::Value as Json;
use std::sync::Arc;

/// How a field is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// What people call the record.
    Name,
    /// By its words.
    Words,
    /// By its words; too long to be read unless needed.
    Long,
    /// By its words, and as a whole: a number, an e-mail address, an id of another system.
    Code,
    /// By any piece of its digits.
    Phone,
}

/// A searched text of a record.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) field: Arc<FieldDef>,
    pub(crate) role: Role,
    pub(crate) text: String,
}

/// No more of a long text is searched.
const MOST_BYTES: usize = 50_000;

/// How a field is searched, if it is. Sensitive fields are not: their words would be in the dictionary.
pub(crate) fn role(field: &FieldDef) -> Option<Role> {
    if field.sensitive || field.system {
        return None;
    }
    match (&field.kind, field.name.as_str()) {
        (_, "name") => Some(Role::Name),
        (_, "external_id") | (FieldType::AutoNumber { .. } | FieldType::Email, _) => Some(Role::Code),
        (FieldType::Text | FieldType::Url | FieldType::Address, _) => Some(Role::Words),
        (FieldType::LongText | FieldType::RichText, _) => Some(Role::Long),
        (FieldType::Phone, _) => Some(Role::Phone),
        _ => None,
    }
}

/// The names of an object's fields of the roles that `wanted` says.
pub(crate) fn fields(object: &ObjectDef, wanted: impl Fn(Role) -> bool) -> Vec<String> {
    let fields = object.fields.iter().filter(|field| role(field).is_some_and(&wanted));
    fields.map(|field| field.name.clone()).collect()
}

/// The searched texts of a record, of those fields that were read.
pub(crate) fn of(record: &Record) -> Vec<Text> {
    let mut texts = Vec::new();
    for field in &record.object.fields {
        if let Some(role) = role(field)
            && let Some(text) = text(field, record.get(&field.name))
        {
            texts.push(Text { field: field.clone(), role, text });
        }
    }
    texts
}

fn text(field: &FieldDef, value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::Text(text) => cut(text).to_owned(),
        Value::Json(json) => leaves(json),
        other => field.show(other).as_str()?.to_owned(),
    };
    (!text.is_empty()).then_some(text)
}

fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MOST_BYTES)).unwrap_or(text)
}

/// The texts within an address.
fn leaves(json: &Json) -> String {
    match json {
        Json::String(text) => text.clone(),
        Json::Object(map) => map.values().map(leaves).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}
