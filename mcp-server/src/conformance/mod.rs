//! What the protocol's official conformance tool looks for: tools, prompts and resources that do one thing each, for
//! anybody who asks. They go through the same transport as the CRM's, and know nothing of any company.
//!
//! What they say stands in `fixtures.json`. To add one that says something or asks the client, put it there; one that
//! does something else needs a word in [`fixtures::Does`].

mod asking;
mod fixtures;
mod handler;

use crate::settings::Settings;
use crate::transport;
use axum::Router;
use crm_core::{Error, Result};
use handler::{Fixed, Handler};
use rmcp::transport::streamable_http_server::StreamableHttpService;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use std::sync::Arc;

/// Answers over HTTP, to be nested at `/mcp`, without asking who calls: never where others than this machine can reach
/// it.
///
/// Sessions are kept, and answers are streamed, as the older protocol needs it to ask a client something; all else is
/// as in [`crate::http`].
///
/// # Errors
/// When the fixtures cannot be read.
pub fn conformance(settings: &Settings) -> Result<Router> {
    let fixed = Arc::new(Fixed::new().map_err(|error| Error::Internal(format!("the fixtures: {error}")))?);
    let config = transport::config(settings).with_legacy_session_mode(true).with_json_response(false);
    let service = StreamableHttpService::new(
        move || Ok(Handler::new(Arc::clone(&fixed))),
        Arc::new(LocalSessionManager::default()),
        config,
    );
    Ok(Router::new().route_service("/", service))
}
