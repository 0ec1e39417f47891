//! `crm_delete`: a record put away, so that it can be brought back.

use super::change::{self, Change, Manner, Weight};
use super::{Outcome, Promises, Tool, may, writing};
use crate::call::{Call, input};
use crate::schema;
use crate::scopes::Scopes;
use crm_core::Command;
use crm_core::access::Verb;
use crm_core::record::Proposal;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition};
use serde::Deserialize;

pub(crate) struct Delete;

#[derive(Deserialize)]
struct Input {
    object: Option<String>,
    id: String,
    expected_version: Option<i64>,
    #[serde(flatten)]
    manner: Manner,
}

impl Tool for Delete {
    fn name(&self) -> &'static str {
        "crm_delete"
    }

    fn scopes(&self) -> Scopes {
        Scopes::READ.with(Scopes::DELETE)
    }

    fn is_permitted(&self, call: &Call<'_>) -> bool {
        may(call, Verb::Delete)
    }

    fn define(&self, _call: &Call<'_>) -> Definition {
        let properties = [("object", schema::plain()), ("id", schema::plain()), ("expected_version", schema::number())];
        let about = "Deletes a record; change_revert brings it back. Your person is asked.";
        let promises = Promises { destructive: true, open_world: false };
        writing(self.name(), "Delete a record", about, change::input(properties, &["id"]), promises)
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Outcome> {
        async move {
            let Input { object, id, expected_version: version, manner } = input(given)?;
            let (object, id) = call.record(object.as_deref(), &id)?;
            let record = call.crm.get(call.actor, &object.name, id).await?;
            let weight = Weight::Heavy(format!("Delete the {} «{}»?", object.name, record.name()));
            let proposal = Proposal::Commands(vec![Command::Delete { object: object.name.clone(), id, version }]);
            Change { tool: self.name(), proposal, manner: &manner, weight }.make(call).await
        }
        .boxed()
    }
}
