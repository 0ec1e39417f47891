//! `fetch`: one record as a text, in the form that assistants' connectors expect.

use super::{Outcome, Tool, reading};
use crate::call::{Call, input};
use crate::{answer, schema};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition};
use serde::Deserialize;

pub(crate) struct Fetch;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    id: String,
}

impl Tool for Fetch {
    fn name(&self) -> &'static str {
        "fetch"
    }

    fn define(&self, _call: &Call<'_>) -> Definition {
        let input = schema::input([("id", schema::text("`deal:UUID`, as `search` gave it."))], &["id"]);
        let output = schema::output(
            [
                ("id", schema::plain()),
                ("title", schema::plain()),
                ("text", schema::plain()),
                ("url", schema::plain()),
                ("metadata", schema::any()),
            ],
            &["id", "title", "text", "url", "metadata"],
        );
        reading(self.name(), "Read a record", "Reads one record that `search` found, as text.", input, output)
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Outcome> {
        async move {
            let Input { id } = input(given)?;
            let (object, id) = call.record(None, &id)?;
            let record = call.crm.get(call.actor, &object.name, id).await?;
            Ok(answer::text(call, &record).await?)
        }
        .boxed()
    }
}
