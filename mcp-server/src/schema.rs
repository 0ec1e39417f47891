//! JSON schemas of inputs and outputs, written by hand: short, without references, so that every client reads them and
//! assistants pay little for them.

use rmcp::model::JsonObject;
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// An input with these properties, of which the named ones are required, and no others.
pub(crate) fn input<const N: usize>(properties: [(&str, Json); N], required: &[&str]) -> Arc<JsonObject> {
    let mut schema = of(properties, required);
    schema.insert("additionalProperties".into(), json!(false));
    Arc::new(schema)
}

/// An answer with these properties, of which the named ones are always there.
pub(crate) fn output<const N: usize>(properties: [(&str, Json); N], required: &[&str]) -> Arc<JsonObject> {
    Arc::new(of(properties, required))
}

fn of<const N: usize>(properties: [(&str, Json); N], required: &[&str]) -> JsonObject {
    let properties: JsonObject = properties.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
    let mut schema = JsonObject::new();
    schema.insert("type".into(), json!("object"));
    schema.insert("properties".into(), Json::Object(properties));
    if !required.is_empty() {
        schema.insert("required".into(), json!(required));
    }
    schema
}

/// A text whose name says what it is.
pub(crate) fn plain() -> Json {
    json!({"type": "string"})
}

/// A text.
pub(crate) fn text(description: &str) -> Json {
    json!({"type": "string", "description": description})
}

/// A list of texts.
pub(crate) fn texts() -> Json {
    json!({"type": "array", "items": {"type": "string"}})
}

/// Yes or no; no if absent.
pub(crate) fn flag() -> Json {
    json!({"type": "boolean"})
}

/// A whole number.
pub(crate) fn number() -> Json {
    json!({"type": "integer"})
}

/// A whole number from 1 on.
pub(crate) fn count(most: usize, usual: usize) -> Json {
    json!({"type": "integer", "minimum": 1, "maximum": most, "default": usual})
}

/// Any object.
pub(crate) fn any() -> Json {
    json!({"type": "object"})
}

/// A list of objects.
pub(crate) fn list() -> Json {
    json!({"type": "array", "items": {"type": "object"}})
}

/// A text that may be null, such as where to go on.
pub(crate) fn maybe() -> Json {
    json!({"type": ["string", "null"]})
}

/// A number that may be null.
pub(crate) fn maybe_number() -> Json {
    json!({"type": ["integer", "null"]})
}

/// Yes or no, with what it means.
pub(crate) fn text_flag(description: &str) -> Json {
    json!({"type": "boolean", "description": description})
}

/// A value of this type, with what it means.
pub(crate) fn text_of(kind: &str, description: &str) -> Json {
    json!({"type": kind, "description": description})
}
