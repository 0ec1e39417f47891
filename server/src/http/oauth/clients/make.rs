//! `POST /oauth/clients`.

use crate::http::caller::Caller;
use crate::http::input::Input;
use crate::http::openapi::{Operation, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use crm_core::identity::oauth::NewProgram;
use mcp_server::Scopes;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

/// A program to be.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewClient {
    name: String,
    user_id: Uuid,
    scopes: Vec<String>,
}

pub(in crate::http) fn doc() -> Operation {
    let text = || json!({"type": "string"});
    let scope = json!({"enum": Scopes::ALL.names().collect::<Vec<_>>()});
    Operation::new("make_client", "AI assistants", "Make a program that acts for a person")
        .about("For servers without a person at them: they get tokens by client credentials (`POST /oauth/token`).")
        .body(object([
            ("name", json!({"type": "string", "minLength": 1, "maxLength": 80})),
            ("user_id", json!({"type": "string", "format": "uuid"})),
            ("scopes", json!({"type": "array", "minItems": 1, "items": scope})),
        ]))
        .answer(
            201,
            "The program, with its secret, which is not shown again.",
            object([
                ("id", json!({"type": "string", "format": "uuid"})),
                ("client_id", text()),
                ("client_secret", text()),
            ]),
        )
}

/// Makes a program and shows its secret, this once.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Input(input): Input<NewClient>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let scopes = Scopes::parse(&input.scopes.join(" "))?.names().map(str::to_owned).collect();
    let new = NewProgram { name: input.name, user: input.user_id, scopes };
    let made = state.crm.make_program(&caller.actor, &new).await?;
    let json = json!({"id": made.id, "client_id": made.client_id, "client_secret": made.secret});
    Ok((StatusCode::CREATED, Json(json)))
}
