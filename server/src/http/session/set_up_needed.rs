//! `GET /setup`: whether the program waits for its first company, and how people sign in.

use crate::http::openapi::{Operation, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

pub(in crate::http) fn doc() -> Operation {
    let provider = json!({
        "type": ["string", "null"],
        "description": "What the OpenID provider is called by which people may sign in at /oauth/sign-in, if there is one.",
    });
    Operation::new("set_up_needed", "Session", "Whether the first set-up is still to be done").answer(
        200,
        "Whether it is.",
        object([("needed", json!({"type": "boolean"})), ("provider", provider)]),
    )
}

/// Whether nobody can sign in yet, and the provider by which people may.
pub(in crate::http) async fn handle(State(state): State<AppState>) -> Result<Json<Value>, Problem> {
    let provider = state.oidc.as_ref().map(|provider| provider.name().to_owned());
    Ok(Json(json!({"needed": state.crm.set_up_needed().await?, "provider": provider})))
}
