//! `GET /schema`: every object and field that exists for the caller.

use crate::http::caller::Caller;
use crate::http::openapi::{Operation, component};
use crate::http::schema_json;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use serde_json::Value;

pub(in crate::http) fn doc() -> Operation {
    Operation::new("show_schema", "Schema", "Every object and field that one may see").answer(
        200,
        "The definitions, in the caller's language.",
        component("Schema"),
    )
}

/// The definitions, in the caller's language.
pub(in crate::http) async fn handle(State(state): State<AppState>, caller: Caller) -> Json<Value> {
    let schema = state.crm.schema(&caller.actor);
    Json(schema_json::schema(&schema, &caller.actor))
}
