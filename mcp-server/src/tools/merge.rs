//! `crm_merge`: records that are the same, put into one.

use super::change::{self, Change, Manner, Weight};
use super::{Outcome, Promises, Tool, may, writing};
use crate::call::{Call, input};
use crate::schema;
use crate::scopes::Scopes;
use crm_core::access::Verb;
use crm_core::record::Proposal;
use crm_core::{Command, Error};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition};
use serde::Deserialize;
use serde_json::{Map, Value as Json};

pub(crate) struct Merge;

#[derive(Deserialize)]
struct Input {
    object: Option<String>,
    id: String,
    from: Vec<String>,
    values: Option<Map<String, Json>>,
    #[serde(flatten)]
    manner: Manner,
}

impl Tool for Merge {
    fn name(&self) -> &'static str {
        "crm_merge"
    }

    fn scopes(&self) -> Scopes {
        Scopes::READ.with(Scopes::WRITE).with(Scopes::DELETE)
    }

    fn is_permitted(&self, call: &Call<'_>) -> bool {
        may(call, Verb::Update) && may(call, Verb::Delete)
    }

    fn define(&self, _call: &Call<'_>) -> Definition {
        let properties = [
            ("object", schema::plain()),
            ("id", schema::text("The one that stays")),
            ("from", schema::texts()),
            ("values", schema::any()),
        ];
        let about = "Merges the records `from` into one, which gets `values`. Your person is asked.";
        let promises = Promises { destructive: true, open_world: false };
        writing(self.name(), "Merge records", about, change::input(properties, &["id", "from"]), promises)
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Outcome> {
        async move {
            let Input { object, id, from, values, manner } = input(given)?;
            let (object, id) = call.record(object.as_deref(), &id)?;
            let mut others = Vec::new();
            let mut names = Vec::new();
            for other in &from {
                let (of, other) = call.record(Some(&object.name), other)?;
                if of.name != object.name {
                    return Err(Error::field("from", "wrong_type", "Only records of one object can be merged.").into());
                }
                names.push(format!("«{}»", call.crm.get(call.actor, &of.name, other).await?.name()));
                others.push(other);
            }
            let stays = call.crm.get(call.actor, &object.name, id).await?;
            let weight = Weight::Heavy(format!("Merge {} into {} «{}»?", names.join(", "), object.name, stays.name()));
            let command =
                Command::Merge { object: object.name.clone(), id, from: others, values: values.unwrap_or_default() };
            let proposal = Proposal::Commands(vec![command]);
            Change { tool: self.name(), proposal, manner: &manner, weight }.make(call).await
        }
        .boxed()
    }
}
