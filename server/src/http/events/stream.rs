//! `GET /events/stream`: events as they happen (server-sent events).

use crate::http::caller::Caller;
use crate::http::input::Params;
use crate::http::openapi::{Operation, event_stream};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event as Message, KeepAlive, Sse};
use bots::staff::ToldTo;
use crm_core::Actor;
use crm_core::event::{EventQuery, Watch};
use futures_util::{Stream, StreamExt, stream};
use serde::Deserialize;
use serde_json::json;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::sync::watch;
use tokio::time::Interval;

/// How often a silent stream says that it is still there.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How often it is kept that whoever looks on is there.
const THERE: Duration = Duration::from_secs(120);

/// Where to go on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Start {
    after: Option<i64>,
}

pub(in crate::http) fn doc() -> Operation {
    Operation::new("stream_events", "Events", "Events as they happen")
        .about("Server-sent events named `change`; the id is the sequence, by which a client goes on after a break. One named `told`, without an id, says that the bot told the caller something by itself.")
        .query("after", json!({"type": "integer"}), "Go on after this sequence; from now on if absent.")
        .header("Last-Event-ID", json!({"type": "integer"}), "The same; browsers send it by themselves.")
        .answer(200, "The stream; its data are Events.", event_stream())
}

/// Events from now on, or from where the client left off.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Params(start): Params<Start>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Message, Infallible>>>, Problem> {
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok()).and_then(|id| id.trim().parse().ok());
    let after = match last.or(start.after) {
        Some(after) => after,
        // Fixed before the answer begins, so that nothing slips through between the two.
        None => newest(&state, &caller).await?,
    };
    let revision = state.crm.schema(&caller.actor).revision;
    let (watch, closing) = (state.crm.watch(&caller.actor, Some(after)), state.closing.subscribe());
    let told = state.staff.told();
    let there = tokio::time::interval(THERE);
    let live = Live { state, caller, watch, told, closing, revision, there };
    let hello = stream::once(async { Ok(Message::default().comment("listening")) });
    let events = stream::unfold(live, |mut live| async move { live.next().await.map(|message| (Ok(message), live)) });
    Ok(Sse::new(hello.chain(events)).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

async fn newest(state: &AppState, caller: &Caller) -> Result<i64, Problem> {
    let query = EventQuery { newest_first: true, limit: Some(1), ..EventQuery::default() };
    let events = state.crm.events(&caller.actor, &query).await?.events;
    Ok(events.first().map_or(0, |event| event.sequence))
}

/// A stream under way.
struct Live {
    state: AppState,
    caller: Caller,
    watch: Watch,
    told: broadcast::Receiver<ToldTo>,
    closing: watch::Receiver<bool>,
    revision: i64,
    there: Interval,
}

impl Live {
    /// The next message; none when the stream has to end. A client then comes back and goes on, with the rights it
    /// has by then.
    async fn next(&mut self) -> Option<Message> {
        let event = loop {
            let event = tokio::select! {
                event = self.watch.next() => Some(event),
                _ = self.closing.wait_for(|closing| *closing) => return None,
                () = told_to(&mut self.told, &self.caller.actor) => {
                    return Some(Message::default().event("told").data("{}"));
                }
                _ = self.there.tick() => None,
            };
            match event {
                Some(event) => break event,
                // Whoever looks on is there, also when nothing happens, and is no longer when their session has ended.
                None => drop(self.caller.again(&self.state).await.ok()?),
            }
        };
        let event = event.inspect_err(|error| tracing::warn!(%error, "a live stream ends")).ok()?;
        let caller = self.caller.again(&self.state).await.ok()?;
        if self.state.crm.schema(&caller.actor).revision != self.revision {
            return None;
        }
        Message::default().event("change").id(event.sequence.to_string()).json_data(event.to_json()).ok()
    }
}

/// Waits until the bot may have told the actor something by itself.
async fn told_to(told: &mut broadcast::Receiver<ToldTo>, actor: &Actor) {
    loop {
        match told.recv().await {
            Ok(to) if to.tenant == actor.tenant() && Some(to.user) == actor.who().user() => return,
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => return,
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}
