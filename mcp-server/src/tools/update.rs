//! `crm_update`: changes of a record.

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
use serde_json::{Map, Value as Json, json};

pub(crate) struct Update;

#[derive(Deserialize)]
struct Input {
    object: Option<String>,
    id: String,
    values: Map<String, Json>,
    expected_version: Option<i64>,
    #[serde(flatten)]
    manner: Manner,
}

impl Tool for Update {
    fn name(&self) -> &'static str {
        "crm_update"
    }

    fn scopes(&self) -> Scopes {
        Scopes::READ.with(Scopes::WRITE)
    }

    fn is_permitted(&self, call: &Call<'_>) -> bool {
        may(call, Verb::Update)
    }

    fn define(&self, _call: &Call<'_>) -> Definition {
        let properties = [
            ("object", schema::plain()),
            ("id", schema::plain()),
            ("values", json!({"type": "object", "description": "Only what changes; null empties"})),
            ("expected_version", schema::number()),
        ];
        let about = "Changes fields of a record. Give the `version` that you read as `expected_version`: if somebody \
                     changed the record since, nothing is written and you are told what.";
        let promises = Promises { destructive: true, open_world: false };
        writing(self.name(), "Change a record", about, change::input(properties, &["id", "values"]), promises)
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Outcome> {
        async move {
            let Input { object, id, values, expected_version: version, manner } = input(given)?;
            let (object, id) = call.record(object.as_deref(), &id)?;
            let command = Command::Update { object: object.name.clone(), id, version, values };
            let proposal = Proposal::Commands(vec![command]);
            Change { tool: self.name(), proposal, manner: &manner, weight: Weight::Light }.make(call).await
        }
        .boxed()
    }
}
