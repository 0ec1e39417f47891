//! `PATCH /records/{object}/{id}`: changing fields.

use super::operation;
use crate::http::answer;
use crate::http::caller::Caller;
use crate::http::input::{Input, Seen, Segments};
use crate::http::openapi::{Operation, record_of, update_of};
use crate::http::problem::Problem;
use crate::http::route::Described;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use crm_core::Command;
use crm_core::access::Verb;
use serde_json::{Map, Value};
use uuid::Uuid;

pub(in crate::http) fn doc(described: &Described<'_>) -> Option<Operation> {
    described.may(Verb::Update).then(|| {
        operation("change", described, &format!("Change a {}", described.object.name))
            .about("Fields that are named are set, null clears them, all others stay. With `If-Match`, a record that was changed since is not.")
            .if_match()
            .body(update_of(described.object))
            .answer(200, "The record.", record_of(described.object))
            .problem(409)
            .problem(412)
    })
}

/// Changes the fields that are named, and shows the record.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments((object, id)): Segments<(String, Uuid)>,
    Seen(version): Seen,
    Input(values): Input<Map<String, Value>>,
) -> Result<Response, Problem> {
    let written = state.crm.write(&caller.actor, Command::Update { object, id, version, values }).await?;
    answer::written(&state, &caller, StatusCode::OK, &written).await
}
