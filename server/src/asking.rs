//! Assistants' questions in plain language, answered as colleagues' are.

use bots::staff::Staff;
use crm_core::{Actor, Crm, Error, Result};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use kb_index::Search;
use mcp_server::{Asked, Asks, Services, Settings};
use nlu::staff::Request;
use serde_json::Value as Json;
use std::sync::Arc;

/// What assistants' tools work with.
pub(crate) fn services(crm: &Crm, search: &Search, staff: Staff, settings: Settings) -> Services {
    let asks = Asking(staff);
    Services { crm: crm.clone(), search: search.clone(), asks: Some(Arc::new(asks)), settings: Arc::new(settings) }
}

struct Asking(Staff);

impl Asks for Asking {
    fn ask<'a>(
        &'a self,
        actor: &'a Actor,
        text: &'a str,
        earlier: Option<Json>,
        limit: usize,
    ) -> BoxFuture<'a, Result<Asked>> {
        async move {
            let unreadable = |_| Error::Malformed("`context` is not that of an earlier answer.".into());
            let earlier: Option<Request> = earlier
                .filter(|earlier| !earlier.is_null())
                .map(serde_json::from_value)
                .transpose()
                .map_err(unreadable)?;
            let answer = self.0.ask(actor, text, earlier.as_ref(), limit).await?;
            let context = answer.request.as_ref().and_then(|request| serde_json::to_value(request).ok());
            let answer = serde_json::to_value(&answer).map_err(|error| Error::Internal(error.to_string()))?;
            Ok(Asked { answer, context })
        }
        .boxed()
    }
}
