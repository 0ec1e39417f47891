//! What happened: the log, live and undone.

pub(super) mod list;
pub(super) mod revert;
pub(super) mod revert_batch;
pub(super) mod stream;

use super::answer;
use super::caller::Caller;
use super::openapi::component;
use super::problem::Problem;
use super::state::AppState;
use crm_core::Written;
use crm_core::event::{Event, Events};
use serde_json::{Value, json};

/// A page of events.
pub(super) fn shown(events: &Events) -> Value {
    let list: Vec<Value> = events.events.iter().map(Event::to_json).collect();
    json!({"events": list, "next": events.next})
}

/// What an undoing did.
async fn reverted(state: &AppState, caller: &Caller, written: &Written) -> Result<Value, Problem> {
    let record = match &written.record {
        Some(record) => Value::Object(answer::record(state, caller, record).await?),
        None => Value::Null,
    };
    Ok(json!({
        "object": written.object, "record_id": written.id, "version": written.version,
        "sequence": written.sequence, "batch": written.batch, "record": record,
    }))
}

fn reverted_schema() -> Value {
    json!({"type": "object", "required": ["object", "record_id", "version", "sequence", "batch", "record"], "properties": {
        "object": {"type": "string"}, "record_id": {"type": "string", "format": "uuid"}, "version": {"type": "integer"},
        "sequence": {"type": ["integer", "null"], "description": "The event that says so: reverting it does it again."},
        "batch": {"type": ["string", "null"], "format": "uuid"},
        "record": {"anyOf": [component("Record"), {"type": "null"}]},
    }})
}
