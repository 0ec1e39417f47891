//! `GET /oauth/consents`.

use crate::http::caller::Caller;
use crate::http::openapi::{Operation, component, list_of, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

pub(in crate::http) fn doc() -> Operation {
    Operation::new("list_consents", "AI assistants", "The programs that one has let in oneself").answer(
        200,
        "What one allows them, newest first.",
        object([("consents", list_of(component("Consent")))]),
    )
}

/// What the caller allows programs.
pub(in crate::http) async fn handle(State(state): State<AppState>, caller: Caller) -> Result<Json<Value>, Problem> {
    Ok(Json(json!({"consents": state.crm.consents(&caller.actor).await?})))
}
