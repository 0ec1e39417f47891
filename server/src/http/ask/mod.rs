//! What members of staff ask in their own words, over HTTP.

pub(super) mod approvals;
pub(super) mod chart;
pub(super) mod conversations;
pub(super) mod hear;
pub(super) mod picture;
pub(super) mod preview;
pub(super) mod promises;
pub(super) mod suggestions;
pub(super) mod turns;
pub(super) mod unread;

use serde_json::{Value, json};

use super::problem::Problem;
use bots::staff::LONGEST;
use crm_core::FieldError;

const TAG: &str = "Ask";

/// Refuses a text that nobody asks at once.
fn not_too_long(text: &str) -> Result<(), Problem> {
    if text.chars().count() <= LONGEST {
        return Ok(());
    }
    let message = format!("A question has {LONGEST} characters at most.");
    Err(FieldError::new("text", "too_long", message).value(&Value::from(text)).into())
}

/// A turn of the history, as it is told.
fn shown(turn: &crm_core::desk::StaffTurn) -> Value {
    json!({"turn": turn.sequence, "heard": turn.heard, "answer": turn.answer, "at": turn.at,
        "settled": turn.settled, "by_itself": turn.promise.is_some(), "unread": turn.unread})
}
