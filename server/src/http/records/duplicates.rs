//! `GET /records/{object}/duplicates`: records that may be the same.

use super::operation;
use crate::http::caller::Caller;
use crate::http::input::{Params, Segments, limit};
use crate::http::openapi::{Operation, component};
use crate::http::problem::Problem;
use crate::http::route::Described;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use crm_core::access::Verb;
use crm_core::record::duplicates::Report;
use serde::Deserialize;
use serde_json::json;

/// Which part of the report.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Part {
    after: Option<String>,
    limit: Option<usize>,
}

const DEFAULT_LIMIT: usize = 50;
const MAX_LIMIT: usize = 200;

pub(in crate::http) fn doc(described: &Described<'_>) -> Option<Operation> {
    let compared = !described.object.match_on.is_empty();
    (compared && described.may(Verb::Read)).then(|| {
        operation(
            "duplicates_of",
            described,
            &format!("{} that may be the same", described.object.plural_label.text("en")),
        )
        .query("after", json!({"type": "string"}), "The `next` of the page before.")
        .query(
            "limit",
            json!({"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}),
            "How many groups at most.",
        )
        .answer(200, "Groups of records.", component("DuplicateGroups"))
    })
}

/// Groups of records that may be the same.
pub(in crate::http) async fn handle(
    State(state): State<AppState>,
    caller: Caller,
    Segments(object): Segments<String>,
    Params(part): Params<Part>,
) -> Result<Json<Report>, Problem> {
    let limit = limit(part.limit, MAX_LIMIT)?.unwrap_or(DEFAULT_LIMIT);
    let after = part.after.filter(|cursor| !cursor.is_empty());
    Ok(Json(state.crm.duplicates(&caller.actor, &object, after.as_deref(), limit).await?))
}
