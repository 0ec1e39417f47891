//! Records as assistants read them: compact, without what is empty, with names beside ids.

use crate::call::Call;
use crm_core::schema::{FieldDef, FieldType};
use crm_core::value::Value;
use crm_core::{Record, Result};
use serde_json::{Map, Value as Json, json};

/// About as many characters as assistants take of one answer before they cut it off (25,000 tokens), with a margin.
pub(crate) const MOST_CHARACTERS: usize = 60_000;

/// How much of a long text is shown where one record is asked for, and where many are.
pub(crate) const OF_ONE: usize = 20_000;
pub(crate) const OF_MANY: usize = 300;

/// Fields of bookkeeping that tell an assistant nothing.
const LEFT_OUT: [&str; 4] = ["created_via", "updated_via", "deleted_at", "stage_history"];

/// Records with the names of what they refer to, their texts cut to `most` characters.
pub(crate) async fn records(call: &Call<'_>, records: &[Record], most: usize) -> Result<Vec<Json>> {
    let names = call.crm.reference_names(call.actor, records).await?;
    Ok(records.iter().map(|record| show(record, names.of(record), most)).collect())
}

/// One record.
pub(crate) async fn record(call: &Call<'_>, record: &Record) -> Result<Json> {
    Ok(records(call, std::slice::from_ref(record), OF_ONE).await?.pop().unwrap_or_default())
}

fn show(record: &Record, names: Map<String, Json>, most: usize) -> Json {
    let mut json = Map::new();
    json.insert("id".into(), json!(record.id));
    json.insert("object".into(), json!(record.object.name));
    json.insert("version".into(), json!(record.version));
    for (field, value) in fields(record) {
        json.insert(field.name.clone(), short(field.show(value), most));
    }
    if !names.is_empty() {
        json.insert("_names".into(), Json::Object(names));
    }
    Json::Object(json)
}

/// The fields of a record that are not empty and tell something.
pub(crate) fn fields(record: &Record) -> impl Iterator<Item = (&FieldDef, &Value)> {
    record.object.fields.iter().filter_map(|field| {
        let value = record.get(&field.name);
        let told = !value.is_null()
            && !LEFT_OUT.contains(&field.name.as_str())
            && field.name != "id"
            && field.name != "version";
        told.then_some((field.as_ref(), value))
    })
}

/// A value with a long text cut.
pub(crate) fn short(value: Json, most: usize) -> Json {
    match value {
        Json::String(text) if text.chars().nth(most).is_some() => {
            json!(text.chars().take(most).chain(" […]".chars()).collect::<String>())
        }
        other => other,
    }
}

/// A field's value for reading: names for references, labels for options, text as it is.
pub(crate) fn readable(field: &FieldDef, value: &Value, name: Option<&Json>, language: &str) -> String {
    let label = |key: &String| {
        let option = field.kind.options().iter().find(|option| &option.key == key);
        option.map_or_else(|| key.clone(), |option| option.label.text(language).to_owned())
    };
    let names = name.and_then(|name| match name {
        Json::String(name) => Some(name.clone()),
        Json::Array(names) => Some(names.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(", ")),
        _ => None,
    });
    match (names, value) {
        (Some(names), _) => names,
        (None, Value::Text(key)) if matches!(field.kind, FieldType::Select { .. }) => label(key),
        (None, Value::Keys(keys)) => keys.iter().map(label).collect::<Vec<_>>().join(", "),
        (None, Value::Money(money)) => format!("{} {}", money.amount(), money.currency.code()),
        (None, value) => match short(field.show(value), OF_ONE) {
            Json::String(text) => text,
            other => other.to_string(),
        },
    }
}
