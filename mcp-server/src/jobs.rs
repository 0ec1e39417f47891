//! The protocol's tasks: changes of many records that a client has begun and asks about later.
//!
//! Only a client that says it knows tasks is given one, and only for a change of many records that its person has agreed
//! to. What is to be done, and whether it is, are kept by [`crm_core::record::Job`]. The node that began it sets to work
//! at once; where that node dies, the next one that is asked how far it is does it instead.

use crate::caller::Caller;
use crate::explain::explain;
use crm_core::record::{JOBS_KEPT, Job, Standing};
use crm_core::{Crm, Error, Result};
use rmcp::model::{
    CallToolResult, ContentBlock, CreateTaskResult, DetailedTask, GetTaskResult, JsonObject, Task, TaskPayload,
    TaskStatus,
};
use serde::Serialize;
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// How long a client should wait between its questions.
const POLL_MS: u64 = 1_000;

/// The job that a client calls so.
///
/// # Errors
/// [`Error::NotFound`] unless this client began it for the same person.
pub(crate) async fn find(crm: &Crm, caller: &Caller, task: &str) -> Result<Job> {
    let id = task.parse().map_err(|_| Error::not_found("The task"))?;
    crm.job(&caller.actor, id).await.map_err(|error| match error {
        Error::NotFound { .. } => Error::not_found("The task"),
        other => other,
    })
}

/// Sets to work, unless it is done or somebody is at it; does not wait for it.
pub(crate) fn work(crm: &Crm, caller: &Caller, job: Uuid) {
    tokio::spawn(carry_out(crm.clone(), caller.clone(), job));
}

/// Sets to work on what a node has left that died.
pub(crate) fn go_on(crm: &Crm, caller: &Caller, job: &Job) {
    if job.standing == Standing::Working {
        work(crm, caller, job.id);
    }
}

async fn carry_out(crm: Crm, caller: Caller, job: Uuid) {
    let done = async {
        let caller = caller.again(&crm).await?;
        match crm.run_job(&caller.actor, job).await {
            // It is taken up again by whoever asks for it when the database is back.
            Err(error @ (Error::Unavailable(_) | Error::Internal(_))) => Err(error),
            Err(error) => crm.fail_job(&caller.actor, job, &explain(&error)).await,
            Ok(()) => Ok(()),
        }
    };
    if let Err(error) = done.await {
        tracing::warn!(%job, %error, "a task is left for later");
    }
}

/// What a client is told that has begun a job.
pub(crate) fn begun(job: &Job) -> CreateTaskResult {
    CreateTaskResult::new(task(job))
}

/// How far a job is, with what came of it.
pub(crate) fn told(job: &Job) -> GetTaskResult {
    let payload = match &job.standing {
        Standing::Working => TaskPayload::Working,
        Standing::Cancelled => TaskPayload::Cancelled,
        Standing::Done { batch } => {
            let answer = json!({"status": "done", "records": job.records, "batch": batch});
            TaskPayload::Completed { result: object(&CallToolResult::structured(answer)) }
        }
        // A failure is an answer that the assistant can act on, not one of the protocol.
        Standing::Failed { why } => {
            TaskPayload::Completed { result: object(&CallToolResult::error(vec![ContentBlock::text(why.as_str())])) }
        }
    };
    GetTaskResult::new(DetailedTask::new(task(job), payload))
}

fn task(job: &Job) -> Task {
    let kept = u64::try_from(JOBS_KEPT.as_millis()).unwrap_or(0);
    Task::new(job.id.to_string(), TaskStatus::Working, job.created_at.to_string(), job.updated_at.to_string())
        .with_status_message(format!("A change of {} records", job.records))
        .with_ttl_ms(kept)
        .with_poll_interval_ms(POLL_MS)
}

fn object(result: &impl Serialize) -> JsonObject {
    match serde_json::to_value(result) {
        Ok(Json::Object(object)) => object,
        _ => JsonObject::default(),
    }
}
