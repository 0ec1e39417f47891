//! `PUT /users/{id}/password`: an administrator gives somebody a password.

use crate::http::caller::Caller;
use crate::http::input::{Input, Segments};
use crate::http::openapi::{Operation, component, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use uuid::Uuid;

/// The password to be.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewPassword {
    new: String,
}

pub(in crate::http) fn doc() -> Operation {
    Operation::new("set_user_password", "Session", "Give a user a password")
        .body(object([("new", component("NewPassword"))]))
        .empty(204, "It is set; the user's sessions are ended.")
}

/// Sets the password of a user.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments(id): Segments<Uuid>,
    Input(input): Input<NewPassword>,
) -> Result<StatusCode, Problem> {
    state.crm.set_password(&caller.actor, id, &input.new).await?;
    Ok(StatusCode::NO_CONTENT)
}
