//! `GET /api-keys`.

use crate::http::caller::Caller;
use crate::http::openapi::{Operation, component, list_of, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

pub(in crate::http) fn doc() -> Operation {
    Operation::new("list_api_keys", "API keys", "One's API keys")
        .about("For those who manage users: everybody's.")
        .answer(
            200,
            "The keys, newest first, without their secrets.",
            object([("api_keys", list_of(component("ApiKey")))]),
        )
}

/// The keys, without their secrets.
pub(in crate::http) async fn handle(State(state): State<AppState>, caller: Caller) -> Result<Json<Value>, Problem> {
    Ok(Json(json!({"api_keys": state.crm.keys(&caller.actor).await?})))
}
