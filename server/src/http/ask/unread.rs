//! `GET /ask/unread`, `POST /ask/conversations/{id}/read`: what the bot said by itself and was not read yet.

use super::{TAG, shown};
use crate::http::caller::Caller;
use crate::http::input::{Input, Segments};
use crate::http::openapi::{Operation, list_of, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use crm_core::FieldError;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

/// How many are told at most.
const MOST: usize = 100;

pub(in crate::http) fn list_doc() -> Operation {
    let said = object([
        ("conversation", json!({"type": "string", "format": "uuid"})),
        ("turn", json!({"type": "integer"})),
        ("title", json!({"type": "string", "description": "What it is about."})),
        ("message", json!({"type": "string", "description": "What the bot said."})),
        ("at", json!({"type": "string", "format": "date-time"})),
    ]);
    Operation::new("list_unread_asks", TAG, "What the bot told you by itself and you have not read, the last first")
        .about("The stream of events says `told` when there is more.")
        .answer(200, "At most 100.", object([("unread", list_of(said))]))
        .problem(403)
}

/// What the caller has not read.
pub(in crate::http) async fn list(State(state): State<AppState>, caller: Caller) -> Result<Json<Value>, Problem> {
    let unread = state.crm.unread_staff_turns(&caller.actor, MOST).await?;
    let unread = unread.iter().map(|turn| {
        let message = shown(turn)["answer"]["message"].as_str().unwrap_or_default().to_owned();
        json!({"conversation": turn.conversation, "turn": turn.sequence, "title": turn.heard, "message": message, "at": turn.at})
    });
    Ok(Json(json!({"unread": unread.collect::<Vec<_>>()})))
}

/// No conversation has more turns.
const LAST_TURN: i64 = 1_000_000_000;

/// Up to where it was read.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Place {
    turn: i64,
}

pub(in crate::http) fn mark_doc() -> Operation {
    let turn = json!({"type": "integer", "minimum": 1, "maximum": LAST_TURN, "description": "Up to this turn."});
    Operation::new("mark_ask_read", TAG, "Mark what the bot said in one of your conversations as read")
        .body(object([("turn", turn)]))
        .empty(204, "It is read; also if there was nothing to read.")
        .problem(403)
}

/// Marks it as read.
pub(in crate::http) async fn mark(
    State(state): State<AppState>,
    caller: Caller,
    Segments(conversation): Segments<Uuid>,
    Input(place): Input<Place>,
) -> Result<StatusCode, Problem> {
    if !(1..=LAST_TURN).contains(&place.turn) {
        let message = format!("A turn's number is from 1 to {LAST_TURN}.");
        let error = FieldError::new("turn", "out_of_range", message).value(&json!(place.turn));
        return Err(error.hint("Take it from the list of unread ones.").into());
    }
    state.crm.read_staff_turns(&caller.actor, conversation, place.turn).await?;
    Ok(StatusCode::NO_CONTENT)
}
