//! `crm_update`: changes of a record.

use super::create::{VALUES, output, run};
use super::{Tool, may, object_names};
use crate::call::{Call, input};
use crate::schema;
use crate::scopes::Scopes;
use crm_core::access::Verb;
use crm_core::{Command, Result};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition, ToolAnnotations};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

pub(crate) struct Update;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    object: Option<String>,
    id: String,
    values: Map<String, Json>,
    expected_version: Option<i64>,
}

impl Tool for Update {
    fn name(&self) -> &'static str {
        "crm_update"
    }

    fn scopes(&self) -> Scopes {
        Scopes::WRITE
    }

    fn is_permitted(&self, call: &Call<'_>) -> bool {
        may(call, Verb::Update)
    }

    fn define(&self, call: &Call<'_>) -> Definition {
        let version = json!({
            "type": "integer",
            "description": "The version of the record that you have read. If somebody changed it since, nothing is written and you are told what changed.",
        });
        let input = schema::object(
            [
                (
                    "object",
                    schema::one_of(&object_names(call, Verb::Update), "Of which object; not needed if the id says it."),
                ),
                ("id", schema::text("The record's id, as `UUID` or `deal:UUID`.")),
                (
                    "values",
                    json!({"type": "object", "description": format!("Only what changes; null empties a field. {VALUES}")}),
                ),
                ("expected_version", version),
            ],
            &["id", "values"],
        );
        let description = "Changes fields of a record. Read it first, give its version as `expected_version`, and \
                           tell the person what will change.";
        Definition::new(self.name(), description, input)
            .with_title("Change a record")
            .with_raw_output_schema(output())
            .with_annotations(
                ToolAnnotations::new().read_only(false).destructive(true).idempotent(true).open_world(false),
            )
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Result<Json>> {
        async move {
            let Input { object, id, values, expected_version: version } = input(given)?;
            let (object, id) = call.record(object.as_deref(), &id)?;
            run(call, Command::Update { object: object.name.clone(), id, version, values }).await
        }
        .boxed()
    }
}
