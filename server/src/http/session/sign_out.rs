//! `DELETE /session`: signing out.

use super::cookie;
use crate::http::caller::Caller;
use crate::http::openapi::Operation;
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::time::Duration;

pub(in crate::http) fn doc() -> Operation {
    Operation::new("sign_out", "Session", "Sign out").empty(204, "Signed out.")
}

/// Ends the session that the browser came with, and takes its cookie back.
pub(in crate::http) async fn handle(State(state): State<AppState>, caller: Caller) -> Result<Response, Problem> {
    let Some(session) = caller.session else {
        return Err(Problem::forbidden("A key has no session.").hint("Revoke the key instead."));
    };
    state.crm.sign_out(&caller.actor, session).await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie(&state, "", Duration::ZERO))]).into_response())
}
