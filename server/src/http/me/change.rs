//! `PATCH /me`: one's own language and time zone.

use crate::http::caller::Caller;
use crate::http::input::Input;
use crate::http::openapi::{Operation, component};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use crm_core::identity::Me;
use serde::Deserialize;
use serde_json::json;

/// What a person sets for themselves.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Preferences {
    language: Option<String>,
    time_zone: Option<String>,
}

pub(in crate::http) fn doc() -> Operation {
    let input = json!({"type": "object", "additionalProperties": false, "properties": {
        "language": {"type": ["string", "null"], "examples": ["de"]},
        "time_zone": {"type": ["string", "null"], "examples": ["Europe/Berlin"]},
    }});
    Operation::new("change_me", "Session", "Set one's own language and time zone").body(input).answer(
        200,
        "The person.",
        component("Me"),
    )
}

/// Sets them, and shows the person as they are now.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Input(input): Input<Preferences>,
) -> Result<Json<Me>, Problem> {
    let (language, zone) = (input.language.as_deref(), input.time_zone.as_deref());
    state.crm.set_preferences(&caller.actor, language, zone).await?;
    let now = caller.again(&state).await?;
    Ok(Json(state.crm.me(&now.actor).await?))
}
