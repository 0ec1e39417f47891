//! `DELETE /records/{object}/{id}`.

use super::operation;
use crate::http::caller::Caller;
use crate::http::input::{Seen, Segments};
use crate::http::openapi::Operation;
use crate::http::problem::Problem;
use crate::http::route::Described;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use crm_core::Command;
use crm_core::access::Verb;
use uuid::Uuid;

pub(in crate::http) fn doc(described: &Described<'_>) -> Option<Operation> {
    described.may(Verb::Delete).then(|| {
        operation("delete", described, &format!("Delete a {}", described.object.name))
            .about("It can be restored.")
            .if_match()
            .empty(204, "It is deleted.")
            .problem(409)
            .problem(412)
    })
}

/// Deletes the record so that it can be restored.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments((object, id)): Segments<(String, Uuid)>,
    Seen(version): Seen,
) -> Result<StatusCode, Problem> {
    state.crm.write(&caller.actor, Command::Delete { object, id, version }).await?;
    Ok(StatusCode::NO_CONTENT)
}
