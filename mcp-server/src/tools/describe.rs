//! `crm_describe`: which objects and fields there are.

use super::{Outcome, Tool, reading};
use crate::budget::{Detail, tokens};
use crate::call::{Call, input};
use crate::schema;
use crm_core::access::Verb;
use crm_core::schema::{FieldDef, FieldType, ObjectDef};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

pub(crate) struct Describe;

/// More objects than this are not named before an assistant asks for them: it would have to read them all first.
const MOST_NAMES: usize = 60;

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
        let about = "Without `object`: all objects; with it: its fields, options and relations. Use it before you first \
                     query or change one.";
        let names: Vec<&str> = call.objects(Verb::Read).map(|object| object.name.as_str()).collect();
        let object = match names.len() {
            0..=MOST_NAMES => json!({"type": "string", "enum": names}),
            _ => json!({"type": "string"}),
        };
        let input = schema::input([("object", object)], &[]);
        let output = schema::output([("objects", schema::list())], &["objects"]);
        reading(self.name(), "Describe objects and fields", about, input, output)
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Outcome> {
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

/// A description of an object with very many options or fields, shortened: what says least goes first.
fn fitted(mut described: Json) -> Json {
    for left_out in ["description", "label", "options"] {
        if tokens(&described.to_string()) <= Detail::Full.tokens() {
            break;
        }
        for field in described["fields"].as_array_mut().into_iter().flatten() {
            if let Some(field) = field.as_object_mut() {
                field.remove(left_out);
            }
        }
    }
    described
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

/// Fields that every object has and nobody asks for.
const UNTOLD: [&str; 5] = ["created_via", "updated_via", "updated_by", "external_id", "deleted_at"];

/// All that an assistant needs to know of an object to query or change it.
pub(crate) fn in_full(call: &Call<'_>, object: &ObjectDef) -> Json {
    let mut json = in_short(call, object);
    json["fields"] = object
        .fields
        .iter()
        .filter(|field| !UNTOLD.contains(&field.name.as_str()))
        .map(|one| field(call, object, one))
        .collect();
    let relations = call.schema.relations(&object.name).iter();
    json["relations"] =
        relations.map(|one| json!({"name": one.name, "object": one.object, "field": one.field})).collect();
    let rights = Verb::ALL.into_iter().filter(|verb| call.actor.rights().may(*verb, &object.name));
    json["you_may"] = rights.map(Verb::name).collect();
    fitted(json)
}

/// A field, without what goes without saying.
fn field(call: &Call<'_>, object: &ObjectDef, field: &FieldDef) -> Json {
    let language = call.actor.language();
    let mut json = Map::new();
    json.insert("name".into(), json!(field.name));
    let label = field.label.text(language);
    if !says_the_same(&field.name, label) {
        json.insert("label".into(), json!(label));
    }
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
        .map(|option| match option.label.text(language) {
            label if says_the_same(&option.key, label) => json!(option.key),
            label => json!({"key": option.key, "label": label}),
        })
        .collect();
    if !options.is_empty() {
        json.insert("options".into(), json!(options));
    }
    Json::Object(json)
}

/// Whether a label says no more than the name: `next_step`, "Next step"; `account_id`, "Account".
fn says_the_same(name: &str, label: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace(['_', ' ', '-'], "");
    plain(name) == plain(label) || plain(name.trim_end_matches("_id")) == plain(label)
}
