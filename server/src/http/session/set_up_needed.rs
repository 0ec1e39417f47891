//! `GET /setup`: whether the program waits for its first company.

use crate::http::openapi::{Operation, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

pub(in crate::http) fn doc() -> Operation {
    Operation::new("set_up_needed", "Session", "Whether the first set-up is still to be done").answer(
        200,
        "Whether it is.",
        object([("needed", json!({"type": "boolean"}))]),
    )
}

/// Whether nobody can sign in yet.
pub(in crate::http) async fn handle(State(state): State<AppState>) -> Result<Json<Value>, Problem> {
    Ok(Json(json!({"needed": state.crm.set_up_needed().await?})))
}
