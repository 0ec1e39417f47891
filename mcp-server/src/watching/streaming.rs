//! The stream of the older form over HTTP (`GET`): what a client is told between its answers, of lists only. It is the
//! client's own, not a session's: any node answers it, and a client that comes back after a break says by the number of
//! the last event what it had been shown, and is told what has changed since.

use super::listeners::Place;
use super::news::News;
use super::{Follower, List, Open, Shown, Start, Watched};
use crate::caller::Caller;
use crate::services::Services;
use axum::extract::{Request, State};
use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use crm_core::Result;
use futures_util::stream;
use rmcp::model::{ProtocolVersion, ServerJsonRpcMessage};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

/// How often a silent stream says that it is still there.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How long a client is to wait before it comes back.
const BACK: Duration = Duration::from_secs(3);

/// Answers a client that opens such a stream; all else goes on.
pub(crate) async fn stream(State((services, open)): State<(Services, Open)>, request: Request, next: Next) -> Response {
    if request.method() != Method::GET {
        return next.run(request).await;
    }
    let (headers, caller) = (request.headers().clone(), request.extensions().get::<Caller>().cloned());
    // The protocol's crate refuses who comes from where nobody should, and otherwise knows no such streams.
    let refusal = next.run(request).await;
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let older = header("mcp-protocol-version").is_none_or(|version| version < ProtocolVersion::V_2026_07_28.as_str());
    let Some(caller) = caller.filter(|_| older && refusal.status() == StatusCode::METHOD_NOT_ALLOWED) else {
        return refusal;
    };
    if !accepts_events(&headers) {
        return (StatusCode::NOT_ACCEPTABLE, "Such a stream is of text/event-stream only.").into_response();
    }
    // Clients before this version stumble over an event without data.
    let primed =
        header("mcp-protocol-version").is_some_and(|version| version >= ProtocolVersion::V_2025_11_25.as_str());
    match Live::begin(&services, open, caller, header("last-event-id")).await {
        Ok(live) => live.answer(primed),
        Err(error) => (StatusCode::CONFLICT, error.to_string()).into_response(),
    }
}

fn accepts_events(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|kind| {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        ["text/event-stream", "text/*", "*/*"].iter().any(|known| known.eq_ignore_ascii_case(kind))
    })
}

/// A stream under way.
struct Live {
    follower: Follower,
    open: Open,
    waiting: VecDeque<News>,
    _place: Place,
}

impl Live {
    /// Begins; with what has changed since the client was last told, if it says when that was.
    async fn begin(services: &Services, open: Open, caller: Caller, last: Option<&str>) -> Result<Self> {
        let place = open.listeners.take(&caller)?;
        let start = Start::now(services, &caller, &List::ALL).await?;
        let missed = last.and_then(Shown::read).map(|before| start.shown.since(&before)).unwrap_or_default();
        let follower = Follower::new(services, caller, Watched::default(), start).calm();
        Ok(Self { follower, open, waiting: missed.into_iter().map(News::List).collect(), _place: place })
    }

    fn answer(self, primed: bool) -> Response {
        let hello = match primed {
            true => Event::default().id(self.follower.shown().to_string()).retry(BACK).data(""),
            false => Event::default().comment("listening").retry(BACK),
        };
        let hello = stream::iter([Ok::<_, Infallible>(hello)]);
        let events = stream::unfold(self, |mut live| async move { live.next().await.map(|event| (Ok(event), live)) });
        let events = futures_util::StreamExt::chain(hello, events);
        Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response()
    }

    /// The next event; none when the stream ends. A client then comes back, and is let in or not.
    async fn next(&mut self) -> Option<Event> {
        while self.waiting.is_empty() {
            let news = tokio::select! {
                _ = self.open.closing.wait_for(|closing| *closing) => return None,
                news = self.follower.next() => news,
            };
            self.waiting.extend(news.inspect_err(|error| tracing::info!(%error, "a client is told no more")).ok()?);
        }
        let news = self.waiting.pop_front()?;
        let event = Event::default().json_data(ServerJsonRpcMessage::notification(news.into())).ok()?;
        // Only who has heard all of it has been shown this.
        Some(if self.waiting.is_empty() { event.id(self.follower.shown().to_string()) } else { event })
    }
}
