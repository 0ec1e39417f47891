//! The form of an answer as a JSON schema, for services that hold their models to one: each property required, none
//! other allowed.

use super::shown::Shown;
use serde_json::{Value as Json, json};

/// The schema of an answer about what was shown.
pub(super) fn of(shown: &Shown) -> Json {
    let objects: Vec<&str> = shown.objects().map(|object| object.name.as_str()).collect();
    let object = json!({"type": "string", "enum": objects});
    let list = |of: &str| json!({"type": "array", "items": {"$ref": format!("#/$defs/{of}")}});
    let or_null = |schema: Json| json!({"anyOf": [schema, {"type": "null"}]});
    let question = closed(json!({
        "kind": {"type": "string", "enum": ["question"]},
        "object": object,
        "goes_on": {"type": "boolean"},
        "conditions": list("filter"),
        "group": list("group"),
        "measure": or_null(json!({"$ref": "#/$defs/measure"})),
        "sort": list("sort"),
        "greatest_first": {"type": ["boolean", "null"]},
        "top": {"type": ["integer", "null"]},
    }));
    let given = closed(json!({"field": {"type": "string"}, "value": {"$ref": "#/$defs/value"}}));
    let change = closed(json!({
        "kind": {"type": "string", "enum": ["change"]},
        "action": {"type": "string", "enum": ["create", "update", "delete"]},
        "object": object,
        "record": {"type": ["string", "null"]},
        "values": {"type": "array", "items": given},
    }));
    let unknown = closed(json!({"kind": {"type": "string", "enum": ["unknown"]}}));
    let mut schema = closed(json!({"answer": {"anyOf": [question, change, unknown]}}));
    schema["$defs"] = json!({
        "filter": filter(), "related": related(), "value": value(), "group": group(), "measure": measure(),
        "sort": closed(json!({"field": {"type": "string"}, "descending": {"type": "boolean"}})),
    });
    schema
}

/// An object of just these properties.
fn closed(properties: Json) -> Json {
    let required: Vec<&String> = properties.as_object().map(|map| map.keys().collect()).unwrap_or_default();
    json!({"type": "object", "additionalProperties": false, "required": required, "properties": properties})
}

fn filter() -> Json {
    const OPERATORS: [&str; 12] =
        ["eq", "ne", "lt", "le", "gt", "ge", "in", "between", "contains", "starts_with", "is_empty", "within"];
    let filters = json!({"type": "array", "items": {"$ref": "#/$defs/filter"}});
    json!({"anyOf": [
        closed(json!({
            "field": {"type": "string"},
            "op": {"type": "string", "enum": OPERATORS},
            "value": {"$ref": "#/$defs/value"},
        })),
        closed(json!({"and": filters})),
        closed(json!({"or": filters})),
        closed(json!({"not": {"$ref": "#/$defs/filter"}})),
        closed(json!({"any": {"$ref": "#/$defs/related"}})),
        closed(json!({"none": {"$ref": "#/$defs/related"}})),
    ]})
}

fn related() -> Json {
    closed(json!({
        "through": {"type": "string"},
        "filter": {"anyOf": [{"$ref": "#/$defs/filter"}, {"type": "null"}]},
    }))
}

fn value() -> Json {
    let record = closed(json!({"record": {"type": "string"}}));
    let unit = json!({"type": "string", "enum": UNITS});
    json!({"anyOf": [
        {"type": "string"}, {"type": "number"}, {"type": "boolean"}, {"type": "null"},
        {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "number"}, record]}},
        record,
        closed(json!({"me": {"type": "boolean", "enum": [true]}})),
        closed(json!({"amount": {"type": "string"}, "currency": {"type": "string"}})),
        closed(json!({"last": {"type": "integer"}, "unit": unit})),
        closed(json!({"next": {"type": "integer"}, "unit": unit})),
        closed(json!({"relative": {"type": "integer"}, "unit": unit})),
    ]})
}

const UNITS: [&str; 5] = ["day", "week", "month", "quarter", "year"];

fn group() -> Json {
    let unit = json!({"anyOf": [{"type": "string", "enum": UNITS}, {"type": "null"}]});
    closed(json!({"field": {"type": "string"}, "by": unit}))
}

fn measure() -> Json {
    let of_field = ["count_distinct", "sum", "avg", "min", "max", "median"];
    json!({"anyOf": [
        closed(json!({"measure": {"type": "string", "enum": ["count"]}})),
        closed(json!({"measure": {"type": "string", "enum": of_field}, "field": {"type": "string"}})),
        closed(json!({
            "measure": {"type": "string", "enum": ["ratio"]},
            "of": {"$ref": "#/$defs/filter"},
            "to": {"$ref": "#/$defs/filter"},
        })),
    ]})
}
