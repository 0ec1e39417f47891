//! `GET /ask/promises`, `DELETE /ask/promises/{id}`: what the bot does for the caller by itself.

use super::TAG;
use crate::http::caller::Caller;
use crate::http::input::Segments;
use crate::http::openapi::{Operation, component, list_of, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use crm_core::Error;
use serde_json::{Value, json};
use uuid::Uuid;

pub(in crate::http) fn list_doc() -> Operation {
    Operation::new(
        "list_promises",
        TAG,
        "What the bot does for you by itself: answers it sends, reminders, what it tells",
    )
    .about("Made by saying so, such as \"send it to me every Monday at 8\".")
    .answer(200, "At most 50.", object([("promises", list_of(component("Promise")))]))
    .problem(403)
}

/// The caller's own.
pub(in crate::http) async fn list(State(state): State<AppState>, caller: Caller) -> Result<Json<Value>, Problem> {
    Ok(Json(json!({"promises": state.staff.promised(&caller.actor).await?})))
}

pub(in crate::http) fn end_doc() -> Operation {
    Operation::new("end_promise", TAG, "Have the bot stop doing something by itself")
        .empty(204, "It is stopped.")
        .problem(403)
        .problem(404)
}

/// Ends one of the caller's own.
pub(in crate::http) async fn end(
    State(state): State<AppState>,
    caller: Caller,
    Segments(id): Segments<Uuid>,
) -> Result<StatusCode, Problem> {
    if state.crm.end_promise(&caller.actor, id).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(Error::NotFound { what: format!("Promise {id}") }.into())
}
