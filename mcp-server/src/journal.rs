//! Remembering every call for the company's administrators, beside the log: what was read too, and what was refused.
//!
//! A call is remembered after it was answered, so that nobody waits for it. What it changed stands in the log, in the
//! transaction of the change.

use crate::call::Call;
use crate::caller::Caller;
use crate::tools::{Outcome, Stop};
use crm_core::Crm;
use crm_core::identity::oauth::{CallOutcome, NewCall};
use rmcp::model::JsonObject;
use serde_json::Value as Json;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// How many calls may wait to be remembered; who calls faster than that is answered later.
const WAITING: u32 = 1_000;
/// How often calls are written.
const EVERY: Duration = Duration::from_millis(50);

/// Remembers calls. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Journal {
    crm: Crm,
    room: Arc<Semaphore>,
    began: Instant,
}

impl Journal {
    pub(crate) fn new(crm: &Crm) -> Self {
        Self { crm: crm.clone(), room: Arc::new(Semaphore::new(WAITING as usize)), began: Instant::now() }
    }

    /// Remembers a call, in its own time.
    pub(crate) async fn tell(&self, caller: &Caller, called: &str, about: Option<String>, outcome: CallOutcome) {
        tracing::info!(called, client = %caller.client, ?outcome, "assistant called");
        let Ok(place) = self.room.clone().acquire_owned().await else { return };
        let (crm, actor) = (self.crm.clone(), caller.actor.clone());
        let call = NewCall { called: called.to_owned(), about, outcome };
        let until_written = self.until_written();
        tokio::spawn(async move {
            tokio::time::sleep(until_written).await;
            if let Err(error) = crm.remember_call(&actor, &call).await {
                tracing::error!(%error, called = call.called, "a call was not remembered");
            }
            drop(place);
        });
    }

    /// How long until calls are written next: all that are told meanwhile are, in one transaction.
    fn until_written(&self) -> Duration {
        let since = self.began.elapsed().as_nanos() % EVERY.as_nanos();
        EVERY.saturating_sub(Duration::from_nanos(u64::try_from(since).unwrap_or_default()))
    }

    /// Waits until all is remembered.
    pub(crate) async fn close(&self) {
        // It is never closed, so there is nothing to fail.
        let _ = self.room.acquire_many(WAITING).await;
    }
}

/// What came of a call of a tool.
pub(crate) fn of(answer: &Outcome) -> CallOutcome {
    match answer {
        Err(Stop::Ask(_) | Stop::Show { .. }) => CallOutcome::Asked,
        Ok(answer) | Err(Stop::Answer(answer)) if answer["status"] == "needs_confirmation" => CallOutcome::Asked,
        Ok(_) | Err(Stop::Answer(_) | Stop::Later(_)) => CallOutcome::Done,
        Err(Stop::Failed(crm_core::Error::Forbidden { .. })) => CallOutcome::Refused,
        Err(Stop::Failed(_)) => CallOutcome::Failed,
    }
}

/// Which record or object a call names: nothing else of what it says.
pub(crate) fn about(call: &Call<'_>, input: &JsonObject) -> Option<String> {
    let text = |name: &str| input.get(name).and_then(Json::as_str);
    let object = text("object").and_then(|name| call.object(name).ok()).map(|object| object.name.clone());
    let named = ["id", "about"].into_iter().find_map(text);
    let record = named.and_then(|id| call.record(object.as_deref().or(Some("conversation")), id).ok());
    record.map(|(object, id)| crate::call::record_id(&object.name, id)).or(object)
}

/// What came of reading a resource.
pub(crate) fn of_reading<T>(read: &crm_core::Result<T>) -> CallOutcome {
    if read.is_ok() { CallOutcome::Done } else { CallOutcome::Failed }
}

/// The address of a resource, if it is one of ours and about an object that the caller knows.
pub(crate) fn named(call: &Call<'_>, uri: &str) -> Option<String> {
    const LONGEST: usize = 120;
    let (_, path) = uri.split_once("://")?;
    let object = path.split('/').find(|part| call.schema.object(part).is_some())?;
    let id = path.split('/').find_map(|part| part.parse::<uuid::Uuid>().ok());
    let told = id.map_or_else(|| object.to_owned(), |id| crate::call::record_id(object, id));
    (told.len() <= LONGEST).then_some(told)
}
