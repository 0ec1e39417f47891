//! `GET /oauth/clients`.

use crate::http::caller::Caller;
use crate::http::openapi::{Operation, component, list_of, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

pub(in crate::http) fn doc() -> Operation {
    Operation::new("list_clients", "AI assistants", "The programs that people have let in")
        .about("With who allows them what, and when each was last at work.")
        .answer(200, "The programs, newest first.", object([("clients", list_of(component("Client")))]))
}

/// The programs, with who allows them what.
pub(in crate::http) async fn handle(State(state): State<AppState>, caller: Caller) -> Result<Json<Value>, Problem> {
    Ok(Json(json!({"clients": state.crm.clients(&caller.actor).await?})))
}
