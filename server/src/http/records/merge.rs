//! `POST /records/{object}/{id}/merge`: making one record of several.

use super::operation;
use crate::http::answer;
use crate::http::caller::Caller;
use crate::http::input::{Input, Segments};
use crate::http::openapi::{Operation, record_of, update_of};
use crate::http::problem::Problem;
use crate::http::route::Described;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use crm_core::Command;
use crm_core::access::Verb;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// What is merged.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Merge {
    from: Vec<Uuid>,
    #[serde(default)]
    values: Map<String, Value>,
}

pub(in crate::http) fn doc(described: &Described<'_>) -> Option<Operation> {
    let input = json!({"type": "object", "additionalProperties": false, "required": ["from"], "properties": {
        "from": {"type": "array", "minItems": 1, "maxItems": 20, "items": {"type": "string", "format": "uuid"},
                 "description": "The records that go."},
        "values": update_of(described.object),
    }});
    (described.may(Verb::Update) && described.may(Verb::Delete)).then(|| {
        operation("merge", described, &format!("Merge {}", described.object.plural))
            .about("What referred to the other records refers to this one; their histories go on in its own.")
            .body(input)
            .answer(200, "The record that stays.", record_of(described.object))
            .problem(409)
    })
}

/// Puts the other records into this one.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments((object, id)): Segments<(String, Uuid)>,
    Input(merge): Input<Merge>,
) -> Result<Response, Problem> {
    let command = Command::Merge { object, id, from: merge.from, values: merge.values };
    let written = state.crm.write(&caller.actor, command).await?;
    answer::written(&state, &caller, StatusCode::OK, &written).await
}
