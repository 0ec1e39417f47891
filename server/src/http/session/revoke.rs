//! `DELETE /sessions/{id}`: signing another browser out.

use crate::http::caller::Caller;
use crate::http::input::Segments;
use crate::http::openapi::Operation;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use uuid::Uuid;

pub(in crate::http) fn doc() -> Operation {
    Operation::new("revoke_session", "Session", "End a session").empty(204, "It is ended.")
}

/// Ends a session at once.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments(id): Segments<Uuid>,
) -> Result<StatusCode, Problem> {
    state.crm.revoke_session(&caller.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
