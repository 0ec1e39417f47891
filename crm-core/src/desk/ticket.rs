//! Tickets: what they do beyond their definition.

use crate::error::Result;
use crate::record::{Behaviour, Draft, Writing};
use crate::value::Value;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

/// Tickets keep the instants at which they were solved and closed.
#[derive(Debug)]
pub(crate) struct TicketRules;

impl Behaviour for TicketRules {
    fn before_write<'a>(&'a self, writing: &'a mut Writing<'_>, draft: &'a mut Draft) -> BoxFuture<'a, Result<()>> {
        let now = Value::DateTime(writing.now);
        async move {
            if draft.old.is_some() && !draft.changes("status") {
                return Ok(());
            }
            let status = draft.get("status").as_text().unwrap_or_default().to_owned();
            let solved = matches!(status.as_str(), "solved" | "closed");
            match (solved, draft.get("solved_at").is_null()) {
                (true, true) => draft.set("solved_at", now.clone()),
                (false, false) => draft.set("solved_at", Value::Null),
                _ => {}
            }
            draft.set("closed_at", if status == "closed" { now } else { Value::Null });
            Ok(())
        }
        .boxed()
    }
}
