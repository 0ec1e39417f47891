//! `crm_create`: a new record.

use super::{Tool, may, object_names};
use crate::answer;
use crate::call::{Call, input};
use crate::schema;
use crate::scopes::Scopes;
use crm_core::access::Verb;
use crm_core::identity::Answered;
use crm_core::{Command, Result, Written};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition, ToolAnnotations};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};

pub(crate) struct Create;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    object: String,
    values: Map<String, Json>,
    idempotency_key: Option<String>,
}

impl Tool for Create {
    fn name(&self) -> &'static str {
        "crm_create"
    }

    fn scopes(&self) -> Scopes {
        Scopes::WRITE
    }

    fn is_permitted(&self, call: &Call<'_>) -> bool {
        may(call, Verb::Create)
    }

    fn define(&self, call: &Call<'_>) -> Definition {
        let input = schema::object(
            [
                ("object", schema::one_of(&object_names(call, Verb::Create), "Of which object.")),
                ("values", json!({"type": "object", "description": VALUES})),
                (
                    "idempotency_key",
                    schema::text(
                        "Any text of your own for this one record: a call repeated with it creates no second one.",
                    ),
                ),
            ],
            &["object", "values"],
        );
        let description = "Creates a record. Look with `search` first whether it is already there. Answers the record, \
                           and others that may be the same.";
        Definition::new(self.name(), description, input)
            .with_title("Create a record")
            .with_raw_output_schema(output())
            .with_annotations(
                ToolAnnotations::new().read_only(false).destructive(false).idempotent(false).open_world(false),
            )
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Result<Json>> {
        async move {
            let Input { object, values, idempotency_key } = input(given)?;
            let command = Command::Create { object: call.object(&object)?.name.clone(), values };
            match idempotency_key {
                Some(key) => once(call, &key, command).await,
                None => run(call, command).await,
            }
        }
        .boxed()
    }
}

/// What is said about values wherever they are given.
pub(super) const VALUES: &str = r#"Values by field name (see `crm_describe`). Dates as "2017-03-01", instants as "2017-03-01T14:00:00Z", money as {"amount": "1250.00", "currency": "USD"}, options by their key, references by id, a record of any object as {"object": "deal", "id": "…"}."#;

/// What a change answers.
pub(super) fn output() -> std::sync::Arc<JsonObject> {
    let duplicate = json!({
        "type": "object",
        "properties": {"id": {"type": "string"}, "name": {"type": "string"}, "reasons": {"type": "array", "items": {"type": "string"}}},
    });
    schema::object(
        [
            ("record", schema::record()),
            ("possible_duplicates", json!({"type": "array", "items": duplicate})),
            (
                "event",
                json!({"type": ["integer", "null"], "description": "The number of the change, by which a person can revert it."}),
            ),
        ],
        &["record"],
    )
}

/// Carries out a change and answers what became of the record.
pub(super) async fn run(call: &Call<'_>, command: Command) -> Result<Json> {
    let Written { object, id, version, sequence, record, possible_duplicates, .. } =
        call.crm.write(call.actor, command).await?;
    let record = match record {
        Some(record) => answer::record(call, &record).await?,
        // Its maker may not see it.
        None => json!({"id": id, "object": object, "version": version}),
    };
    let mut answer = json!({"record": record, "event": sequence});
    if !possible_duplicates.is_empty() {
        answer["possible_duplicates"] = json!(possible_duplicates);
    }
    Ok(answer)
}

/// Carries out a change unless it was carried out with this key before.
async fn once(call: &Call<'_>, key: &str, command: Command) -> Result<Json> {
    let request = serde_json::to_string(&command).unwrap_or_default();
    let request = hex::encode(Sha256::digest(format!("mcp crm_create {request}")));
    if let Answered::Before { answer, .. } = call.crm.take_key(call.actor, key, &request).await? {
        return Ok(answer);
    }
    const CREATED: u16 = 201;
    match run(call, command).await {
        Ok(answer) => {
            call.crm.keep_answer(call.actor, key, CREATED, &answer).await?;
            Ok(answer)
        }
        Err(error) => {
            call.crm.forget_key(call.actor, key).await?;
            Err(error)
        }
    }
}
