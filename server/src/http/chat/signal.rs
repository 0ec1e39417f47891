//! `POST /conversations/{id}/signal`: an agent types, or has read.

use crate::http::caller::Caller;
use crate::http::input::{Input, Segments};
use crate::http::openapi::Operation;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use bots::live::{Side, Signal, What};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

/// What the agent does.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Doing {
    typing: Option<bool>,
    read: Option<i64>,
}

pub(in crate::http) fn doc() -> Operation {
    Operation::new("signal_conversation", "Conversations", "Tell the customer that you type or have read")
        .body(json!({
            "type": "object", "additionalProperties": false,
            "properties": {"typing": {"type": "boolean"}, "read": {"type": "integer", "format": "int64"}},
        }))
        .empty(204, "Told to whoever looks.")
        .problem(404)
}

/// Tells whoever looks at the conversation.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments(id): Segments<Uuid>,
    Input(doing): Input<Doing>,
) -> Result<StatusCode, Problem> {
    state.crm.get(&caller.actor, "conversation", id).await?;
    if let Some(sequence) = doing.read {
        state.crm.agent_read(&caller.actor, id, sequence).await?;
    }
    let me = match caller.actor.who().user() {
        Some(user) => state.crm.get(&caller.actor, "user", user).await.ok(),
        None => None,
    };
    let name = me.as_ref().map(|me| me.name().to_owned());
    let picture = me.as_ref().and_then(|me| me.get("picture").as_text().map(str::to_owned));
    for what in doing.typing.map(What::Typing).into_iter().chain(doing.read.map(What::Read)) {
        let (name, picture) = (name.clone(), picture.clone());
        state.live.send(caller.actor.tenant(), Signal { conversation: id, from: Side::Agent, name, picture, what });
    }
    Ok(StatusCode::NO_CONTENT)
}
