//! `GET /ask/suggestions`: what the caller could ask here.

use super::TAG;
use crate::http::caller::Caller;
use crate::http::openapi::{Operation, list_of, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

pub(in crate::http) fn doc() -> Operation {
    let texts = list_of(json!({"type": "string"}));
    Operation::new("suggest_asks", TAG, "What can be asked here")
        .about("Made from the definitions and the data that the caller may see; each of them is understood.")
        .answer(200, "Questions.", object([("suggestions", texts)]))
}

/// Questions that this person could ask.
pub(in crate::http) async fn handle(State(state): State<AppState>, caller: Caller) -> Result<Json<Value>, Problem> {
    let suggestions = state.staff.suggestions(&caller.actor).await?;
    Ok(Json(json!({"suggestions": suggestions})))
}
