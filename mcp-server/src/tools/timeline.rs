//! `crm_timeline`: what happened to a record.

use super::{Outcome, Tool, events, reading};
use crate::budget::{Detail, limit};
use crate::call::{Call, input};
use crate::schema;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition};
use serde::Deserialize;
use serde_json::Value as Json;

pub(crate) struct Timeline;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    object: Option<String>,
    id: String,
    before: Option<i64>,
    limit: Option<usize>,
    #[serde(default)]
    detail: Detail,
}

const USUAL: usize = 20;
const MOST: usize = 200;

impl Tool for Timeline {
    fn name(&self) -> &'static str {
        "crm_timeline"
    }

    fn define(&self, _call: &Call<'_>) -> Definition {
        let properties = [
            ("object", schema::plain()),
            ("id", schema::plain()),
            ("before", schema::number()),
            limit(MOST, USUAL),
            Detail::schema(),
        ];
        let output =
            schema::output([("events", schema::list()), ("next", schema::maybe_number())], &["events", "next"]);
        let about = "Who changed what of a record, when and through what, newest first. `event` is the number for \
                     change_revert; `next` is the `before` of the next page.";
        reading(self.name(), "History of a record", about, schema::input(properties, &["id"]), output)
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Outcome> {
        async move {
            let Input { object, id, before, limit, detail } = input(given)?;
            let (object, id) = call.record(object.as_deref(), &id)?;
            let limit = limit.unwrap_or(USUAL).clamp(1, MOST);
            let events = call.crm.timeline(call.actor, &object.name, id, before, limit).await?;
            Ok(events::page(&events, detail, |event| Json::Object(events::event(event, detail))))
        }
        .boxed()
    }
}
