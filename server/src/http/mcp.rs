//! `/mcp`: the same CRM for assistants, in the Model Context Protocol. Its own crate speaks the protocol; here it gets
//! the limits that every other route has.

use super::caller::Address;
use super::limits::Counted;
use super::problem::Problem;
use super::state::AppState;
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::limit::RequestBodyLimitLayer;

/// The assistants' way in.
pub(super) fn router(state: &AppState) -> Router {
    mcp_server::http(crate::asking::services(&state.crm, &state.search, (*state.mcp).clone()))
        .layer(RequestBodyLimitLayer::new(state.settings.json_limit))
        .layer(from_fn_with_state(state.clone(), limited))
}

async fn limited(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Address(address) = Address::of(&state, &parts);
    if let Err(problem) = state.limits.count(Counted::Address(address)) {
        return problem.into_response();
    }
    let answer = next.run(Request::from_parts(parts, body));
    let answer = tokio::time::timeout(state.settings.time_limit, answer).await;
    answer.unwrap_or_else(|_| Problem::timed_out().into_response())
}
