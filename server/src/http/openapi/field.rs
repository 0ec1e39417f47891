//! A field's values as JSON Schema: as they are shown, and as they are accepted.

use super::component;
use crm_core::schema::{FieldDef, FieldType, ResultType, RollupMeasure};
use serde_json::{Value, json};

/// What a record shows.
pub(super) fn shown(field: &FieldDef) -> Value {
    let schema = match &field.kind {
        FieldType::References { .. } => return described(field, json!({"type": "array", "items": uuid()})),
        FieldType::Json => return described(field, json!({})),
        FieldType::Select { .. } => keys(field, true),
        FieldType::MultiSelect { .. } => json!({"type": "array", "items": keys(field, true)}),
        FieldType::Reference { .. } | FieldType::File => uuid(),
        FieldType::Decimal { .. } => json!({"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}),
        FieldType::Rating => json!({"type": "integer"}),
        FieldType::Email | FieldType::Phone | FieldType::Url => json!({"type": "string"}),
        FieldType::Address => component("Address"),
        FieldType::Money => component("Money"),
        FieldType::AutoNumber { .. } => json!({"type": "string"}),
        FieldType::Formula { result_type, .. } => match result_type {
            ResultType::Number => json!({"type": "number"}),
            ResultType::Text => json!({"type": "string"}),
            ResultType::Boolean => json!({"type": "boolean"}),
            ResultType::Date => json!({"type": "string", "format": "date"}),
        },
        FieldType::Rollup { rollup } => match rollup.measure {
            RollupMeasure::Count => json!({"type": "number"}),
            _ => return described(field, json!({})),
        },
        FieldType::Text | FieldType::LongText | FieldType::RichText => json!({"type": "string"}),
        FieldType::Number | FieldType::Percent => json!({"type": "number"}),
        _ => accepted_type(field),
    };
    described(field, or_null(schema))
}

/// What a request may send.
pub(super) fn accepted(field: &FieldDef) -> Value {
    let schema = accepted_type(field);
    // A default takes the place of a value that is left out, not of one that is taken away.
    described(field, if field.required || schema == json!({}) { schema } else { or_null(schema) })
}

fn accepted_type(field: &FieldDef) -> Value {
    match &field.kind {
        FieldType::Text | FieldType::LongText | FieldType::RichText => text(field),
        FieldType::Number | FieldType::Percent => number(field),
        FieldType::Decimal { scale } => {
            json!({"type": "string", "pattern": format!(r"^-?[0-9]{{1,9}}(\.[0-9]{{1,{}}})?$", (*scale).max(1))})
        }
        FieldType::Money => component("NewMoney"),
        FieldType::Boolean => json!({"type": "boolean"}),
        FieldType::Date => json!({"type": "string", "format": "date"}),
        FieldType::DateTime => json!({"type": "string", "format": "date-time"}),
        FieldType::Duration => json!({"type": "string", "format": "duration"}),
        FieldType::Select { .. } => keys(field, false),
        FieldType::MultiSelect { .. } => json!({"type": "array", "items": keys(field, false), "uniqueItems": true}),
        FieldType::Reference { .. } | FieldType::File => component("Reference"),
        FieldType::References { .. } => json!({"type": "array", "items": component("Reference"), "uniqueItems": true}),
        FieldType::AnyReference => component("AnyReference"),
        FieldType::Email => json!({"type": "string", "format": "email", "maxLength": field.max_length()}),
        FieldType::Phone => json!({"type": "string", "examples": ["+4930123456"], "maxLength": field.max_length()}),
        FieldType::Url => json!({"type": "string", "format": "uri", "maxLength": field.max_length()}),
        FieldType::Address => component("Address"),
        FieldType::Location => component("Location"),
        FieldType::Rating => json!({"type": "integer", "minimum": 1, "maximum": 5}),
        FieldType::Json | FieldType::AutoNumber { .. } | FieldType::Formula { .. } | FieldType::Rollup { .. } => {
            json!({})
        }
    }
}

fn text(field: &FieldDef) -> Value {
    let mut schema = json!({"type": "string", "maxLength": field.max_length()});
    if let Some(pattern) = &field.limits.pattern {
        schema["pattern"] = json!(format!("^(?:{pattern})$"));
    } else if field.required {
        // White space alone is no text.
        schema["pattern"] = json!(r"\S");
    }
    schema
}

fn number(field: &FieldDef) -> Value {
    let mut schema = json!({"type": "number"});
    if let Some(min) = field.limits.min {
        schema["minimum"] = json!(min);
    }
    if let Some(max) = field.limits.max {
        schema["maximum"] = json!(max);
    }
    schema
}

/// The keys of a field's options; archived ones are shown on old records, but no longer accepted.
fn keys(field: &FieldDef, archived: bool) -> Value {
    let options = field.kind.options().iter().filter(|option| archived || !option.archived);
    json!({"enum": options.map(|option| option.key.as_str()).collect::<Vec<_>>()})
}

fn uuid() -> Value {
    json!({"type": "string", "format": "uuid"})
}

fn or_null(schema: Value) -> Value {
    json!({"anyOf": [schema, {"type": "null"}]})
}

fn described(field: &FieldDef, mut schema: Value) -> Value {
    schema["title"] = json!(field.label.text("en"));
    if let Some(description) = &field.description {
        schema["description"] = json!(description.text("en"));
    }
    schema
}
