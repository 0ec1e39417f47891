//! `DELETE /schema/objects/{object}`: taking an object of one's own out of use.

use crate::http::caller::Caller;
use crate::http::input::Segments;
use crate::http::openapi::Operation;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;

pub(in crate::http) fn doc() -> Operation {
    Operation::new("archive_object", "Schema", "Take a custom object out of use")
        .empty(204, "It is archived. Its records are kept, but not shown.")
        .problem(409)
}

/// Archives the object.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments(name): Segments<String>,
) -> Result<StatusCode, Problem> {
    state.crm.archive_object(&caller.actor, &name).await?;
    Ok(StatusCode::NO_CONTENT)
}
