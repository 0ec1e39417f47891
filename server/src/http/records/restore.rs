//! `POST /records/{object}/{id}/restore`.

use super::operation;
use crate::http::answer;
use crate::http::caller::Caller;
use crate::http::input::Segments;
use crate::http::openapi::{Operation, record_of};
use crate::http::problem::Problem;
use crate::http::route::Described;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use crm_core::Command;
use crm_core::access::Verb;
use uuid::Uuid;

pub(in crate::http) fn doc(described: &Described<'_>) -> Option<Operation> {
    described.may(Verb::Delete).then(|| {
        operation("restore", described, &format!("Bring a deleted {} back", described.object.name))
            .answer(200, "The record.", record_of(described.object))
            .problem(409)
    })
}

/// Brings a deleted record back.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments((object, id)): Segments<(String, Uuid)>,
) -> Result<Response, Problem> {
    let written = state.crm.write(&caller.actor, Command::Restore { object, id }).await?;
    answer::written(&state, &caller, StatusCode::OK, &written).await
}
