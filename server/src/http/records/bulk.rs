//! `POST /records/{object}/bulk`: many changes at once.

use super::operation;
use crate::http::answer;
use crate::http::caller::Caller;
use crate::http::input::{Input, Segments};
use crate::http::openapi::{Operation, component};
use crate::http::problem::Problem;
use crate::http::route::Described;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use crm_core::access::Verb;
use crm_core::query::{Filter, Operator, Query};
use crm_core::{Actor, Command, Crm, Written};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use uuid::Uuid;

/// Many changes to records of one object.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Bulk {
    operations: Vec<Operations>,
    #[serde(default)]
    atomic: bool,
}

/// One of the changes.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Operations {
    Create(Map<String, Value>),
    Update(Update),
    Delete(Delete),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Update {
    id: Uuid,
    #[serde(default)]
    version: Option<i64>,
    values: Map<String, Value>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Delete {
    id: Uuid,
    #[serde(default)]
    version: Option<i64>,
}

impl Operations {
    fn command(self, object: &str) -> Command {
        let object = object.to_owned();
        match self {
            Self::Create(values) => Command::Create { object, values },
            Self::Update(Update { id, version, values }) => Command::Update { object, id, version, values },
            Self::Delete(Delete { id, version }) => Command::Delete { object, id, version },
        }
    }
}

pub(in crate::http) fn doc(described: &Described<'_>) -> Option<Operation> {
    let object = described.object;
    let one = |key: &str, schema: Value| json!({"type": "object", "additionalProperties": false, "required": [key], "properties": {key: schema}});
    let (id, version) = (json!({"type": "string", "format": "uuid"}), json!({"type": ["integer", "null"]}));
    // Wrong values are told operation by operation, in an answer of 200.
    let values = |as_in: &str| json!({"type": "object", "description": format!("Values as to {as_in} a record.")});
    let mut operations = Vec::new();
    if described.may(Verb::Create) {
        operations.push(one("create", values("create")));
    }
    if described.may(Verb::Update) {
        operations.push(one(
            "update",
            json!({
                "type": "object", "additionalProperties": false, "required": ["id", "values"],
                "properties": {"id": id, "version": version, "values": values("change")},
            }),
        ));
    }
    if described.may(Verb::Delete) {
        operations.push(one(
            "delete",
            json!({
                "type": "object", "additionalProperties": false, "required": ["id"],
                "properties": {"id": id, "version": version},
            }),
        ));
    }
    let input = json!({"type": "object", "additionalProperties": false, "required": ["operations"], "properties": {
        "operations": {"type": "array", "maxItems": Crm::MOST_IN_BULK, "items": {"oneOf": operations}},
        "atomic": {"type": "boolean", "default": false, "description": "All of them or none."},
    }});
    (!operations.is_empty()).then(|| {
        operation("bulk", described, &format!("Change many {} at once", object.plural))
            .about("Each operation is answered on its own. All share a batch, by which they can be reverted together.")
            .body(input)
            .answer(200, "What became of each operation.", component("BulkAnswer"))
            .problem(409)
            .problem(412)
    })
}

/// What each change was answered with.
const CREATED: u16 = 201;
const CHANGED: u16 = 200;
const DELETED: u16 = 204;

/// Carries them out and answers each.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments(object): Segments<String>,
    Input(bulk): Input<Bulk>,
) -> Result<Json<Value>, Problem> {
    let statuses: Vec<u16> = bulk
        .operations
        .iter()
        .map(|operation| match operation {
            Operations::Create(_) => CREATED,
            Operations::Update(_) => CHANGED,
            Operations::Delete(_) => DELETED,
        })
        .collect();
    let commands = bulk.operations.into_iter().map(|operation| operation.command(&object)).collect();
    let (batch, results) = state.crm.bulk(&caller.actor, commands, bulk.atomic).await?;
    let ids: Vec<Uuid> = results.iter().flatten().map(|written| written.id).collect();
    let records = records(&state.crm, &caller.actor, &object, &ids).await?;
    let results = results.into_iter().zip(statuses).map(|(result, status)| match result {
        Ok(_) if status == DELETED => json!({"status": status}),
        Ok(written) => json!({"status": status, "record": shown(&records, &written)}),
        Err(error) => {
            let problem = Problem::from(error);
            json!({"status": problem.status.as_u16(), "problem": problem.to_json()})
        }
    });
    Ok(Json(json!({"batch": batch, "results": results.collect::<Vec<_>>()})))
}

fn shown(records: &HashMap<Uuid, Map<String, Value>>, written: &Written) -> Map<String, Value> {
    records.get(&written.id).cloned().unwrap_or_else(|| answer::bare(written))
}

/// The records as they are now, as far as the caller may see them.
async fn records(
    crm: &Crm,
    actor: &Actor,
    object: &str,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Map<String, Value>>, Problem> {
    let mut records = HashMap::with_capacity(ids.len());
    if !actor.rights().may(Verb::Read, object) {
        return Ok(records);
    }
    for ids in ids.chunks(Query::MAX_LIMIT) {
        let filter = Filter::compare("id", Operator::In, json!(ids));
        let query = Query { limit: Some(ids.len()), ..Query::of(object).filter(filter) };
        let page = crm.query(actor, &query).await?;
        records.extend(page.records.iter().map(|record| (record.id, record.to_json())));
    }
    Ok(records)
}
