//! `GET /search`: records of every object by a few words.

use super::caller::Caller;
use super::found_by;
use super::input::{Params, limit};
use super::openapi::{Operation, component, list_of, object};
use super::problem::Problem;
use super::state::AppState;
use axum::Json;
use axum::extract::State;
use crm_core::access::Verb;
use crm_core::query::Query;
use crm_core::schema::ObjectDef;
use futures_util::future::try_join_all;
use serde::Deserialize;
use serde_json::{Value, json};

const DEFAULT_LIMIT: usize = 20;
const MAX_LIMIT: usize = 100;

/// What is looked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sought {
    q: String,
    objects: Option<String>,
    limit: Option<usize>,
}

pub(super) fn doc() -> Operation {
    Operation::new("search", "Search", "Records of every object by a few words")
        .required_query("q", json!({"type": "string"}), "The words.")
        .query(
            "objects",
            json!({"type": "string", "examples": ["deal,account"]}),
            "Only of these objects, separated by commas.",
        )
        .query(
            "limit",
            json!({"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}),
            "How many at most.",
        )
        .answer(200, "The records.", object([("hits", list_of(component("Hit")))]))
}

/// Records that the caller may see.
pub(super) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Params(sought): Params<Sought>,
) -> Result<Json<Value>, Problem> {
    let limit = limit(sought.limit, MAX_LIMIT)?.unwrap_or(DEFAULT_LIMIT);
    let words = sought.q.trim();
    if words.is_empty() {
        return Ok(Json(json!({"hits": []})));
    }
    let schema = state.crm.schema(&caller.actor);
    let only: Option<Vec<&str>> = sought.objects.as_deref().map(|list| list.split(',').map(str::trim).collect());
    let wanted = |object: &&ObjectDef| match &only {
        Some(only) => only.contains(&object.name.as_str()),
        None => object.in_navigation || object.custom,
    };
    let readable = |object: &&ObjectDef| caller.actor.rights().may(Verb::Read, &object.name);
    let objects = schema.objects().map(AsRef::as_ref).filter(wanted).filter(readable);
    let found = try_join_all(objects.map(|object| of_object(&state, &caller, object, words, limit))).await?;
    Ok(Json(json!({"hits": interleaved(found, limit)})))
}

async fn of_object(
    state: &AppState,
    caller: &Caller,
    object: &ObjectDef,
    words: &str,
    limit: usize,
) -> Result<Vec<Value>, Problem> {
    let query = Query {
        fields: Some(vec!["name".to_owned()]),
        limit: Some(limit),
        ..Query::of(&object.name).filter(found_by::words(object, words))
    };
    let page = state.crm.query(&caller.actor, &query).await?;
    let hit = |record: &crm_core::Record| json!({"object": object.name, "id": record.id, "name": record.name(), "snippet": null, "subtitle": null});
    Ok(page.records.iter().map(hit).collect())
}

/// The first of each object, then the second of each, so that no object hides the others.
fn interleaved(found: Vec<Vec<Value>>, limit: usize) -> Vec<Value> {
    let longest = found.iter().map(Vec::len).max().unwrap_or_default();
    let rounds = (0..longest).flat_map(|i| found.iter().filter_map(move |hits| hits.get(i).cloned()));
    rounds.take(limit).collect()
}
