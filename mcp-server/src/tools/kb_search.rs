//! `kb_search`: what the knowledge base says.

use super::{Outcome, Tool, reading};
use crate::answer::short;
use crate::budget::{Detail, fitting, limit};
use crate::call::{Call, input, record_id};
use crate::provenance;
use crate::schema;
use crm_core::access::Verb;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use kb_index::Question;
use rmcp::model::{JsonObject, Tool as Definition};
use serde::Deserialize;
use serde_json::{Value as Json, json};

pub(crate) struct KbSearch;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    query: String,
    limit: Option<usize>,
    #[serde(default)]
    detail: Detail,
}

const USUAL: usize = 5;
const MOST: usize = 20;

impl Tool for KbSearch {
    fn name(&self) -> &'static str {
        "kb_search"
    }

    fn is_permitted(&self, call: &Call<'_>) -> bool {
        call.actor.rights().may(Verb::Read, "article")
    }

    fn define(&self, _call: &Call<'_>) -> Definition {
        let properties = [("query", schema::plain()), limit(MOST, USUAL), Detail::schema()];
        let output = schema::output(
            [("answer", schema::maybe()), ("confidence", json!({"type": "number"})), ("passages", schema::list())],
            &["answer", "confidence", "passages"],
        );
        let about = "Answers a question from the published help articles, with the passages to cite. `internal` ones are \
                     not for customers.";
        reading(self.name(), "Search the knowledge base", about, schema::input(properties, &["query"]), output)
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Outcome> {
        async move {
            let Input { query, limit, detail } = input(given)?;
            let question = Question { text: &query, earlier: None };
            let most = limit.unwrap_or(USUAL).clamp(1, MOST);
            let found = call.search.answer(call.crm, call.actor, question, most).await?;
            let length = match detail {
                Detail::Concise => 500,
                Detail::Full => 4_000,
            };
            let passages = found.passages.iter().map(|passage| {
                json!({
                    "id": record_id("article", passage.article),
                    "title": provenance::one_line(&passage.title),
                    "headings": passage.headings,
                    "text": short(json!(provenance::visible(&passage.text)), length),
                    "internal": passage.internal,
                    "url": call.settings.page("article", passage.article),
                })
            });
            let mut passages: Vec<Json> = passages.collect();
            passages.truncate(fitting(&passages, detail));
            let sentences: Vec<&str> = found.sentences.iter().map(|sentence| sentence.text.as_str()).collect();
            Ok(json!({
                "answer": found.confident.then(|| provenance::visible(&sentences.join(" "))),
                "confidence": (f64::from(found.confidence) * 100.0).round() / 100.0,
                "passages": passages,
                "from_outside": "knowledge base",
            }))
        }
        .boxed()
    }
}
