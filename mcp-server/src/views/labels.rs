//! What people call what a view shows: beside the answer, where the assistant does not read it.

use super::meta;
use crate::call::Call;
use crm_core::schema::{FieldDef, ObjectDef};
use rmcp::model::CallToolResult;
use serde_json::{Value as Json, json};

/// Where a view finds it.
const LABELS: &str = "parley/labels";

/// The tool's answer, if it is a record and the client may show it as a card, with the labels of its fields.
pub(crate) fn with_labels(call: &Call<'_>, tool: &str, mut result: CallToolResult) -> CallToolResult {
    let shows = tool == "crm_get" && call.line.is_some_and(|line| line.may_show_views());
    let record = result.structured_content.as_ref().filter(|_| shows).and_then(|told| told.get("record"));
    if let Some(record) = record
        && let Some(object) = record["object"].as_str().and_then(|name| call.schema.object(name))
    {
        result.meta = Some(meta(LABELS, labels(object, record, call.actor.language())));
    }
    result
}

fn labels(object: &ObjectDef, record: &Json, language: &str) -> Json {
    let shown = object.fields.iter().filter(|field| record.get(&field.name).is_some());
    let fields: serde_json::Map<_, _> =
        shown.map(|one| (one.name.clone(), field(one, &record[&one.name], language))).collect();
    json!({"object": object.label.text(language), "fields": fields})
}

/// What a field is called, how its values are to be written, and what those of its options are called that it has.
fn field(field: &FieldDef, value: &Json, language: &str) -> Json {
    let mut told = json!({"label": field.label.text(language), "kind": field.kind.name()});
    let has = |key: &str| value == key || value.as_array().is_some_and(|keys| keys.iter().any(|one| one == key));
    for option in field.kind.options().iter().filter(|option| has(&option.key)) {
        told["options"][&option.key] = json!(option.label.text(language));
    }
    told
}
