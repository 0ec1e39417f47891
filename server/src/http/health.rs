//! Whether the program runs, and whether it can work.

use super::openapi::{Operation, object};
use super::problem::Problem;
use super::state::AppState;
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

pub(super) fn live_doc() -> Operation {
    Operation::new("health", "Operation", "Whether the program runs").answer(200, "It runs.", status_schema())
}

/// The program runs.
pub(super) async fn live() -> Json<Value> {
    Json(json!({"status": "ok"}))
}

pub(super) fn ready_doc() -> Operation {
    Operation::new("ready", "Operation", "Whether the program can work").answer(
        200,
        "It can: the database answers.",
        status_schema(),
    )
}

/// The database answers.
pub(super) async fn ready(State(state): State<AppState>) -> Result<Json<Value>, Problem> {
    state.crm.db().ping().await?;
    Ok(Json(json!({"status": "ready"})))
}

fn status_schema() -> Value {
    object([("status", json!({"type": "string"}))])
}
