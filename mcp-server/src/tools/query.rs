//! `crm_query`: a page of records by conditions.

use super::{Outcome, Tool, reading};
use crate::answer;
use crate::budget::{Detail, fitting, limit};
use crate::call::{Call, input};
use crate::schema;
use crm_core::query::{Filter, Query as Asked, Sort, complaint};
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
    #[serde(default)]
    detail: Detail,
}

const USUAL: usize = 20;
const MOST: usize = 200;

const FILTER: &str = r#"{"field","op","value"}, or {"and":[…]}, {"or":[…]}, {"not":…}, {"any":{"through":"tasks","filter":…}}, {"none":…} for related records. `field` may follow references: "account.industry". op: eq, ne, lt, le, gt, ge, in ([…]), between ([low,high]), contains, starts_with, is_empty (true/false), within (a period: "today", "this_week", "last_month", "next_quarter", {"last":30,"unit":"day"}). References compare with an id, users also with {"me":true}, money with a number or {"amount","currency"}."#;

impl Tool for Query {
    fn name(&self) -> &'static str {
        "crm_query"
    }

    fn define(&self, _call: &Call<'_>) -> Definition {
        let sort = json!({
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "descending": {"type": "boolean"}},
                "required": ["field"],
            },
        });
        let properties = [
            ("object", schema::plain()),
            ("filter", json!({"type": "object", "description": FILTER})),
            ("sort", sort),
            ("fields", schema::texts()),
            limit(MOST, USUAL),
            ("after", schema::text("`next` of the page before")),
            ("total", schema::text_flag("Count all that match")),
            Detail::schema(),
        ];
        let output = schema::output(
            [("records", schema::list()), ("next", schema::maybe()), ("total", schema::number())],
            &["records", "next"],
        );
        let about = "Lists records of one object by conditions, as many as fit; `next` leads on. Name the `fields` that \
                     you need. Newest first unless sorted.";
        reading(self.name(), "List records", about, schema::input(properties, &["object"]), output)
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Outcome> {
        async move {
            let given: Input = input(given)?;
            let detail = given.detail;
            let mut query = asked(call, given)?;
            loop {
                let page = call.crm.query(call.actor, &query).await?;
                let records = answer::records(call, &page.records, detail).await?;
                let fitting = fitting(&records, detail);
                // The cursor belongs to the end of a page: a page that is too long is read again, shorter.
                if fitting < records.len() {
                    query.limit = Some(fitting);
                    continue;
                }
                let mut answer = json!({"records": records, "next": page.next});
                if let Some(total) = page.total {
                    answer["total"] = json!(total);
                }
                return Ok(answer);
            }
        }
        .boxed()
    }
}

/// Reads a filter, and says what is wrong with it.
pub(super) fn filter(given: Option<Json>) -> Result<Option<Filter>> {
    if let Some(error) = given.as_ref().and_then(|filter| complaint(filter, "filter")) {
        return Err(error.into());
    }
    let filter = given.map(serde_json::from_value).transpose();
    filter.map_err(|error| Error::Malformed(format!("The filter cannot be read: {error}.")))
}

fn asked(call: &Call<'_>, input: Input) -> Result<Asked> {
    Ok(Asked {
        object: call.object(&input.object)?.name.clone(),
        filter: filter(input.filter)?,
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
