//! `POST /batches/{id}/revert`: undo of many changes that were made together.

use super::{reverted, reverted_schema};
use crate::http::caller::Caller;
use crate::http::input::Segments;
use crate::http::openapi::Operation;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use serde_json::Value;
use uuid::Uuid;

pub(in crate::http) fn doc() -> Operation {
    Operation::new("revert_batch", "Events", "Undo a bulk operation, an import or a merge")
        .answer(200, "What was written last.", reverted_schema())
        .problem(409)
}

/// Undoes all changes of a batch, or none.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments(batch): Segments<Uuid>,
) -> Result<Json<Value>, Problem> {
    let written = state.crm.revert_batch(&caller.actor, batch).await?;
    Ok(Json(reverted(&state, &caller, &written).await?))
}
