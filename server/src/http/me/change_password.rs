//! `PUT /me/password`: one's own password.

use crate::http::caller::Caller;
use crate::http::input::Input;
use crate::http::openapi::{Operation, component, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::json;

/// The old password, as proof, and the new one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Passwords {
    current: String,
    new: String,
}

pub(in crate::http) fn doc() -> Operation {
    let input = object([("current", json!({"type": "string"})), ("new", component("NewPassword"))]);
    Operation::new("change_my_password", "Session", "Change one's own password")
        .about("Ends the person's other sessions.")
        .body(input)
        .empty(204, "Changed.")
}

/// Changes it.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Input(input): Input<Passwords>,
) -> Result<StatusCode, Problem> {
    let Some(session) = caller.session else {
        return Err(Problem::forbidden("A key cannot change its person's password.").hint("Sign in to do that."));
    };
    state.crm.change_password(&caller.actor, &input.current, &input.new, session).await?;
    Ok(StatusCode::NO_CONTENT)
}
