//! `GET /records/{object}/{id}/timeline`: the history of a record.

use super::operation;
use crate::http::caller::Caller;
use crate::http::events::shown;
use crate::http::input::{Params, Segments, limit};
use crate::http::openapi::{Operation, component};
use crate::http::problem::Problem;
use crate::http::route::Described;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use crm_core::access::Verb;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

/// Which part of the history.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Part {
    after: Option<i64>,
    limit: Option<usize>,
}

const DEFAULT_LIMIT: usize = 50;
const MAX_LIMIT: usize = 500;

pub(in crate::http) fn doc(described: &Described<'_>) -> Option<Operation> {
    described.may(Verb::Read).then(|| {
        operation("timeline_of", described, &format!("The history of a {}", described.object.name))
            .query("after", json!({"type": "integer"}), "The `next` of the page before.")
            .query(
                "limit",
                json!({"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}),
                "How many at most.",
            )
            .answer(200, "Events, newest first.", component("Events"))
    })
}

/// The record's events, newest first.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments((object, id)): Segments<(String, Uuid)>,
    Params(part): Params<Part>,
) -> Result<Json<Value>, Problem> {
    let limit = limit(part.limit, MAX_LIMIT)?.unwrap_or(DEFAULT_LIMIT);
    let events = state.crm.timeline(&caller.actor, &object, id, part.after, limit).await?;
    Ok(Json(shown(&events)))
}
