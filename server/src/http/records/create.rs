//! `POST /records/{object}`: a new record.

use super::operation;
use crate::http::answer;
use crate::http::caller::Caller;
use crate::http::input::{Input, Segments};
use crate::http::openapi::{Operation, component, create_of, record_of};
use crate::http::problem::Problem;
use crate::http::route::Described;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use crm_core::Command;
use crm_core::access::Verb;
use serde_json::{Map, Value, json};

pub(in crate::http) fn doc(described: &Described<'_>) -> Option<Operation> {
    let duplicates = json!({"type": "object", "properties": {"_possible_duplicates": {
        "type": "array", "items": component("Duplicate"), "description": "Other records that may be the same.",
    }}});
    described.may(Verb::Create).then(|| {
        operation("create", described, &format!("Create a {}", described.object.name))
            .body(create_of(described.object))
            .answer(201, "The record.", json!({"allOf": [record_of(described.object), duplicates]}))
            .problem(409)
    })
}

/// Makes a record and shows it, with others that may be the same.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments(object): Segments<String>,
    Input(values): Input<Map<String, Value>>,
) -> Result<Response, Problem> {
    let written = state.crm.write(&caller.actor, Command::Create { object, values }).await?;
    let mut response = answer::written(&state, &caller, StatusCode::CREATED, &written).await?;
    let address = format!("/api/v1/records/{}/{}", written.object, written.id);
    if let Ok(address) = HeaderValue::from_str(&address) {
        response.headers_mut().insert(header::LOCATION, address);
    }
    Ok(response)
}
