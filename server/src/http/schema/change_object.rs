//! `PATCH /schema/objects/{object}`: labels and words of an object.

use super::object_now;
use crate::http::caller::Caller;
use crate::http::input::{Input, Segments};
use crate::http::openapi::{Operation, component};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use crm_core::schema::ObjectPatch;
use serde_json::Value;

pub(in crate::http) fn doc() -> Operation {
    Operation::new("change_object", "Schema", "Change an object's definition")
        .body(component("ObjectPatch"))
        .answer(200, "The object.", component("Object"))
        .problem(409)
}

/// Changes what is named.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments(name): Segments<String>,
    Input(patch): Input<ObjectPatch>,
) -> Result<Json<Value>, Problem> {
    state.crm.change_object(&caller.actor, &name, patch).await?;
    Ok(Json(object_now(&state, &caller, &name).await?))
}
