//! `GET /sessions`: where a person is signed in.

use crate::http::caller::Caller;
use crate::http::input::Params;
use crate::http::openapi::{Operation, component, list_of, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

/// Whose sessions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Whose {
    user_id: Option<Uuid>,
}

pub(in crate::http) fn doc() -> Operation {
    Operation::new("list_sessions", "Session", "Where a person is signed in")
        .query("user_id", json!({"type": "string", "format": "uuid"}), "Another person, for those who manage users.")
        .answer(200, "The sessions, last used first.", object([("sessions", list_of(component("Session")))]))
}

/// One's own sessions, or another person's.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Params(whose): Params<Whose>,
) -> Result<Json<Value>, Problem> {
    let sessions = state.crm.sessions(&caller.actor, whose.user_id).await?;
    let shown = sessions.iter().map(|session| {
        let mut json = json!(session);
        json["current"] = json!(Some(session.id) == caller.session);
        json
    });
    Ok(Json(json!({"sessions": shown.collect::<Vec<_>>()})))
}
