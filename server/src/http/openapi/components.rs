//! The shared schemas: records of every object as the reader may see and write them, the query language, problems.

use super::field::{accepted, shown};
use super::{component, list_of};
use crm_core::Actor;
use crm_core::schema::{FieldDef, ObjectDef, Schema};
use serde_json::{Map, Value, json};

/// Where the schemas that no definition changes are written down.
const FIXED: &str = include_str!("components.json");

/// Every shared schema.
pub(super) fn all(schema: &Schema, actor: &Actor) -> Value {
    // A test holds the file against a parser; what could not be read would show as missing references.
    let mut schemas: Map<String, Value> = serde_json::from_str(FIXED).unwrap_or_default();
    let names: Vec<&str> = schema.objects().map(|object| object.name.as_str()).collect();
    if let Some(reference) = schemas.get_mut("AnyReference") {
        reference["properties"]["object"] = json!({"enum": names});
    }
    for object in schema.objects() {
        let title = title(object);
        schemas.insert(title.clone(), record(object));
        schemas.insert(format!("{title}Page"), page(object));
        schemas.insert(format!("{title}Create"), create(object, actor));
        schemas.insert(format!("{title}Update"), update(object, actor));
    }
    Value::Object(schemas)
}

/// A record of the object.
pub(in crate::http) fn record_of(object: &ObjectDef) -> Value {
    component(&title(object))
}

/// A page of records of the object.
pub(in crate::http) fn page_of(object: &ObjectDef) -> Value {
    component(&format!("{}Page", title(object)))
}

/// The values of a new record.
pub(in crate::http) fn create_of(object: &ObjectDef) -> Value {
    component(&format!("{}Create", title(object)))
}

/// Values to be changed.
pub(in crate::http) fn update_of(object: &ObjectDef) -> Value {
    component(&format!("{}Update", title(object)))
}

/// What an action needs to know.
pub(in crate::http) fn input_of(fields: &[FieldDef]) -> Value {
    values(fields.iter(), true)
}

/// `sales_order` → `SalesOrderRecord`: no object can take the name of a fixed schema.
fn title(object: &ObjectDef) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    };
    format!("{}Record", object.name.split('_').map(word).collect::<String>())
}

fn record(object: &ObjectDef) -> Value {
    let mut properties = Map::new();
    properties.insert("id".into(), json!({"type": "string", "format": "uuid"}));
    properties.insert("object".into(), json!({"const": object.name}));
    properties.extend(
        object.fields.iter().filter(|field| field.name != "id").map(|field| (field.name.clone(), shown(field))),
    );
    properties.insert("version".into(), json!({"type": "integer"}));
    properties.insert("_names".into(), component("Names"));
    json!({
        "type": "object", "title": object.label.text("en"), "description": object.description.text("en"),
        "required": ["id", "object", "version"], "properties": properties,
    })
}

fn page(object: &ObjectDef) -> Value {
    json!({"type": "object", "additionalProperties": false, "required": ["records", "next"], "properties": {
        "records": list_of(record_of(object)),
        "next": {"type": ["string", "null"], "description": "The cursor of the next page; null at the end."},
        "total": {"type": "integer", "description": "How many match, if asked for."},
    }})
}

fn create(object: &ObjectDef, actor: &Actor) -> Value {
    values(writable(object, actor), true)
}

fn update(object: &ObjectDef, actor: &Actor) -> Value {
    values(writable(object, actor), false)
}

fn writable<'a>(object: &'a ObjectDef, actor: &'a Actor) -> impl Iterator<Item = &'a FieldDef> {
    let fields = object.fields.iter().map(AsRef::as_ref);
    fields.filter(move |field: &&FieldDef| actor.rights().may_write_field(&object.name, field))
}

/// An object of field values; `complete` ones must have what a record must have.
fn values<'a>(fields: impl Iterator<Item = &'a FieldDef>, complete: bool) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for field in fields {
        if complete && field.required && field.default.is_none() {
            required.push(field.name.clone());
        }
        properties.insert(field.name.clone(), accepted(field));
    }
    json!({"type": "object", "additionalProperties": false, "properties": properties, "required": required})
}

/// The answers to requests that fail, by status.
pub(super) fn problems() -> Value {
    let problems = [
        (400, "The request cannot be read."),
        (401, "Nobody is signed in."),
        (403, "The caller may not do this."),
        (404, "It does not exist for the caller."),
        (409, "It contradicts what is stored."),
        (412, "The record was changed since that version."),
        (413, "The body is too large."),
        (415, "The body is not of a supported type."),
        (416, "The file is not as long as that."),
        (422, "The input breaks rules; each is told."),
        (426, "The address is for WebSockets only."),
        (429, "Too many requests. `Retry-After` says how long to wait."),
        (500, "Something went wrong inside."),
        (503, "Not available at the moment."),
    ];
    let content = json!({"application/problem+json": {"schema": component("Problem")}});
    let one =
        |(status, text): (u16, &str)| (format!("Problem{status}"), json!({"description": text, "content": content}));
    Value::Object(problems.into_iter().map(one).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fixed_schemas_can_be_read_and_refer_to_each_other() {
        let fixed: Map<String, Value> = serde_json::from_str(FIXED).unwrap();
        let text = FIXED.to_owned();
        for (_, rest) in text.match_indices("#/components/schemas/").map(|(i, found)| text.split_at(i + found.len())) {
            let name = rest.split('"').next().unwrap_or_default();
            assert!(fixed.contains_key(name), "{name}");
        }
    }
}
