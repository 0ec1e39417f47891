//! `GET /events`: the log, for programs that follow it and for people who look back.

use super::shown;
use crate::http::caller::Caller;
use crate::http::input::{Params, limit};
use crate::http::openapi::{Operation, component};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use crm_core::event::EventQuery;
use serde_json::{Value, json};

const MAX_LIMIT: usize = 500;

pub(in crate::http) fn doc() -> Operation {
    let id = || json!({"type": "string", "format": "uuid"});
    Operation::new("list_events", "Events", "What happened")
        .about("Events of records that the caller may see, each with the fields they may read. Sequences grow without gaps in the log; the caller sees gaps where they may not look.")
        .query("after", json!({"type": "integer"}), "Events after this sequence; before it, if newest first.")
        .query("newest_first", json!({"type": "boolean", "default": false}), "Go back instead of forth.")
        .query("limit", json!({"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 50}), "How many at most.")
        .query("object", json!({"type": "string"}), "Only of this object.")
        .query("record_id", id(), "Only of this record.")
        .query("by", id(), "Only by this user, or programs acting for them.")
        .query("kind", json!({"type": "string"}), "Only of this kind.")
        .answer(200, "A page of events.", component("Events"))
        .problem(404)
}

/// A page of the log.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Params(query): Params<EventQuery>,
) -> Result<Json<Value>, Problem> {
    limit(query.limit, MAX_LIMIT)?;
    Ok(Json(shown(&state.crm.events(&caller.actor, &query).await?)))
}
