//! `POST /oauth/register`: a program introduces itself (RFC 7591).

use super::failure::Failure;
use crate::http::caller::Address;
use crate::http::input::read_body;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use crm_core::identity::oauth::ClientMetadata;
use serde_json::{Value, json};

const LONGEST: usize = 16 * 1024;

/// Registers a program. It gets no secret: programs on people's machines cannot keep one.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    Address(address): Address,
    request: Request,
) -> Result<(StatusCode, Json<Value>), Refused> {
    let (parts, body) = request.into_parts();
    let wrong = |text| Failure::new("invalid_client_metadata", text);
    let body =
        read_body(&parts.headers, body, LONGEST).await.map_err(|_| wrong("The body is too long or was broken off."))?;
    let json: Value = serde_json::from_slice(&body).map_err(|_| wrong("The body is not JSON."))?;
    let metadata = ClientMetadata::read(&json).map_err(Failure::from)?;
    state.oauth.registration(address).map_err(Failure::from)?;
    let made = state.crm.register_client(metadata).await.map_err(Failure::from)?;
    let answer = json!({
        "client_id": made.client_id,
        "client_id_issued_at": made.registered_at.as_second(),
        "client_name": made.metadata.client_name,
        "redirect_uris": made.metadata.redirect_uris,
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "token_endpoint_auth_method": "none",
    });
    Ok((StatusCode::CREATED, Json(answer)))
}

/// A refusal that the router may show.
pub(in crate::http) use super::token::Refused;
