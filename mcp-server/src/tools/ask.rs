//! `ask`: a question in plain language.

use super::{Outcome, Tool, reading};
use crate::budget::{Detail, fitting, tokens};
use crate::call::{Call, input};
use crate::provenance;
use crate::schema;
use crm_core::Error;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition};
use serde::Deserialize;
use serde_json::{Value as Json, json};

pub(crate) struct Ask;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    question: String,
    context: Option<Json>,
}

const LISTED: usize = 20;

impl Tool for Ask {
    fn name(&self) -> &'static str {
        "ask"
    }

    fn is_permitted(&self, call: &Call<'_>) -> bool {
        call.services.asks.is_some() && super::may(call, crm_core::access::Verb::Read)
    }

    fn define(&self, _call: &Call<'_>) -> Definition {
        let properties = [
            ("question", schema::plain()),
            ("context", schema::text_of("object", "`context` of the answer that this follows up")),
        ];
        let output = schema::output(
            [
                ("understood", schema::plain()),
                ("confidence", json!({"type": "number"})),
                ("kind", schema::plain()),
                ("context", json!({"type": ["object", "null"]})),
            ],
            &["understood", "confidence", "kind"],
        );
        let about = "Answers a question about the data in plain words, such as \"top 5 sellers by won revenue this \
                     quarter\", and tells how it understood it: check `understood`. Changes nothing.";
        reading(self.name(), "Ask in plain language", about, schema::input(properties, &["question"]), output)
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Outcome> {
        async move {
            let Input { question, context } = input(given)?;
            let asks = call.services.asks.as_ref().ok_or_else(|| Error::Malformed("Nobody answers here.".into()))?;
            let asked = asks.ask(call.actor, &question, context, LISTED).await?;
            let mut answer = fitted(asked.answer);
            let shows = |part: &str| !answer[part].is_null() && answer[part] != json!([]) && answer[part] != json!({});
            if ["records", "groups"].into_iter().any(shows) {
                answer["from_outside"] = json!(provenance::LABELS);
            }
            answer["context"] = asked.context.unwrap_or_default();
            Ok(answer)
        }
        .boxed()
    }
}

/// The answer with as many records or groups as fit.
fn fitted(mut answer: Json) -> Json {
    // A chart says the groups again, for those who look at it.
    if let Some(answer) = answer.as_object_mut() {
        answer.remove("chart");
    }
    if let Some(records) = answer["records"].as_array_mut() {
        records.truncate(fitting(records, Detail::Concise));
    }
    if let Some(groups) = answer["groups"].as_object_mut() {
        let mut left = Detail::Concise.tokens();
        groups.retain(|label, value| {
            let size = tokens(label) + tokens(&value.to_string()) + 2;
            let fits = size <= left;
            left = left.saturating_sub(size);
            fits
        });
        let kept: Vec<String> = groups.keys().cloned().collect();
        if let Some(labels) = answer["labels"].as_array_mut() {
            labels.retain(|label| label.as_str().is_none_or(|label| kept.iter().any(|kept| kept == label)));
        }
    }
    answer
}
