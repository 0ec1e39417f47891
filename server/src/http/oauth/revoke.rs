//! `POST /oauth/revoke`: a program gives a token back (RFC 7009).

use super::credential::Credential;
use super::form::Form;
use super::token::Refused;
use crate::http::state::AppState;
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, StatusCode};
use crm_core::identity::oauth::Refusal;

/// Ends the token. Whether there was one is not told.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    headers: HeaderMap,
    request: Request,
) -> Result<StatusCode, Refused> {
    let form = Form::from_request(request, &state).await?;
    let client = Credential::of(&headers, &form)?;
    match state.crm.revoke_token(&client.client_id, form.need("token")?).await {
        // Whoever is not there any more has no tokens either.
        Ok(()) | Err(Refusal::Grant) => Ok(StatusCode::OK),
        Err(refusal) => Err(refusal.into()),
    }
}
