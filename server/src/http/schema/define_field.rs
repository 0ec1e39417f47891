//! `POST /schema/objects/{object}/fields`: a field of the company's own.

use super::field_now;
use crate::http::caller::Caller;
use crate::http::input::{Input, Segments};
use crate::http::openapi::{Operation, component};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::Value;

pub(in crate::http) fn doc() -> Operation {
    Operation::new("define_field", "Schema", "Add a field to an object")
        .body(component("NewField"))
        .answer(201, "The field.", component("Field"))
        .problem(409)
}

/// Adds a field.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments(object): Segments<String>,
    Input(new): Input<Value>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let field = state.crm.define_field(&caller.actor, &object, &new).await?;
    Ok((StatusCode::CREATED, Json(field_now(&state, &caller, &object, &field.name).await?)))
}
