//! `GET /conversations/signals`: who types, reads and comes, as it happens (server-sent events).

use crate::http::caller::Caller;
use crate::http::openapi::{Operation, event_stream};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::State;
use axum::response::sse::{Event as Message, KeepAlive, Sse};
use bots::live::{Look, Side, Signal, What};
use futures_util::{Stream, StreamExt, stream};
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch;
use uuid::Uuid;

/// How often a silent stream says that it is still there.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How long a caller is taken for the same before they are looked up anew.
const TRUSTED: Duration = Duration::from_secs(30);

pub(in crate::http) fn doc() -> Operation {
    Operation::new("stream_signals", "Conversations", "Who types, reads and comes, as it happens")
        .about("Server-sent events named `signal`. They do not last: what is written comes with the events.")
        .answer(200, "The stream.", event_stream())
}

/// Signals from now on, of the conversations that the caller may see.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
) -> Result<Sse<impl Stream<Item = Result<Message, Infallible>>>, Problem> {
    let look = state.live.overlook(caller.actor.tenant()).await?;
    let closing = state.closing.subscribe();
    let there = state.live.present(caller.actor.tenant());
    let live = Listening { state, caller, look, there, closing, admitted: tokio::time::Instant::now() };
    let hello = stream::once(async { Ok(Message::default().comment("listening")) });
    let signals = stream::unfold(live, |mut live| async move { live.next().await.map(|message| (Ok(message), live)) });
    Ok(Sse::new(hello.chain(signals)).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

struct Listening {
    state: AppState,
    caller: Caller,
    look: Look,
    /// Customers who were there when the stream began, still to be told.
    there: Vec<Uuid>,
    closing: watch::Receiver<bool>,
    admitted: tokio::time::Instant,
}

impl Listening {
    async fn next(&mut self) -> Option<Message> {
        while let Some(conversation) = self.there.pop() {
            if self.sees(conversation).await {
                let (from, what) = (Side::Customer, What::There(true));
                let signal = Signal { conversation, from, name: None, picture: None, what };
                return Message::default().event("signal").json_data(&signal).ok();
            }
        }
        loop {
            let signal = tokio::select! {
                signal = self.look.next() => signal,
                _ = self.closing.wait_for(|closing| *closing) => return None,
            };
            if self.admitted.elapsed() > TRUSTED {
                self.caller = self.caller.again(&self.state).await.ok()?;
                self.admitted = tokio::time::Instant::now();
            }
            let Some(signal) = signal else { continue };
            if self.sees(signal.conversation).await {
                return Message::default().event("signal").json_data(&signal).ok();
            }
        }
    }

    async fn sees(&self, conversation: Uuid) -> bool {
        self.state.crm.get(&self.caller.actor, "conversation", conversation).await.is_ok()
    }
}
