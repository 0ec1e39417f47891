//! `GET /search`: records of every object by a few words.

use super::caller::Caller;
use super::input::{Params, limit};
use super::openapi::{Operation, component, list_of, object};
use super::problem::Problem;
use super::state::AppState;
use axum::Json;
use axum::extract::State;
use kb_index::Hit;
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

/// Records that the caller may see, the best first.
pub(super) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Params(sought): Params<Sought>,
) -> Result<Json<Value>, Problem> {
    let limit = limit(sought.limit, MAX_LIMIT)?.unwrap_or(DEFAULT_LIMIT);
    let names = |list: &str| list.split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>();
    let objects = sought.objects.as_deref().filter(|list| !list.trim().is_empty()).map(names);
    let found = state.search.search(&state.crm, &caller.actor, &sought.q, objects.as_deref(), limit).await;
    let hits: Vec<Value> = found?.iter().map(shown).collect();
    Ok(Json(json!({"hits": hits})))
}

fn shown(hit: &Hit) -> Value {
    json!({"object": hit.object, "id": hit.id, "name": hit.name, "subtitle": hit.subtitle, "snippet": hit.snippet})
}
