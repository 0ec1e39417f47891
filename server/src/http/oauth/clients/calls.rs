//! `GET /oauth/calls`: everything that assistants called.

use crate::http::caller::Caller;
use crate::http::input::{Params, limit};
use crate::http::openapi::{Operation, component, list_of, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use crm_core::identity::oauth::CallQuery;
use serde_json::{Value, json};

const MAX_LIMIT: usize = 200;

pub(in crate::http) fn doc() -> Operation {
    let id = || json!({"type": "string", "format": "uuid"});
    Operation::new("list_assistant_calls", "AI assistants", "What assistants called")
        .about("Every call of the last 90 days, also those that only read or were refused: by which program or API key, for whom, about which record, and what came of it. What was said and answered is not kept.")
        .query("client", id(), "Only by this program, or API key.")
        .query("before", id(), "Go on from here: the `next` of the page before.")
        .query("limit", json!({"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 50}), "How many at most.")
        .answer(
            200,
            "A page of calls, newest first.",
            object([("calls", list_of(component("AssistantCall"))), ("next", json!({"type": ["string", "null"], "format": "uuid"}))]),
        )
}

/// A page of calls.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Params(query): Params<CallQuery>,
) -> Result<Json<Value>, Problem> {
    limit(query.limit, MAX_LIMIT)?;
    let (calls, next) = state.crm.calls(&caller.actor, &query).await?;
    Ok(Json(json!({"calls": calls, "next": next})))
}
