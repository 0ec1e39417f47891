//! `POST /events/{sequence}/revert`: undo.

use super::{reverted, reverted_schema};
use crate::http::caller::Caller;
use crate::http::input::Segments;
use crate::http::openapi::Operation;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use serde_json::Value;

pub(in crate::http) fn doc() -> Operation {
    Operation::new("revert_event", "Events", "Undo a change")
        .about(
            "With it goes the whole operation that it was part of. Refused when one of its fields changed again since.",
        )
        .answer(200, "What was written.", reverted_schema())
        .problem(409)
}

/// Undoes the change that an event tells of.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments(sequence): Segments<i64>,
) -> Result<Json<Value>, Problem> {
    let written = state.crm.revert(&caller.actor, sequence).await?;
    Ok(Json(reverted(&state, &caller, &written).await?))
}
