//! JSON schemas of inputs and outputs, written by hand: short, without references, so that every client reads them.

use rmcp::model::JsonObject;
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// An object with these properties, of which the named ones are required, and no others.
pub(crate) fn object<const N: usize>(properties: [(&str, Json); N], required: &[&str]) -> Arc<JsonObject> {
    let properties: JsonObject = properties.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
    let mut schema = JsonObject::new();
    schema.insert("type".into(), json!("object"));
    schema.insert("properties".into(), Json::Object(properties));
    schema.insert("required".into(), json!(required));
    schema.insert("additionalProperties".into(), json!(false));
    Arc::new(schema)
}

/// A text.
pub(crate) fn text(description: &str) -> Json {
    json!({"type": "string", "description": description})
}

/// One of these texts.
pub(crate) fn one_of(options: &[String], description: &str) -> Json {
    json!({"type": "string", "enum": options, "description": description})
}

/// A list of texts.
pub(crate) fn texts(description: &str) -> Json {
    json!({"type": "array", "items": {"type": "string"}, "description": description})
}

/// A whole number from 1 on.
pub(crate) fn count(most: usize, usual: usize, description: &str) -> Json {
    json!({"type": "integer", "minimum": 1, "maximum": most, "default": usual, "description": description})
}

/// A record as [`crate::answer::record`] shows it.
pub(crate) fn record() -> Json {
    json!({
        "type": "object",
        "description": "A record: its fields that are not empty, and in `_names` what the records are called to which it refers.",
        "properties": {
            "id": {"type": "string"}, "object": {"type": "string"}, "name": {"type": "string"}, "version": {"type": "integer"},
        },
        "required": ["id", "object", "version"],
    })
}
