//! `POST /api-keys`.

use crate::http::caller::Caller;
use crate::http::input::Input;
use crate::http::openapi::{Operation, component, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

/// A key to be.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewKey {
    name: String,
    scopes: Vec<String>,
    #[serde(default)]
    expires_at: Option<Timestamp>,
}

pub(in crate::http) fn doc() -> Operation {
    let scope = json!({"type": "string", "examples": ["read", "write", "read:deal"]});
    let mut input = object([
        ("name", json!({"type": "string", "minLength": 1, "maxLength": 100})),
        ("scopes", json!({"type": "array", "items": scope, "minItems": 1})),
    ]);
    input["properties"]["expires_at"] = json!({"type": ["string", "null"], "format": "date-time"});
    let made = json!({"allOf": [component("ApiKey"), {
        "type": "object", "required": ["key"],
        "properties": {"key": {"type": "string", "description": "The secret. It is not shown again."}},
    }]});
    Operation::new("create_api_key", "API keys", "Make an API key")
        .about("The key acts for the person who made it, within its scopes.")
        .body(input)
        .answer(201, "The key, with its secret.", made)
}

/// Makes a key and shows its secret, this once.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Input(input): Input<NewKey>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let (info, secret) = state.crm.create_key(&caller.actor, &input.name, &input.scopes, input.expires_at).await?;
    let mut json = json!(info);
    json["key"] = json!(secret);
    Ok((StatusCode::CREATED, Json(json)))
}
