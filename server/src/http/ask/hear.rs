//! `POST /ask`: a text of a conversation, or a button of one of its answers.

use super::{TAG, not_too_long};
use crate::http::caller::Caller;
use crate::http::input::{Input, limit};
use crate::http::openapi::{Operation, component};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use bots::staff::{Button, LONGEST, Said, Told};
use crm_core::{Crm, FieldError};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

const LIMIT: usize = 50;
const MAX_LIMIT: usize = 1_000;

/// What is said.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Asked {
    text: Option<String>,
    press: Option<Press>,
    conversation: Option<Uuid>,
    limit: Option<usize>,
    #[serde(default)]
    yes: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Press {
    turn: i64,
    button: Button,
}

pub(in crate::http) fn doc() -> Operation {
    let button = json!({"oneOf": [
        {"enum": ["confirm", "cancel", "undo", "ask_approval"]},
        {"type": "object", "additionalProperties": false, "required": ["decline"], "properties": {"decline": {"type": "string", "maxLength": Crm::LONGEST_REASON, "description": "Why what a colleague asks for is not approved; may be empty."}}},
        {"type": "object", "additionalProperties": false, "required": ["withdraw"], "properties": {"withdraw": {"type": "string", "format": "uuid", "description": "A request for approval of one's own."}}},
        {"type": "object", "additionalProperties": false, "required": ["choose"], "properties": {"choose": {"type": "string", "format": "uuid"}}},
        {"type": "object", "additionalProperties": false, "required": ["take"], "properties": {"take": {"type": "integer", "minimum": 0, "maximum": 1000, "description": "The place of one of `offers`."}}},
        {"type": "object", "additionalProperties": false, "required": ["stop"], "properties": {"stop": {"type": "string", "format": "uuid", "description": "What the bot does by itself."}}},
        {"type": "object", "additionalProperties": false, "required": ["without"], "properties": {"without": {"type": "integer", "minimum": 0, "maximum": 1000}}},
    ]});
    let press = json!({"type": "object", "additionalProperties": false, "required": ["turn", "button"], "properties": {
        "turn": {"type": "integer", "minimum": 1, "maximum": 1_000_000_000}, "button": button,
    }});
    let said = json!({"type": "object", "additionalProperties": false, "oneOf": [{"required": ["text"]}, {"required": ["press"]}], "properties": {
        "text": {"type": "string", "minLength": 1, "maxLength": LONGEST, "examples": ["open deals closing this month"]},
        "press": press,
        "conversation": {"type": "string", "format": "uuid", "description": "Of an earlier answer; without it a new one begins."},
        "limit": {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": LIMIT},
        "yes": {"type": "boolean", "description": "Whether a proposed change is carried out at once; one that a language model understood is not.", "default": false},
    }});
    Operation::new("ask", TAG, "Ask in your own words")
        .about(
            "Answers are what the caller may see. A change is only proposed: press `confirm`, say yes, or send `yes`.",
        )
        .body(said)
        .answer(200, "The answer.", component("Told"))
        .problem(403)
        .problem(404)
        .problem(409)
}

/// The answer to a text or a button.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Input(asked): Input<Asked>,
) -> Result<Json<Told>, Problem> {
    let most = limit(asked.limit, MAX_LIMIT)?.unwrap_or(LIMIT);
    let said = match (asked.text, asked.press) {
        (Some(text), None) => Said::Text(checked(text)?),
        (None, Some(Press { turn, button })) => Said::Press { turn, button },
        _ => return Err(FieldError::new("text", "required", "Send either `text` or `press`.").into()),
    };
    let (staff, actor) = (&state.staff, &caller.actor);
    let conversation = asked.conversation.unwrap_or_else(Uuid::now_v7);
    let told = staff.hear(actor, conversation, said, most).await?;
    if !(asked.yes && told.answer.may_be_done_at_once()) {
        return Ok(Json(told));
    }
    let press = Said::Press { turn: told.turn, button: Button::Confirm };
    Ok(Json(staff.hear(actor, conversation, press, most).await?))
}

fn checked(text: String) -> Result<String, Problem> {
    if text.trim().is_empty() {
        return Err(FieldError::new("text", "required", "There is no question.")
            .hint("Say what you want to know.")
            .into());
    }
    not_too_long(&text)?;
    Ok(text)
}
