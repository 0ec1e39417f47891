//! `PATCH /schema/objects/{object}/fields/{field}`: what a custom field is called and allows.

use super::field_now;
use crate::http::caller::Caller;
use crate::http::input::{Input, Segments};
use crate::http::openapi::{Operation, component};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use crm_core::schema::FieldPatch;
use serde_json::Value;

pub(in crate::http) fn doc() -> Operation {
    Operation::new("change_field", "Schema", "Change a custom field's definition")
        .body(component("FieldPatch"))
        .answer(200, "The field.", component("Field"))
        .problem(409)
}

/// Changes what is named.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments((object, field)): Segments<(String, String)>,
    Input(patch): Input<FieldPatch>,
) -> Result<Json<Value>, Problem> {
    state.crm.change_field(&caller.actor, &object, &field, patch).await?;
    Ok(Json(field_now(&state, &caller, &object, &field).await?))
}
