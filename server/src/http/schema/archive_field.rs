//! `DELETE /schema/objects/{object}/fields/{field}`: taking a custom field out of use.

use crate::http::caller::Caller;
use crate::http::input::Segments;
use crate::http::openapi::Operation;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;

pub(in crate::http) fn doc() -> Operation {
    Operation::new("archive_field", "Schema", "Take a custom field out of use")
        .empty(204, "It is archived. Its values are kept, but not shown.")
        .problem(409)
}

/// Archives the field.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments((object, field)): Segments<(String, String)>,
) -> Result<StatusCode, Problem> {
    state.crm.archive_field(&caller.actor, &object, &field).await?;
    Ok(StatusCode::NO_CONTENT)
}
