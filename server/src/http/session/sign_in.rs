//! `POST /session`: signing in with a password.

use super::{origin, signed_in};
use crate::http::caller::Address;
use crate::http::input::Input;
use crate::http::openapi::{Operation, component, object};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

/// Who wants to sign in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct SignIn {
    email: String,
    password: String,
    #[serde(default)]
    tenant: Option<String>,
}

pub(in crate::http) fn doc() -> Operation {
    let mut input = object([("email", json!({"type": "string"})), ("password", json!({"type": "string"}))]);
    input["properties"]["tenant"] = json!({
        "type": ["string", "null"], "description": "The company, where an address belongs to several.",
    });
    Operation::new("sign_in", "Session", "Sign in")
        .about("Sets the cookie `parley_session`. Programs use an API key instead.")
        .body(input)
        .answer(200, "Signed in.", component("Me"))
        .problem(401)
}

/// Opens a session.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    Address(address): Address,
    headers: HeaderMap,
    Input(input): Input<SignIn>,
) -> Result<Response, Problem> {
    let from = origin(&headers, address);
    let session = state.crm.sign_in(input.tenant.as_deref(), &input.email, &input.password, &from).await?;
    signed_in(&state, StatusCode::OK, session).await
}
