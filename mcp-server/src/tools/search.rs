//! `search`: records by words, in the form that assistants' connectors expect.

use super::{Outcome, Tool, reading};
use crate::budget::{Detail, fitting, limit};
use crate::call::{Call, input, record_id};
use crate::provenance;
use crate::schema;
use crm_core::Result;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition};
use serde::Deserialize;
use serde_json::json;

pub(crate) struct Search;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    query: String,
    objects: Option<Vec<String>>,
    limit: Option<usize>,
}

const USUAL: usize = 10;
const MOST: usize = 50;

impl Tool for Search {
    fn name(&self) -> &'static str {
        "search"
    }

    fn define(&self, _call: &Call<'_>) -> Definition {
        let about = "Finds records by words, names, e-mail addresses, phone numbers or numbers such as \
                     T-1042. Forgives spelling mistakes. Best first; read one with `fetch`.";
        let properties = [("query", schema::plain()), ("objects", schema::texts()), limit(MOST, USUAL)];
        let result = json!({
            "type": "object",
            "properties": {"id": {"type": "string"}, "title": {"type": "string"}, "url": {"type": "string"},
                "from_outside": {"type": "boolean"}},
            "required": ["id", "title", "url"],
        });
        let output = schema::output([("results", json!({"type": "array", "items": result}))], &["results"]);
        reading(self.name(), "Search the CRM", about, schema::input(properties, &["query"]), output)
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Outcome> {
        async move {
            let Input { query, objects, limit } = input(given)?;
            let objects = objects.map(|names| named(call, &names)).transpose()?;
            let limit = limit.unwrap_or(USUAL).clamp(1, MOST);
            let hits = call.search.search(call.crm, call.actor, &query, objects.as_deref(), limit).await?;
            let results = hits.iter().map(|hit| {
                let label =
                    call.schema.object(&hit.object).map_or("", |object| object.label.text(call.actor.language()));
                let apart = if hit.subtitle.is_empty() { String::new() } else { format!(" ({})", hit.subtitle) };
                let mut result = json!({
                    "id": record_id(&hit.object, hit.id),
                    "title": provenance::one_line(&format!("{label}: {}{apart}", hit.name)),
                    "url": call.settings.page(&hit.object, hit.id),
                });
                if provenance::may_be_outside(&hit.object) {
                    result["from_outside"] = json!(true);
                }
                result
            });
            let mut results: Vec<_> = results.collect();
            results.truncate(fitting(&results, Detail::Concise));
            Ok(json!({"results": results}))
        }
        .boxed()
    }
}

fn named(call: &Call<'_>, names: &[String]) -> Result<Vec<String>> {
    names.iter().map(|name| call.object(name).map(|object| object.name.clone())).collect()
}
