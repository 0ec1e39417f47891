//! `change_revert`: undoing a change.

use super::change::{self, Change, Manner, Weight};
use super::{Outcome, Promises, Tool, may, writing};
use crate::call::{Call, input};
use crate::schema;
use crate::scopes::Scopes;
use crm_core::Error;
use crm_core::access::Verb;
use crm_core::record::Proposal;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition};
use serde::Deserialize;
use uuid::Uuid;

pub(crate) struct ChangeRevert;

#[derive(Deserialize)]
struct Input {
    event: Option<i64>,
    batch: Option<Uuid>,
    #[serde(flatten)]
    manner: Manner,
}

impl Tool for ChangeRevert {
    fn name(&self) -> &'static str {
        "change_revert"
    }

    fn scopes(&self) -> Scopes {
        Scopes::READ.with(Scopes::WRITE)
    }

    fn is_permitted(&self, call: &Call<'_>) -> bool {
        may(call, Verb::Update)
    }

    fn define(&self, _call: &Call<'_>) -> Definition {
        let properties = [("event", schema::number()), ("batch", schema::plain())];
        let about = "Undoes a change by its `event`, or a bulk operation by its `batch`.";
        let promises = Promises { destructive: true, open_world: false };
        writing(self.name(), "Undo a change", about, change::input(properties, &[]), promises)
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Outcome> {
        async move {
            let Input { event, batch, manner } = input(given)?;
            let proposal = match (event, batch) {
                (Some(event), None) => Proposal::Revert(event),
                (None, Some(batch)) => Proposal::RevertBatch(batch),
                _ => return Err(Error::field("event", "required", "Give `event` or `batch`.").into()),
            };
            Change { tool: self.name(), proposal, manner: &manner, weight: Weight::Light }.make(call).await
        }
        .boxed()
    }
}
