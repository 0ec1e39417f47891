//! `GET /me`: who is signed in.

use crate::http::caller::Caller;
use crate::http::openapi::{Operation, component};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use crm_core::identity::Me;

pub(in crate::http) fn doc() -> Operation {
    Operation::new("show_me", "Session", "Who is signed in").answer(200, "The person.", component("Me"))
}

/// The person, their company and what they may administer.
pub(in crate::http) async fn handle(State(state): State<AppState>, caller: Caller) -> Result<Json<Me>, Problem> {
    Ok(Json(state.crm.me(&caller.actor).await?))
}
