//! `GET /ask/preview`: how a text would be understood, while it is typed.

use super::{TAG, not_too_long};
use crate::http::caller::Caller;
use crate::http::input::Params;
use crate::http::openapi::{Operation, component};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use bots::staff::{LONGEST, Preview};
use serde::Deserialize;
use serde_json::json;

/// What is being typed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Typed {
    text: String,
}

pub(in crate::http) fn doc() -> Operation {
    Operation::new("preview_ask", TAG, "How a text would be understood")
        .required_query("text", json!({"type": "string", "maxLength": LONGEST}), "The text.")
        .answer(200, "The understanding; nothing was read or done.", component("Preview"))
}

/// How a text would be understood.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Params(typed): Params<Typed>,
) -> Result<Json<Preview>, Problem> {
    not_too_long(&typed.text)?;
    Ok(Json(state.staff.preview(&caller.actor, &typed.text).await?))
}
