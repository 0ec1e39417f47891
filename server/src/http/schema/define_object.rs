//! `POST /schema/objects`: an object of the company's own.

use super::object_now;
use crate::http::caller::Caller;
use crate::http::input::Input;
use crate::http::openapi::{Operation, component};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use crm_core::schema::NewObject;
use serde_json::Value;

pub(in crate::http) fn doc() -> Operation {
    Operation::new("define_object", "Schema", "Define an object")
        .about("It is usable at once: records, queries, forms, search and this description have it.")
        .body(component("NewObject"))
        .answer(201, "The object.", component("Object"))
        .problem(409)
}

/// Defines an object.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Input(new): Input<NewObject>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let object = state.crm.define_object(&caller.actor, new).await?;
    Ok((StatusCode::CREATED, Json(object_now(&state, &caller, &object.name).await?)))
}
