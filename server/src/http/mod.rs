//! The HTTP edge: REST, its OpenAPI description, live events, files and the console's pages.
//!
//! To add an endpoint: write its file (its description `doc`, its function `handle`) in the folder of its subject,
//! and list it in [`routes`]. From the list come the router, the check of who may call it, and the OpenAPI document;
//! the tests walk it. A handler is thin: it reads the input, goes through [`crm_core::Crm`] as the
//! [`Caller`](caller::Caller), and shows the answer. Whatever fails becomes a [`problem`] document.

mod answer;
mod ask;
mod caller;
mod chat;
mod console;
mod events;
mod files;
mod found_by;
mod health;
mod help;
mod idempotency;
mod input;
mod intents;
mod keys;
mod limits;
mod mcp;
mod me;
mod metrics;
mod oauth;
mod oidc;
mod openapi;
mod problem;
mod records;
mod route;
mod routes;
mod schema;
mod schema_json;
mod search;
mod security;
mod serve;
mod session;
mod state;
mod trace;

pub(crate) use files::place;
pub(crate) use serve::{Listen, Tls, serve, serve_app};
pub(crate) use state::{AppState, Settings};

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;

/// Everything that this program answers over HTTP.
pub(crate) fn app(state: AppState) -> Router {
    let mut router = Router::new();
    for route in routes::all() {
        router = router.route(route.path, route.guarded(&state));
    }
    router
        .merge(help::router(&state))
        .nest_service("/mcp", mcp::router(&state))
        .fallback(console::serve)
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(state.clone(), security::headers))
        .layer(from_fn(trace::observe))
        .with_state(state)
}

/// The fixtures of the Model Context Protocol's conformance tool, and nothing else: they answer anybody.
///
/// # Errors
/// When they cannot be read.
pub(crate) fn conformance(mcp: &mcp_server::Settings, json_limit: usize) -> crm_core::Result<Router> {
    let fixtures = mcp_server::conformance(mcp)?.layer(RequestBodyLimitLayer::new(json_limit));
    Ok(Router::new()
        .nest_service("/mcp", fixtures)
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(CompressionLayer::new())
        .layer(from_fn(trace::observe)))
}
