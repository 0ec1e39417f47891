//! `audit_list`: what happened in the company, for those who may read its audit.

use super::{Outcome, Tool, events, reading};
use crate::budget::{Detail, limit};
use crate::call::{Call, input, record_id};
use crate::provenance;
use crate::schema;
use crate::scopes::Scopes;
use crm_core::Error;
use crm_core::access::Verb;
use crm_core::event::EventQuery;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition};
use serde::Deserialize;
use serde_json::{Value as Json, json};

pub(crate) struct AuditList;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    object: Option<String>,
    by: Option<String>,
    kind: Option<String>,
    before: Option<i64>,
    limit: Option<usize>,
    #[serde(default)]
    detail: Detail,
}

const USUAL: usize = 20;
const MOST: usize = 200;

impl Tool for AuditList {
    fn name(&self) -> &'static str {
        "audit_list"
    }

    fn scopes(&self) -> Scopes {
        Scopes::READ.with(Scopes::ADMIN)
    }

    fn is_permitted(&self, call: &Call<'_>) -> bool {
        call.actor.rights().may(Verb::Configure, "user")
    }

    fn define(&self, _call: &Call<'_>) -> Definition {
        let properties = [
            ("object", schema::plain()),
            ("by", schema::text("A user's id")),
            ("kind", schema::text("created, updated, deleted, signed_in, …")),
            ("before", schema::number()),
            limit(MOST, USUAL),
            Detail::schema(),
        ];
        let output =
            schema::output([("events", schema::list()), ("next", schema::maybe_number())], &["events", "next"]);
        let about = "The company's audit log, newest first.";
        reading(self.name(), "Audit log", about, schema::input(properties, &[]), output)
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Outcome> {
        async move {
            let Input { object, by, kind, before, limit, detail } = input(given)?;
            let object = object.map(|name| call.object(&name).map(|object| object.name.clone())).transpose()?;
            let by = by.map(|id| id.rsplit(':').next().unwrap_or_default().parse()).transpose();
            let by = by.map_err(|_| Error::field("by", "wrong_type", "`by` is the id of a user."))?;
            let limit = Some(limit.unwrap_or(USUAL).clamp(1, MOST));
            let query =
                EventQuery { after: before, newest_first: true, limit, object, by, kind, ..EventQuery::default() };
            let page = call.crm.events(call.actor, &query).await?;
            Ok(events::page(&page, detail, |event| {
                let mut json = events::event(event, detail);
                json.insert("record".into(), json!(record_id(&event.object, event.record_id)));
                json.insert("name".into(), json!(provenance::one_line(&event.record_name)));
                Json::Object(json)
            }))
        }
        .boxed()
    }
}
