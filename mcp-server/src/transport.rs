//! The two ways in: HTTP for assistants elsewhere, standard input and output for those on this machine.

use crate::caller::Caller;
use crate::door::Door;
use crate::handler::{Handler, Key};
use crate::journal::Journal;
use crate::services::Services;
use crate::settings::Settings;
use crate::step_up;
use crate::watching::{self, Open};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use crm_core::{Crm, Error, Result, Surface};
use rmcp::transport::IntoTransport;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{RoleServer, ServiceExt};
use serde_json::json;
use std::sync::Arc;
use tokio::sync::watch;

/// Answers over HTTP, to be nested at `/mcp`. Each request has a [`Caller`] in its extensions, or carries an API key:
/// `Authorization: Bearer pk_…`. Long answers end when `closing` turns true.
pub fn http(services: Services, closing: watch::Receiver<bool>) -> Router {
    let config = config(&services.settings);
    let crm = services.crm.clone();
    let journal = Journal::new(&crm);
    let open = Open::until(closing);
    let handler = Handler::new(services.clone(), journal.clone(), Key::OfRequest, open.clone());
    let service =
        StreamableHttpService::new(move || Ok(handler.clone()), Arc::new(NeverSessionManager::default()), config);
    Router::new()
        .route_service("/", service)
        .layer(from_fn_with_state(services.clone(), watching::note))
        .layer(from_fn_with_state((services, open), watching::stream))
        .layer(from_fn_with_state(journal, step_up::check))
        .layer(from_fn_with_state(crm, authenticate))
}

/// How requests are taken. No sessions: every request stands for itself, so any node can answer it and a restart loses
/// nothing. Whoever could be led here by a page from elsewhere is refused.
pub(crate) fn config(settings: &Settings) -> StreamableHttpServerConfig {
    StreamableHttpServerConfig::default()
        .with_allowed_hosts(settings.allowed_hosts())
        .with_allowed_origins(settings.allowed_origins())
        .enforce_origin_validation()
        .with_legacy_session_mode(false)
        .with_json_response(true)
}

/// Lets through who was authenticated before, or has a key.
async fn authenticate(State(crm): State<Crm>, mut request: Request, next: Next) -> Response {
    if request.extensions().get::<Caller>().is_some() {
        return next.run(request).await;
    }
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some(key) = header.and_then(bearer) else {
        return refused(StatusCode::UNAUTHORIZED, "Send an API key as `Authorization: Bearer pk_…`.", "");
    };
    match Caller::with_key(&crm, key).await {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(Error::Unavailable(cause)) => {
            tracing::warn!(%cause, "database unavailable");
            refused(StatusCode::SERVICE_UNAVAILABLE, "The database is not available at the moment. Try again.", "")
        }
        Err(error) => refused(StatusCode::UNAUTHORIZED, &error.to_string(), ", error=\"invalid_token\""),
    }
}

/// The key of an `Authorization` header; the scheme's name has no case.
fn bearer(header: &str) -> Option<&str> {
    let (scheme, key) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}

fn refused(status: StatusCode, detail: &str, challenge: &str) -> Response {
    let code = if status == StatusCode::UNAUTHORIZED { "unauthenticated" } else { "unavailable" };
    let body = json!({
        "type": format!("urn:parley:problem:{code}"), "status": status.as_u16(), "code": code, "detail": detail,
    });
    let mut response = (status, axum::Json(body)).into_response();
    if status == StatusCode::UNAUTHORIZED
        && let Ok(challenge) = HeaderValue::from_str(&format!("Bearer realm=\"parley\"{challenge}"))
    {
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    response
}

/// Answers over standard input and output until they end, for the person of an API key.
///
/// # Errors
/// When the key is refused, or the client does not speak the protocol.
pub async fn stdio(services: Services, api_key: &str) -> Result<()> {
    over(services, api_key, rmcp::transport::stdio()).await
}

/// Answers over any transport until it ends, for the person of an API key.
///
/// # Errors
/// When the key is refused, or the client does not speak the protocol.
pub async fn over<T, E, A>(services: Services, api_key: &str, transport: T) -> Result<()>
where
    T: IntoTransport<RoleServer, E, A>,
    E: std::error::Error + Send + Sync + 'static,
{
    services.crm.key(api_key, Surface::Mcp).await?;
    let journal = Journal::new(&services.crm);
    // It ends with its client, not before.
    let (_open, closing) = watch::channel(false);
    let handler = Door(Handler::new(services, journal.clone(), Key::Fixed(api_key.into()), Open::until(closing)));
    let spoken =
        |error: &dyn std::fmt::Display| Error::Malformed(format!("The assistant ended the conversation: {error}."));
    let running = handler.serve(transport).await.map_err(|error| spoken(&error))?;
    let ended = running.waiting().await;
    journal.close().await;
    ended.map(drop).map_err(|error| spoken(&error))
}
