//! `crm_query`: a page of records by conditions.

use super::{Tool, object_names, reading};
use crate::answer::{self, MOST_CHARACTERS, OF_MANY};
use crate::call::{Call, input};
use crate::schema;
use crm_core::access::Verb;
use crm_core::query::{Query as Asked, Sort, complaint};
use crm_core::{Error, Result};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition};
use serde::Deserialize;
use serde_json::{Value as Json, json};

pub(crate) struct Query;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    object: String,
    filter: Option<Json>,
    #[serde(default)]
    sort: Vec<Sort>,
    fields: Option<Vec<String>>,
    limit: Option<usize>,
    after: Option<String>,
    #[serde(default)]
    total: bool,
}

const USUAL: usize = 20;
const MOST: usize = 100;

const FILTER: &str = r#"Which records: a condition {"field", "op", "value"} or {"and": […]}, {"or": […]}, {"not": …}, {"any": {"through": "tasks", "filter": …}} and {"none": …} for related records. `field` may be a path through references: "account.industry". `op` is eq, ne, lt, le, gt, ge, in (list), between ([low, high]), contains, starts_with, is_empty (true or false) or within, whose value is a period such as "today", "this_week", "last_month", "next_quarter", {"last": 30, "unit": "day"}. A reference compares with an id, a user also with {"me": true}; money with {"amount", "currency"} or a number. Example: {"and": [{"field": "amount", "op": "ge", "value": 10000}, {"field": "close_date", "op": "within", "value": "this_quarter"}]}."#;

impl Tool for Query {
    fn name(&self) -> &'static str {
        "crm_query"
    }

    fn define(&self, call: &Call<'_>) -> Definition {
        let sort = json!({
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "descending": {"type": "boolean", "default": false}},
                "required": ["field"], "additionalProperties": false,
            },
            "description": "In which order; newest first if absent.",
        });
        let input = schema::object(
            [
                ("object", schema::one_of(&object_names(call, Verb::Read), "Of which object.")),
                ("filter", json!({"type": "object", "description": FILTER})),
                ("sort", sort),
                ("fields", schema::texts("Which fields; all that are not empty if absent.")),
                ("limit", schema::count(MOST, USUAL, "How many at most.")),
                ("after", schema::text("The `next` of the page before.")),
                (
                    "total",
                    json!({"type": "boolean", "default": false, "description": "Whether to count all that match."}),
                ),
            ],
            &["object"],
        );
        let output = schema::object(
            [
                ("records", json!({"type": "array", "items": schema::record()})),
                (
                    "next",
                    json!({"type": ["string", "null"], "description": "Give it as `after` for the next page; null if this is the last."}),
                ),
                ("total", json!({"type": "integer", "description": "How many match in all, if asked."})),
            ],
            &["records", "next"],
        );
        let description = "Lists records of one object by conditions, a page at a time. Long texts are cut; read one \
                           whole with `crm_get`. `crm_describe` tells the fields.";
        Definition::new(self.name(), description, input)
            .with_title("List records")
            .with_raw_output_schema(output)
            .with_annotations(reading())
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Result<Json>> {
        async move {
            let mut query = asked(call, input(given)?)?;
            loop {
                let page = call.crm.query(call.actor, &query).await?;
                let records = answer::records(call, &page.records, OF_MANY).await?;
                let mut answer = json!({"records": records, "next": page.next});
                if let Some(total) = page.total {
                    answer["total"] = json!(total);
                }
                // Assistants cut long answers off in the middle: better a shorter page.
                let limit = query.limit.unwrap_or(USUAL);
                if limit == 1 || answer.to_string().chars().count() <= MOST_CHARACTERS {
                    return Ok(answer);
                }
                query.limit = Some(limit / 2);
            }
        }
        .boxed()
    }
}

fn asked(call: &Call<'_>, input: Input) -> Result<Asked> {
    if let Some(error) = input.filter.as_ref().and_then(|filter| complaint(filter, "filter")) {
        return Err(error.into());
    }
    let filter = input.filter.map(serde_json::from_value).transpose();
    Ok(Asked {
        object: call.object(&input.object)?.name.clone(),
        filter: filter.map_err(|error| Error::Malformed(format!("The filter cannot be read: {error}.")))?,
        sort: input.sort,
        limit: Some(input.limit.unwrap_or(USUAL).clamp(1, MOST)),
        after: input.after,
        total: input.total,
        // The name says which record it is.
        fields: input.fields.map(|mut fields| {
            if !fields.iter().any(|field| field == "name") {
                fields.insert(0, "name".into());
            }
            fields
        }),
        ..Asked::default()
    })
}
