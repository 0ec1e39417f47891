//! `GET /ask/conversations`: the caller's own conversations.

use super::TAG;
use crate::http::caller::Caller;
use crate::http::input::{Params, limit};
use crate::http::openapi::{Operation, list_of, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

const LIMIT: usize = 20;
const MAX_LIMIT: usize = 100;

/// Which part of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Part {
    before: Option<Timestamp>,
    limit: Option<usize>,
}

pub(in crate::http) fn doc() -> Operation {
    let conversation = object([
        ("id", json!({"type": "string", "format": "uuid"})),
        ("title", json!({"type": "string", "description": "What was said first."})),
        ("begun_at", json!({"type": "string", "format": "date-time"})),
    ]);
    Operation::new("list_asks", TAG, "Your conversations with the bot, the last begun first")
        .query("before", json!({"type": "string", "format": "date-time"}), "Only those that were begun before.")
        .query(
            "limit",
            json!({"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": LIMIT}),
            "How many at most.",
        )
        .answer(200, "The conversations.", object([("conversations", list_of(conversation))]))
        .problem(403)
}

/// The caller's conversations.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Params(part): Params<Part>,
) -> Result<Json<Value>, Problem> {
    let most = limit(part.limit, MAX_LIMIT)?.unwrap_or(LIMIT);
    let begun = state.crm.staff_conversations(&caller.actor, part.before, most).await?;
    let shown = begun.iter().map(|turn| json!({"id": turn.conversation, "title": turn.heard, "begun_at": turn.at}));
    Ok(Json(json!({"conversations": shown.collect::<Vec<_>>()})))
}
