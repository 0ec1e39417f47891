//! `GET /ask/conversations/{id}`: what was said in one of the caller's conversations.

use super::{TAG, shown};
use crate::http::caller::Caller;
use crate::http::input::{Params, Segments, limit};
use crate::http::openapi::{Operation, list_of, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

const LIMIT: usize = 50;
const MAX_LIMIT: usize = 200;

/// Which part of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Part {
    before: Option<i64>,
    limit: Option<usize>,
}

pub(in crate::http) fn doc() -> Operation {
    let turn = object([
        ("turn", json!({"type": "integer"})),
        ("heard", json!({"type": "string"})),
        (
            "answer",
            json!({"type": "object", "description": "The answer as it was given then; of many records the first."}),
        ),
        ("at", json!({"type": "string", "format": "date-time"})),
        ("settled", json!({"type": "boolean", "description": "Whether what it proposed was done or dropped."})),
        (
            "by_itself",
            json!({"type": "boolean", "description": "Whether the bot said it by itself; `heard` is what it is about then."}),
        ),
        (
            "unread",
            json!({"type": "boolean", "description": "Whether it was said by itself and not marked as read yet."}),
        ),
    ]);
    Operation::new("read_ask", TAG, "What was said in one of your conversations, the last first")
        .query("before", json!({"type": "integer"}), "Only turns before this one.")
        .query(
            "limit",
            json!({"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": LIMIT}),
            "How many at most.",
        )
        .answer(
            200,
            "The turns; none if it is nobody's conversation, or another's.",
            object([("turns", list_of(turn))]),
        )
        .problem(403)
}

/// The turns of a conversation.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments(conversation): Segments<Uuid>,
    Params(part): Params<Part>,
) -> Result<Json<Value>, Problem> {
    let most = limit(part.limit, MAX_LIMIT)?.unwrap_or(LIMIT);
    let turns = state.crm.staff_turns(&caller.actor, conversation, part.before, most).await?;
    Ok(Json(json!({"turns": turns.iter().map(shown).collect::<Vec<_>>()})))
}
