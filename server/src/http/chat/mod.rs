//! The website's chat over HTTP: its socket, the way round where sockets are blocked, its files, its pages; and what
//! agents' consoles hear of it that does not last.

pub(super) mod download;
pub(super) mod exchange;
pub(super) mod signal;
pub(super) mod signals;
pub(super) mod socket;
pub(super) mod upload;
pub(super) mod website;

use super::problem::Problem;
use super::state::AppState;
use axum::http::{HeaderMap, header};
use crm_core::desk::Visitor;
use tokio::sync::watch;

/// The visitor whose token the request carries.
async fn visitor(state: &AppState, headers: &HeaderMap) -> Result<Visitor, Problem> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = given.and_then(|value| value.strip_prefix("Bearer ")).ok_or_else(Problem::unauthenticated)?;
    let widget = headers.get("x-parley-widget").and_then(|value| value.to_str().ok());
    Ok(state.chat.visitor(token.trim(), widget).await?)
}

/// Waits until the server is about to stop.
async fn closed(closing: &mut watch::Receiver<bool>) {
    // An error means that nobody can say so any more: it has stopped.
    drop(closing.wait_for(|closing| *closing).await);
}
