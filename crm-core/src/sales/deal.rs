//! Deals: the stage decides probability and outcome, is entered only with what it requires, and is remembered.

use crate::db::{Row, Sql};
use crate::error::{Error, FieldError, Result};
use crate::record::{Behaviour, Draft, Writing};
use crate::value::Value;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::{Value as Json, json};
use uuid::Uuid;

#[derive(Debug)]
pub(crate) struct DealRules;

impl Behaviour for DealRules {
    fn before_write<'a>(&'a self, writing: &'a mut Writing<'_>, draft: &'a mut Draft) -> BoxFuture<'a, Result<()>> {
        async move {
            let stage = match draft.get("stage_id").as_id() {
                Some(_) if !draft.changes("stage_id") => return Ok(()),
                Some(stage) => Stage::read(writing, stage).await?,
                None => Stage::first(writing, draft).await?,
            };
            draft.set("stage_id", Value::Id(stage.id));
            enter(writing, draft, &stage)
        }
        .boxed()
    }
}

/// What a stage does to the deals in it.
struct Stage {
    id: Uuid,
    name: String,
    pipeline: Option<Uuid>,
    probability: f64,
    outcome: String,
    forecast: Option<String>,
    required: Vec<String>,
}

impl Stage {
    const COLUMNS: &str =
        "s.id, s.name, s.pipeline_id, s.probability, s.outcome, s.forecast_category, s.required_fields";

    async fn read(writing: &mut Writing<'_>, id: Uuid) -> Result<Self> {
        let mut sql = Sql::new(format!("select {} from stage s where s.tenant_id = ", Self::COLUMNS));
        sql.bind(writing.actor.tenant()).text(" and s.id = ").bind(id);
        Self::of(&writing.tx.row(sql).await?.ok_or_else(|| Error::not_found("The stage"))?)
    }

    /// A deal is always in a stage: one that names none is put into the first of its pipeline, or of the default one.
    async fn first(writing: &mut Writing<'_>, draft: &Draft) -> Result<Self> {
        let mut sql = Sql::new(format!("select {} from stage s", Self::COLUMNS));
        sql.text(" join pipeline p on p.tenant_id = s.tenant_id and p.id = s.pipeline_id where s.tenant_id = ");
        sql.bind(writing.actor.tenant()).text(" and s.deleted_at is null and p.deleted_at is null");
        if let Some(pipeline) = draft.get("pipeline_id").as_id() {
            sql.text(" and p.id = ").bind(pipeline);
        }
        sql.text(" order by case when p.is_default then 0 else 1 end, p.position, s.position limit 1");
        let row = writing.tx.row(sql).await?;
        Self::of(&row.ok_or_else(|| Error::field("stage_id", "required", "There is no stage for the deal to be in."))?)
    }

    fn of(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.id(0)?,
            name: row.string(1)?,
            pipeline: row.uuid(2)?,
            probability: row.real(3)?.unwrap_or(0.0),
            outcome: row.string(4)?,
            forecast: row.text(5)?,
            required: row.json(6)?.and_then(|json| serde_json::from_value(json).ok()).unwrap_or_default(),
        })
    }
}

fn enter(writing: &Writing<'_>, draft: &mut Draft, stage: &Stage) -> Result<()> {
    let closed = stage.outcome != "open";
    let lost = stage.outcome == "lost";
    draft.set("pipeline_id", stage.pipeline.map_or(Value::Null, Value::Id));
    if !draft.named.contains("probability") || closed {
        draft.set("probability", Value::Number(stage.probability));
    }
    if !draft.named.contains("forecast_category") {
        draft.set("forecast_category", stage.forecast.as_deref().map_or(Value::Null, Value::from));
    }
    draft.set("is_closed", Value::Bool(closed));
    draft.set("is_won", Value::Bool(stage.outcome == "won"));
    // A deal written with its close date keeps it; one that closes now closes today.
    if closed && !draft.named.contains("close_date") && (draft.old.is_some() || draft.get("close_date").is_null()) {
        draft.set("close_date", Value::Date(writing.now.to_zoned(writing.actor.zone().clone()).date()));
    }
    // The reason is asked of people; what is imported or reverted keeps what it has.
    let asks = !matches!(writing.actor.via(), crate::Surface::Import | crate::Surface::System);
    let required = stage.required.iter().map(String::as_str).chain((lost && asks).then_some("lost_reason"));
    let missing: Vec<FieldError> = required
        .filter(|field| asks && draft.get(field).is_null())
        .map(|field| required_on_entry(draft, field, &stage.name))
        .collect();
    if !missing.is_empty() {
        return Err(Error::Invalid(missing));
    }
    remember(writing, draft, stage);
    Ok(())
}

fn required_on_entry(draft: &Draft, field: &str, stage: &str) -> FieldError {
    let label = draft.object.field(field).map_or(field, |field| field.label.text("en"));
    FieldError::new(field, "required", format!("{label} must be given before the deal enters {stage}."))
        .hint(format!("Give `{field}` a value together with the stage."))
}

fn remember(writing: &Writing<'_>, draft: &mut Draft, stage: &Stage) {
    const REMEMBERED: usize = 100;
    let now = json!(writing.now);
    let mut history = match draft.get("stage_history") {
        Value::Json(Json::Array(history)) => history.clone(),
        _ => Vec::new(),
    };
    if let Some(last) = history.last_mut() {
        last["left"] = now.clone();
        if let Value::DateTime(entered) = draft.before("stage_entered_at") {
            last["seconds"] = json!(writing.now.duration_since(*entered).as_secs());
        }
    }
    history.push(json!({"stage_id": stage.id, "stage": stage.name, "entered": now}));
    if history.len() > REMEMBERED {
        history.remove(0);
    }
    draft.set("stage_history", Value::Json(Json::Array(history)));
    draft.set("stage_entered_at", Value::DateTime(writing.now));
}
