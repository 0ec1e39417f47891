//! `DELETE /oauth/consents/{id}`.

use crate::http::caller::Caller;
use crate::http::input::Segments;
use crate::http::openapi::Operation;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use uuid::Uuid;

pub(in crate::http) fn doc() -> Operation {
    Operation::new("withdraw_consent", "AI assistants", "Take back what a program was allowed")
        .about("One's own; those who manage users may take back anybody's.")
        .empty(204, "Its tokens have ended.")
}

/// Takes a consent back: the program's tokens end at once.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments(id): Segments<Uuid>,
) -> Result<StatusCode, Problem> {
    state.crm.withdraw_consent(&caller.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
