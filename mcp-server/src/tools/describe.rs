//! `crm_describe`: which objects and fields there are.

use super::{Tool, object_names, reading};
use crate::call::{Call, input};
use crate::schema;
use crm_core::Result;
use crm_core::access::Verb;
use crm_core::schema::{FieldDef, FieldType, ObjectDef};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

pub(crate) struct Describe;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    object: Option<String>,
}

impl Tool for Describe {
    fn name(&self) -> &'static str {
        "crm_describe"
    }

    fn define(&self, call: &Call<'_>) -> Definition {
        let description = "Tells which objects the CRM has (without `object`), or which fields, options and relations \
                           one object has. Read it before you query or change an object for the first time.";
        let input = schema::object(
            [("object", schema::one_of(&object_names(call, Verb::Read), "The object to describe."))],
            &[],
        );
        let output = schema::object([("objects", json!({"type": "array", "items": {"type": "object"}}))], &["objects"]);
        Definition::new(self.name(), description, input)
            .with_title("Describe objects and fields")
            .with_raw_output_schema(output)
            .with_annotations(reading())
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Result<Json>> {
        async move {
            let Input { object } = input(given)?;
            let described = match object {
                Some(name) => vec![in_full(call, call.object(&name)?)],
                None => call.objects(Verb::Read).map(|object| in_short(call, object)).collect(),
            };
            Ok(json!({"objects": described}))
        }
        .boxed()
    }
}

fn in_short(call: &Call<'_>, object: &ObjectDef) -> Json {
    let language = call.actor.language();
    let mut json = json!({"name": object.name, "label": object.label.text(language)});
    let description = object.description.text(language);
    if !description.is_empty() {
        json["description"] = json!(description);
    }
    if !object.also_called.is_empty() {
        json["also_called"] = json!(object.also_called);
    }
    json
}

fn in_full(call: &Call<'_>, object: &ObjectDef) -> Json {
    let mut json = in_short(call, object);
    json["fields"] = object.fields.iter().map(|one| field(call, object, one)).collect();
    let relations = call.schema.relations(&object.name).iter();
    json["relations"] =
        relations.map(|one| json!({"name": one.name, "object": one.object, "field": one.field})).collect();
    let rights = Verb::ALL.into_iter().filter(|verb| call.actor.rights().may(*verb, &object.name));
    json["you_may"] = rights.map(Verb::name).collect();
    json
}

/// A field, without what goes without saying.
fn field(call: &Call<'_>, object: &ObjectDef, field: &FieldDef) -> Json {
    let language = call.actor.language();
    let mut json = Map::new();
    json.insert("name".into(), json!(field.name));
    json.insert("label".into(), json!(field.label.text(language)));
    json.insert("type".into(), json!(field.kind.name()));
    if field.required {
        json.insert("required".into(), json!(true));
    }
    if !call.actor.rights().may_write_field(&object.name, field) {
        json.insert("read_only".into(), json!(true));
    }
    if let Some(description) = &field.description {
        json.insert("description".into(), json!(description.text(language)));
    }
    let target = match &field.kind {
        FieldType::References { references } => Some(references.as_str()),
        kind => kind.target(),
    };
    if let Some(target) = target {
        json.insert("references".into(), json!(target));
    }
    let options: Vec<Json> = field
        .kind
        .options()
        .iter()
        .filter(|option| !option.archived)
        .map(|option| json!({"key": option.key, "label": option.label.text(language)}))
        .collect();
    if !options.is_empty() {
        json.insert("options".into(), json!(options));
    }
    Json::Object(json)
}
