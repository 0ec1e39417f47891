//! `POST /oauth/clients/{id}/block`.

use crate::http::caller::Caller;
use crate::http::input::Segments;
use crate::http::openapi::Operation;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use uuid::Uuid;

pub(in crate::http) fn doc() -> Operation {
    Operation::new("block_client", "AI assistants", "Cut a program off")
        .about("It loses, at once, what everybody has allowed it.")
        .empty(204, "It is cut off.")
}

/// Cuts a program off at once.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments(id): Segments<Uuid>,
) -> Result<StatusCode, Problem> {
    state.crm.block_client(&caller.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
