//! `report_pipeline`: how the open deals stand, stage by stage.

use super::{Outcome, Tool, reading};
use crate::call::{Call, input};
use crate::schema;
use crm_core::Result;
use crm_core::access::Verb;
use crm_core::query::{Aggregate, Filter, GroupBy, Groups, Measure, Operator};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition};
use serde::Deserialize;
use serde_json::{Value as Json, json};

pub(crate) struct ReportPipeline;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    pipeline: Option<String>,
    #[serde(default)]
    mine: bool,
    closing: Option<Json>,
}

impl Tool for ReportPipeline {
    fn name(&self) -> &'static str {
        "report_pipeline"
    }

    fn is_permitted(&self, call: &Call<'_>) -> bool {
        ["deal", "stage", "pipeline"].into_iter().all(|object| call.actor.rights().may(Verb::Read, object))
    }

    fn define(&self, _call: &Call<'_>) -> Definition {
        let properties = [
            ("pipeline", schema::text("Its name")),
            ("mine", schema::flag()),
            ("closing", json!({"description": "A period as in crm_query"})),
        ];
        let output = schema::output(
            [("open", schema::list()), ("won", schema::list()), ("lost", schema::list())],
            &["open", "won", "lost"],
        );
        let about = "Open deals by stage with number, amount and expected revenue; won and lost in the period (this \
                     quarter if absent).";
        reading(self.name(), "Pipeline report", about, schema::input(properties, &[]), output)
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Outcome> {
        async move {
            let Input { pipeline, mine, closing } = input(given)?;
            let mut common = Vec::new();
            if let Some(name) = pipeline {
                common.push(Filter::eq("pipeline.name", name));
            }
            if mine {
                common.push(Filter::eq("owner_id", json!({"me": true})));
            }
            let ended = closing.clone().unwrap_or_else(|| json!("this_quarter"));
            let period = |period: Json| Filter::compare("close_date", Operator::Within, period);
            let mut open = common.clone();
            open.push(Filter::eq("is_closed", false));
            open.extend(closing.map(period));
            let closed = |won: bool| {
                let mut parts = common.clone();
                parts.extend([Filter::eq("is_closed", true), Filter::eq("is_won", won), period(ended.clone())]);
                parts
            };
            let measures = [sum("amount"), sum("expected_revenue")];
            Ok(json!({
                "open": rows(call, open, "stage_id", &measures).await?,
                "won": rows(call, closed(true), "owner_id", &measures[..1]).await?,
                "lost": rows(call, closed(false), "lost_reason", &measures[..1]).await?,
            }))
        }
        .boxed()
    }
}

fn sum(field: &str) -> Measure {
    Measure::Sum { field: field.into() }
}

async fn rows(call: &Call<'_>, which: Vec<Filter>, by: &str, sums: &[Measure]) -> Result<Vec<Json>> {
    let measures = std::iter::once(Measure::Count).chain(sums.iter().cloned()).collect();
    let group = vec![GroupBy { field: by.into(), by: None }];
    // The greatest first; the rest is left to crm_aggregate.
    const MOST: usize = 15;
    let sort = serde_json::from_value(json!({"measure": 0, "descending": true})).ok();
    let asked =
        Aggregate { object: "deal".into(), filter: Some(Filter::all(which)), group, measures, sort, top: Some(MOST) };
    let Groups { groups, .. } = call.crm.aggregate(call.actor, &asked).await?;
    let name = by.trim_end_matches("_id");
    let row = |group: crm_core::query::Group| {
        let label = group.labels.into_iter().next().flatten();
        let mut row = json!({name: label, "deals": group.values.first(), "amount": group.values.get(1)});
        if let Some(expected) = group.values.get(2) {
            row["expected_revenue"] = expected.clone();
        }
        if group.mixed_currencies {
            row["mixed_currencies"] = json!(true);
        }
        row
    };
    Ok(groups.into_iter().take(MOST).map(row).collect())
}
