//! `crm_get`: one record with its typed values.

use super::{Tool, object_names, reading};
use crate::answer;
use crate::call::{Call, input};
use crate::schema;
use crm_core::Result;
use crm_core::access::Verb;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition};
use serde::Deserialize;
use serde_json::{Value as Json, json};

pub(crate) struct Get;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    object: Option<String>,
    id: String,
}

impl Tool for Get {
    fn name(&self) -> &'static str {
        "crm_get"
    }

    fn define(&self, call: &Call<'_>) -> Definition {
        let input = schema::object(
            [
                (
                    "object",
                    schema::one_of(&object_names(call, Verb::Read), "Of which object; not needed if the id says it."),
                ),
                ("id", schema::text("The record's id, as `UUID` or `deal:UUID`.")),
            ],
            &["id"],
        );
        let output = schema::object([("record", schema::record())], &["record"]);
        Definition::new(self.name(), "Reads one record with the values of its fields and its version.", input)
            .with_title("Read a record's values")
            .with_raw_output_schema(output)
            .with_annotations(reading())
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Result<Json>> {
        async move {
            let Input { object, id } = input(given)?;
            let (object, id) = call.record(object.as_deref(), &id)?;
            let record = call.crm.get(call.actor, &object.name, id).await?;
            Ok(json!({"record": answer::record(call, &record).await?}))
        }
        .boxed()
    }
}
