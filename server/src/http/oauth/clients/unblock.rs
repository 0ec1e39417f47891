//! `POST /oauth/clients/{id}/unblock`.

use crate::http::caller::Caller;
use crate::http::input::Segments;
use crate::http::openapi::Operation;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use uuid::Uuid;

pub(in crate::http) fn doc() -> Operation {
    Operation::new("unblock_client", "AI assistants", "Let a program ask people again")
        .about("One that was made by an administrator works again at once.")
        .empty(204, "It may ask again.")
}

/// Lets a program ask people again.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments(id): Segments<Uuid>,
) -> Result<StatusCode, Problem> {
    state.crm.unblock_client(&caller.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
