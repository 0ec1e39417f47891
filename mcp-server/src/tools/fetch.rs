//! `fetch`: one record as a text, in the form that assistants' connectors expect.

use super::{Tool, reading};
use crate::answer::{fields, readable};
use crate::call::{Call, input, record_id};
use crate::schema;
use crm_core::Result;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition};
use serde::Deserialize;
use serde_json::{Value as Json, json};

pub(crate) struct Fetch;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    id: String,
}

impl Tool for Fetch {
    fn name(&self) -> &'static str {
        "fetch"
    }

    fn define(&self, _call: &Call<'_>) -> Definition {
        let input = schema::object([("id", schema::text("The id that `search` gave: `deal:UUID`."))], &["id"]);
        let output = schema::object(
            [
                ("id", schema::text("The record's id.")),
                ("title", schema::text("What people call it.")),
                ("text", schema::text("Every field that is not empty, one a line.")),
                ("url", schema::text("Its page in the console.")),
                ("metadata", json!({"type": "object", "description": "Object, version and dates."})),
            ],
            &["id", "title", "text", "url", "metadata"],
        );
        Definition::new(self.name(), "Reads one record that `search` found, with all its fields.", input)
            .with_title("Read a record")
            .with_raw_output_schema(output)
            .with_annotations(reading())
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Result<Json>> {
        async move {
            let Input { id } = input(given)?;
            let (object, id) = call.record(None, &id)?;
            let record = call.crm.get(call.actor, &object.name, id).await?;
            let names = call.crm.reference_names(call.actor, std::slice::from_ref(&record)).await?.of(&record);
            let language = call.actor.language();
            let lines = fields(&record).map(|(field, value)| {
                let value = readable(field, value, names.get(&field.name), language);
                format!("{}: {value}", field.label.text(language))
            });
            Ok(json!({
                "id": record_id(&object.name, id),
                "title": format!("{}: {}", object.label.text(language), record.name()),
                "text": lines.collect::<Vec<_>>().join("\n"),
                "url": call.settings.page(&object.name, id),
                "metadata": {
                    "object": object.name, "version": record.version,
                    "created_at": record.get("created_at").to_json(), "updated_at": record.get("updated_at").to_json(),
                },
            }))
        }
        .boxed()
    }
}
