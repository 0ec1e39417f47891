//! `bulk_apply`: the same change of many records.

use super::change::{self, MANY, Manner, shown};
use super::query::filter;
use super::{Outcome, Promises, Stop, Tool, may, writing};
use crate::budget::limit;
use crate::call::{Call, input};
use crate::consent::{Question, mark};
use crate::explain::explain;
use crate::schema;
use crate::scopes::Scopes;
use crate::step_up;
use crm_core::access::Verb;
use crm_core::query::Query;
use crm_core::record::{Effect, Proposal};
use crm_core::{Command, Error, Result};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rmcp::model::{JsonObject, Tool as Definition};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

pub(crate) struct BulkApply;

#[derive(Deserialize)]
struct Input {
    object: String,
    filter: Json,
    values: Option<Map<String, Json>>,
    #[serde(default)]
    delete: bool,
    limit: Option<usize>,
    #[serde(flatten)]
    manner: Manner,
}

const MOST: usize = 500;

impl Tool for BulkApply {
    fn name(&self) -> &'static str {
        "bulk_apply"
    }

    fn scopes(&self) -> Scopes {
        Scopes::READ.with(Scopes::WRITE)
    }

    fn is_permitted(&self, call: &Call<'_>) -> bool {
        may(call, Verb::Update)
    }

    fn define(&self, _call: &Call<'_>) -> Definition {
        let properties = [
            ("object", schema::plain()),
            ("filter", schema::text_of("object", "As in crm_query")),
            ("values", schema::any()),
            ("delete", schema::flag()),
            limit(MOST, MOST),
        ];
        let about = "Gives all matching records these `values`, or deletes them: all or none. Your person is asked when \
                     they are many. Undo it by its `batch`.";
        let promises = Promises { destructive: true, open_world: false };
        writing(self.name(), "Change many records", about, change::input(properties, &["object", "filter"]), promises)
    }

    fn call<'a>(&'a self, call: &'a Call<'a>, given: JsonObject) -> BoxFuture<'a, Outcome> {
        async move {
            let Input { object, filter, values, delete, limit, manner } = input(given)?;
            let object = call.object(&object)?.name.clone();
            if delete && !call.caller.scopes.contains(Scopes::DELETE) {
                let lacking = call.caller.scopes.lacks(Scopes::DELETE);
                return Err(Error::Conflict(step_up::explain(lacking)).into());
            }
            let how = match (values, delete) {
                (Some(values), false) => How::Update(values),
                (None, true) => How::Delete,
                _ => return Err(Error::field("values", "required", "Give `values`, or `delete`.").into()),
            };
            let asked = Asked { object, filter, how, limit: limit.unwrap_or(MOST).clamp(1, MOST) };
            asked.once(call, &manner).await
        }
        .boxed()
    }
}

enum How {
    Update(Map<String, Json>),
    Delete,
}

struct Asked {
    object: String,
    filter: Json,
    how: How,
    limit: usize,
}

impl Asked {
    async fn once(&self, call: &Call<'_>, manner: &Manner) -> Outcome {
        let what = match &self.how {
            How::Update(values) => json!(values).to_string(),
            How::Delete => "delete".into(),
        };
        if manner.is_rehearsal() {
            let (commands, effects) = self.rehearsed(call).await?;
            return Ok(
                json!({"status": "dry_run", "records": commands.len(), "changes": shown(call, &effects).await?}),
            );
        }
        let marked = format!("bulk_apply {} {} {what} {}", self.object, self.filter, self.limit);
        manner.once(call, &marked, async || self.agreed(call, manner).await).await
    }

    /// What is asked and what is done is a change of these very records at these very versions.
    async fn rehearsed(&self, call: &Call<'_>) -> Result<(Vec<Command>, Vec<Effect>)> {
        let commands = self.commands(call).await?;
        let effects = call.crm.rehearse(call.actor, &Proposal::Commands(commands.clone())).await?;
        Ok((commands, effects))
    }

    async fn agreed(&self, call: &Call<'_>, manner: &Manner) -> Outcome {
        let (commands, effects) = self.rehearsed(call).await?;
        let number = commands.len();
        if number > MANY || matches!(self.how, How::Delete) || change::is_weighty(&self.object) {
            let changes = json!(shown(call, &effects).await?);
            let names: Vec<String> = effects.iter().take(MANY).map(|effect| format!("«{}»", effect.name)).collect();
            let what = match &self.how {
                How::Update(values) => format!("Set {} in {number} {} records", json!(values), self.object),
                How::Delete => format!("Delete {number} {} records", self.object),
            };
            let more = if number > MANY { " …" } else { "" };
            let text = format!("{what}? {}{more}", names.join(", "));
            let mark = mark("bulk_apply", &Proposal::Commands(commands.clone()), &effects);
            Question { text, changes: &changes, mark, token: manner.token(), composed: false }.ask(call).await?;
        }
        if call.line.is_some_and(crate::line::Line::is_cancelled) {
            return Err(Error::Conflict("It was called off; nothing was done.".into()).into());
        }
        // What is to be done once for a key is answered at once: that answer is kept.
        if number > MANY && !manner.is_kept() && call.line.is_some_and(crate::line::Line::knows_tasks) {
            return Err(Stop::Later(call.crm.begin_job(call.actor, &commands).await?));
        }
        if let Some(line) = call.line {
            line.progress(0, number, "Checked; making the changes.").await;
        }
        let (batch, results) = call.crm.bulk(call.actor, commands, true).await?;
        if let Some(line) = call.line {
            line.progress(number, number, "Done.").await;
        }
        let failed: Vec<String> = results.iter().filter_map(|result| result.as_ref().err()).map(explain).collect();
        if !failed.is_empty() {
            return Err(Stop::Failed(Error::Conflict(failed.join("\n"))));
        }
        Ok(json!({"status": "done", "records": number, "batch": (number > 0).then_some(batch)}))
    }

    /// The commands, one for each matching record, good for its present version only.
    async fn commands(&self, call: &Call<'_>) -> Result<Vec<Command>> {
        let query = Query {
            filter: filter(Some(self.filter.clone()))?,
            limit: Some(self.limit),
            fields: Some(vec!["name".into()]),
            ..Query::of(self.object.clone())
        };
        let page = call.crm.query(call.actor, &query).await?;
        if page.next.is_some() {
            return Err(Error::TooLarge(format!(
                "More than {} records match. Narrow the filter, or say by `limit` that only some are meant.",
                self.limit
            )));
        }
        let command = |id: Uuid, version: i64| match &self.how {
            How::Update(values) => {
                Command::Update { object: self.object.clone(), id, version: Some(version), values: values.clone() }
            }
            How::Delete => Command::Delete { object: self.object.clone(), id, version: Some(version) },
        };
        Ok(page.records.iter().map(|record| command(record.id, record.version)).collect())
    }
}
