//! The long answer of a client that listens.

use super::{Follower, List, Listeners, Start, Watched};
use crate::caller::Caller;
use crate::services::Services;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use crm_core::Result;
use rmcp::RoleServer;
use rmcp::model::{SubscriptionFilter, SubscriptionsListenRequest};
use rmcp::service::{RequestContext, SubscriptionContext};
use tokio::sync::watch;

/// What long answers have in common. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Open {
    pub(super) listeners: Listeners,
    /// Turns true when they are to end.
    pub(super) closing: watch::Receiver<bool>,
}

impl Open {
    /// Long answers that end when `closing` turns true.
    pub(crate) fn until(closing: watch::Receiver<bool>) -> Self {
        Self { listeners: Listeners::default(), closing }
    }
}

/// Tells a client what changes until it goes, the server is about to stop, or the client may not know any more. A client
/// whose answer ends comes back, and is then let in or not.
///
/// # Errors
/// When the client listens too often already, or the log cannot be read.
pub(crate) async fn listen(
    services: &Services,
    caller: Caller,
    Open { listeners, mut closing }: Open,
    context: &SubscriptionContext,
) -> Result<()> {
    let _place = listeners.take(&caller)?;
    let watched = Watched::all(context.accepted().resource_subscriptions.as_deref().unwrap_or_default());
    let start = match noted(context.request_context()) {
        Some(start) => start,
        None => Start::now(services, &caller, &List::wanted(context.accepted())).await?,
    };
    let records = watched.records().len();
    let follower = Follower::new(services, caller, watched, start);
    let mut follower = if records == 0 { follower.calm() } else { follower };
    loop {
        let changed = tokio::select! {
            () = context.cancelled() => return Ok(()),
            _ = closing.wait_for(|closing| *closing) => return Ok(()),
            changed = follower.next() => changed,
        };
        let Ok(all) = changed.inspect_err(|error| tracing::info!(%error, "a client is told no more")) else {
            return Ok(());
        };
        for news in all {
            if context.sink().send(news.into()).await.is_err() {
                return Ok(());
            }
        }
    }
}

/// Where the client's listening begins, noted by [`note`] or [`begin`].
fn noted(context: &RequestContext<RoleServer>) -> Option<Start> {
    let over_http = || context.extensions.get::<Parts>()?.extensions.get::<Start>();
    context.extensions.get::<Start>().or_else(over_http).cloned()
}

/// Where a client's listening begins. To be noted before it is told that it is listened to, which this crate's handler
/// comes too late for.
pub(crate) async fn begin(services: &Services, caller: &Caller, wanted: &SubscriptionFilter) -> Option<Start> {
    let start = Start::now(services, caller, &List::wanted(wanted)).await;
    start.inspect_err(|error| tracing::info!(%error, "where a client begins to listen cannot be noted")).ok()
}

/// Bodies were limited before; this is the last wall.
const LONGEST: usize = 16 * 1024 * 1024;

/// Notes where a client's listening begins that comes over HTTP.
pub(crate) async fn note(State(services): State<Services>, request: Request, next: Next) -> Response {
    if request.headers().get("mcp-method").is_none_or(|method| method != "subscriptions/listen") {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LONGEST).await else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    if let Some(caller) = parts.extensions.get::<Caller>()
        && let Ok(SubscriptionsListenRequest { params, .. }) = serde_json::from_slice(&body)
        && let Some(start) = begin(&services, caller, &params.notifications).await
    {
        parts.extensions.insert(start);
    }
    next.run(Request::from_parts(parts, Body::from(body))).await
}
