//! `crm_aggregate`: figures about records, by groups.

use super::query::filter;
use super::{Outcome, Tool, reading};
use crate::budget::{Detail, fitting};
use crate::call::{Call, input};
use crate::provenance;
use crate::schema;
use crm_core::query::{Aggregate as Asked, GroupBy, Measure, MeasureSort};
use crm_core::schema::FieldType;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition};
use serde::Deserialize;
use serde_json::{Value as Json, json};

pub(crate) struct Aggregate;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    object: String,
    filter: Option<Json>,
    #[serde(default)]
    group: Vec<GroupBy>,
    #[serde(default)]
    measures: Vec<Measure>,
    sort: Option<MeasureSort>,
    top: Option<usize>,
    #[serde(default)]
    detail: Detail,
}

impl Tool for Aggregate {
    fn name(&self) -> &'static str {
        "crm_aggregate"
    }

    fn define(&self, _call: &Call<'_>) -> Definition {
        let group = json!({
            "type": "array", "maxItems": 2, "items": {"type": "object"},
            "description": r#"{"field":"stage_id"} or {"field":"close_date","by":"month"}"#,
        });
        let measures = json!({
            "type": "array", "items": {"type": "object"},
            "description": r#"{"measure":"count"} or {"measure":"sum|avg|min|max|median|count_distinct","field":"amount"}"#,
        });
        let sort = json!({"type": "object", "description": r#"{"measure":0,"descending":true}"#});
        let properties = [
            ("object", schema::plain()),
            ("filter", json!({"type": "object", "description": "As in crm_query"})),
            ("group", group),
            ("measures", measures),
            ("sort", sort),
            ("top", schema::number()),
            Detail::schema(),
        ];
        let output = schema::output([("groups", schema::list()), ("more", schema::flag())], &["groups", "more"]);
        let about = "Counts, adds up and compares records by groups. Unlike currencies are never added: such a value is \
                     null and `mixed_currencies` true.";
        reading(self.name(), "Figures about records", about, schema::input(properties, &["object"]), output)
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Outcome> {
        async move {
            let Input { object, filter: which, group, measures, sort, top, detail } = input(given)?;
            let object = call.object(&object)?.name.clone();
            let asked = Asked { object, filter: filter(which)?, group, measures, sort, top };
            let mut groups = call.crm.aggregate(call.actor, &asked).await?;
            let fitting = fitting(&groups.groups, detail);
            groups.more |= fitting < groups.groups.len();
            groups.groups.truncate(fitting);
            let told = asked.group.iter().any(|by| !is_closed(call, &asked.object, &by.field));
            let mut answer = provenance::visible_in(json!(groups));
            if told && !groups.groups.is_empty() {
                answer["from_outside"] = json!(provenance::LABELS);
            }
            Ok(answer)
        }
        .boxed()
    }
}

/// Whether the values of a field are the company's own: options, figures, times, colleagues. Of what lies behind a path
/// that is not known.
fn is_closed(call: &Call<'_>, object: &str, field: &str) -> bool {
    let field = call.schema.object(object).and_then(|object| object.field(field));
    field.is_some_and(|field| {
        let written = matches!(
            field.kind,
            FieldType::Text | FieldType::LongText | FieldType::RichText | FieldType::Json | FieldType::AnyReference
        );
        !written && !field.kind.target().is_some_and(provenance::may_be_outside)
    })
}
