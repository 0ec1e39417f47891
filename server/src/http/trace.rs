//! Around every request: its id, its span in the log, its measures.

use super::metrics;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;
use tracing::Instrument;
use uuid::Uuid;

pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

tokio::task_local! {
    static CURRENT: String;
}

/// The id of the request being answered; empty outside of one.
pub(super) fn request_id() -> String {
    CURRENT.try_with(Clone::clone).unwrap_or_default()
}

/// Names, logs and measures a request.
pub(super) async fn observe(request: Request, next: Next) -> Response {
    let id = given(request.headers()).unwrap_or_else(|| Uuid::now_v7().to_string());
    let method = metrics::method(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!("request", id, method, route);
    let started = Instant::now();
    let mut response = CURRENT.scope(id.clone(), next.run(request)).instrument(span.clone()).await;
    let (took, status) = (started.elapsed(), response.status().as_u16());
    metrics::request(&route, method, status, took);
    span.in_scope(|| tracing::debug!(status, ms = took.as_millis(), "answered"));
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// The id that the client or a proxy gave, if it is fit for a log.
fn given(headers: &HeaderMap) -> Option<String> {
    const LONGEST: usize = 64;
    let id = headers.get(REQUEST_ID)?.to_str().ok()?;
    let fit = |c: char| c.is_ascii_alphanumeric() || "-_.:".contains(c);
    (!id.is_empty() && id.len() <= LONGEST && id.chars().all(fit)).then(|| id.to_owned())
}
